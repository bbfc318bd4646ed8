"""From a file to text: line ends, encodings, and files that cannot be read."""

from pathlib import Path

import pytest

from acmspec.document.from_file import MOST_BYTES, read


def write(folder: Path, content: bytes) -> Path:
    path = folder / "spec.yaml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content", [b"a: 1\r\nb: \xc3\xa9\r\n", b"a: 1\rb: \xc3\xa9\r", b"\xef\xbb\xbfa: 1\nb: \xc3\xa9\n"]
)
def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path: Path, content: bytes) -> None:
    found = read(write(tmp_path, content), "my/spec.yaml")
    assert found.diagnostics == ()
    assert found.value is not None
    assert (found.value.name, found.value.text) == ("my/spec.yaml", "a: 1\nb: é\n")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    (one,) = read(tmp_path / "none.yaml", "none.yaml").diagnostics
    assert one.code == "ACM001"
    assert "there is no such file" in one.message


def test_a_folder_is_told(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "here").diagnostics
    assert (one.code, one.label) == ("ACM001", "it is a folder")


def test_a_path_with_a_null_character_is_told() -> None:
    (one,) = read(Path("a\0b"), "a\0b").diagnostics
    assert one.code == "ACM001"


def test_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path, b"a: 1\nb: caf\xe9\n"), "spec.yaml").diagnostics
    assert one.code == "ACM002"
    assert str(one.place) == "spec.yaml:2"
    assert "“é”" in one.label


def test_utf_16_is_told_by_name(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path, "a: 1".encode("utf-16")), "spec.yaml").diagnostics
    assert one.code == "ACM002"
    assert "UTF-16" in one.message


def test_a_file_too_large_for_a_spec_is_refused(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path, b"#" * (MOST_BYTES + 1)), "spec.yaml").diagnostics
    assert one.code == "ACM003"
