"""What the documents say is there is there."""

import re
import tomllib
from typing import Any

import yaml

from acmspec.api import VERSION
from tests.house.sources import PACKAGE, ROOT, tracked

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAP = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"


def is_part_of(excerpt: Any, whole: Any) -> bool:
    """Whether every key of the excerpt stands in the whole with the same value; a list may end early."""
    if isinstance(excerpt, dict):
        return isinstance(whole, dict) and all(
            key in whole and is_part_of(value, whole[key]) for key, value in excerpt.items()
        )
    if isinstance(excerpt, list):
        return isinstance(whole, list) and excerpt == whole[: len(excerpt)]
    return excerpt == whole and type(excerpt) is type(whole)


def test_the_readme_s_spec_is_an_excerpt_of_the_example() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    excerpt = yaml.safe_load(block)
    whole = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    assert excerpt
    assert is_part_of(excerpt, whole)
    lines = {line.split("#")[0].rstrip() for line in EXAMPLE.read_text(encoding="utf-8").splitlines()}
    told = [line for line in block.splitlines() if line and line not in lines]
    assert told == []


def test_the_readme_s_command_names_the_example() -> None:
    assert f"acmspec run {EXAMPLE.relative_to(ROOT).as_posix()}" in README
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"EXAMPLE := {EXAMPLE.relative_to(ROOT).as_posix()}" in makefile
    for target in re.findall(r"\bmake (\w+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_links_lead_somewhere() -> None:
    pages = [file for file in tracked() if file.suffix == ".md" and "tests" not in file.parts]
    assert len(pages) > 10
    broken = [
        (page.name, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", link) and not (page.parent / link).exists()
    ]
    assert broken == []


def test_the_rooms_and_shelves_on_the_map_are_the_folders_there_are() -> None:
    named = set(re.findall(r"^\| `(\w+)/` \|", MAP, re.MULTILINE))
    there = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}
    assert named == there - {"cli"}
    assert "`cli/`" in MAP


def test_the_doors_on_the_map_are_functions() -> None:
    doors = re.findall(r"^\| `(\w+)/` \| [^|]+ \| ([^|]+) \|", MAP, re.MULTILINE)
    checked = 0
    for room, said in doors:
        for file, function in re.findall(r"`(\w+)\.(\w+)\(", said):
            text = (PACKAGE / room / f"{file}.py").read_text(encoding="utf-8")
            assert re.search(rf"^def {function}\(", text, re.MULTILINE), (room, file, function)
            checked += 1
    assert checked >= 9


def test_the_files_and_tuples_on_the_map_exist() -> None:
    for path in re.findall(r"`((?:\w+/)+\w*(?:\.py)?|\w+\.(?:py|toml))`", MAP):
        assert any((root / path).exists() for root in (PACKAGE, ROOT)), path
    for shelf, name in re.findall(r"^\| `(\w+)/` \| [^|]+ \| `([A-Z]+)` \|", MAP, re.MULTILINE):
        text = (PACKAGE / shelf / "__init__.py").read_text(encoding="utf-8")
        assert re.search(rf"^{name}\b", text, re.MULTILINE), name


def test_the_outputs_in_the_readme_and_on_their_page_are_those_of_the_shelf() -> None:
    from acmspec.renderers import RENDERERS

    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    for renderer in RENDERERS:
        assert f"`{renderer.FILE}`" in README
        assert f"`{renderer.FILE}`" in page


def test_the_columns_of_results_csv_are_on_their_page_in_order() -> None:
    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+`) \|", page, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    header = (EXAMPLE.parent / "expected" / "results.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert [*named[:-1]] == header[: len(named) - 1]
    assert named[-1] == "vs_<benchmark>"
    assert all(name.startswith("vs_") for name in header[len(named) - 1 :])


def test_exit_codes_on_their_page_are_those_of_the_code() -> None:
    from acmspec import __main__, api

    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    named = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    assert {api.CLEAN, api.FOUND_ERRORS, api.UNREADABLE, __main__._OUR_BUG} <= named


def test_decisions_are_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [name[:5] for name in names] == [f"{number:04}-" for number in range(1, len(names) + 1)]
    for name in names:
        first = (ROOT / "docs" / "decisions" / name).read_text(encoding="utf-8").splitlines()[0]
        assert re.match(r"# \S", first), name


def test_the_version_stands_in_one_form() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("[", "").replace("]", "")


def test_every_dependency_has_a_decision() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    records = "\n".join(path.read_text(encoding="utf-8").lower() for path in (ROOT / "docs" / "decisions").glob("*.md"))
    names = [re.split(r"[<>=]", one)[0] for one in project["dependencies"]]
    assert [name for name in names if name not in records] == []


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    private = re.compile(
        rb"(?<![\w.])/(?!home/somebody)(?:home|Users|root|work|mnt|var/folders)/[\w.-]+"  # a machine's folders
        rb"|[A-Z]:\\Users\\"
        rb"|https?://[^\s/]*(?:pypi|artifactory|nexus|registry|jfrog|index-url)[^\s]*"
        rb"|--(?:extra-)?index-url"
    )
    found = [
        (file.relative_to(ROOT).as_posix(), hit.group().decode(errors="replace"))
        for file in tracked()
        if file.suffix not in {".png", ".docx", ".parquet"}
        for hit in private.finditer(file.read_bytes())
    ]
    assert found == []
