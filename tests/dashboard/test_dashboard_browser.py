"""The page in a real browser: it is read as written, and there is something to see."""

import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from acmspec.renderers import dashboard

WAIT = 120


@pytest.fixture(scope="module")
def browser(program_or_skip: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    path = program_or_skip("chromium")
    profile = tmp_path_factory.mktemp("profile")

    def run(*arguments: str) -> str:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}"]
        done = subprocess.run([path, *flags, *arguments], capture_output=True, timeout=WAIT, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.decode()

    return run


@pytest.fixture(scope="module")
def file(sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / dashboard.FILE
    path.write_bytes(dashboard.render(sample.outputs()))
    return path


def test_a_browser_reads_the_page_without_mending_it(browser: Any, file: Path, sample: Any) -> None:
    read = browser("--dump-dom", file.as_uri())
    assert read.count("<table") == file.read_text(encoding="utf-8").count("<table")
    assert read.count("<tr") == file.read_text(encoding="utf-8").count("<tr")
    for one in sample.dashboard().findings:
        assert one.headline in read


@pytest.mark.parametrize("width", [1240, 500])
def test_there_is_something_to_see(browser: Any, file: Path, tmp_path: Path, width: int) -> None:
    picture = tmp_path / "page.png"
    browser(f"--screenshot={picture}", f"--window-size={width},3000", file.as_uri())
    colors = _colors(picture.read_bytes())
    assert (0, 94, 162) in colors
    assert (176, 64, 11) in colors


def test_it_prints_on_a_few_pages(browser: Any, file: Path, tmp_path: Path) -> None:
    paper = tmp_path / "page.pdf"
    browser("--no-pdf-header-footer", f"--print-to-pdf={paper}", file.as_uri())
    data = paper.read_bytes()
    assert data.startswith(b"%PDF")
    assert 2 <= data.count(b"/Type /Page\n") <= 8


def _colors(png: bytes) -> set[tuple[int, int, int]]:
    """The colors of an 8-bit RGB or RGBA picture."""
    width, color = int.from_bytes(png[16:20]), png[25]
    size = {2: 3, 6: 4}[color]
    at, packed = 8, b""
    while at < len(png):
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        packed += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw, stride, above = zlib.decompress(packed), width * size, bytearray(width * size)
    found = set()
    for start in range(0, len(raw), stride + 1):
        line = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), above, size)
        found |= {tuple(line[i : i + 3]) for i in range(0, stride, size)}
        above = line
    return found


def _unfiltered(kind: int, line: bytearray, above: bytearray, size: int) -> bytearray:
    for i in range(len(line)):
        left, up = line[i - size] if i >= size else 0, above[i]
        corner = above[i - size] if i >= size else 0
        if kind == 1:
            line[i] = (line[i] + left) % 256
        elif kind == 2:
            line[i] = (line[i] + up) % 256
        elif kind == 3:
            line[i] = (line[i] + (left + up) // 2) % 256
        elif kind == 4:
            near = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
            line[i] = (line[i] + near) % 256
    return line
