"""One mistake for each code that whoever writes a spec, a formula or a sentence can cause; it judges nothing."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml

from acmspec.api import check_text, formula
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.source import Source, Span
from tests.messages.mistakes.catalog import KINDS
from tests.messages.places import NAME, SPEC, read_example
from tests.program.small import TEXT as SMALL
from tests.program.small import changed
from tests.program.test_rules import BROKEN

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from tools import conformance  # noqa: E402

OWN = Path(__file__).with_name("codes.yaml")
FORMULAS = ROOT / "tests" / "mistakes_in_formulas" / "mistakes.yaml"
WORLD = ROOT / "tests" / "english" / "world.yaml"


_Told = tuple[str, str, tuple[Diagnostic, ...]]


class Said(NamedTuple):
    """A mistake in words, and the finding that its code is for."""

    what: str
    finding: Diagnostic


def every_code() -> dict[str, Said]:
    """The first natural mistake of each code: of the table here, of analysts' formulas, of the conformance cases."""
    found: dict[str, Said] = {}
    for code, what, diagnostics in _mistakes(found):
        of_code = [one for one in diagnostics if one.code == code and isinstance(one.place, Span)]
        if of_code:
            found.setdefault(code, Said(what, of_code[0]))
    return dict(sorted(found.items()))


def _mistakes(found: dict[str, Said]) -> Iterator[_Told]:
    yield from _of_tables(found)
    example = read_example()
    for kind in KINDS:
        first = next(kind(example))
        for one in check_text(first.text, NAME).diagnostics:
            yield one.code, f"{kind.__name__.replace('_', ' ')}: {first.what}", (one,)
    for case in conformance.cases():
        for code in _codes(case):
            if code not in found and _is_whole(case):
                yield code, str(case["id"]).replace("-", " "), _found(case)


def _of_tables(found: dict[str, Said]) -> Iterator[_Told]:
    """The mistakes that are written down as such: here, in formulas, against rules."""
    for one in _read(OWN):
        yield one["code"], one["what"], _own(one)
    for one in _read(FORMULAS)["cases"]:
        if one["code"] not in found:
            asked = conformance.question({"kind": "meaning", **one})
            yield one["code"], one["id"], check_text(asked["spec"], NAME).diagnostics
    for what, code, _, changes in BROKEN:
        if code not in found:
            yield code, what, check_text(changed(*changes), NAME).diagnostics


def _codes(case: dict[str, Any]) -> Iterator[str]:
    if "error" in case:
        yield case["error"]
    for one in case.get("findings", ()):
        yield one if isinstance(one, str) else one[0]


def _is_whole(case: dict[str, Any]) -> bool:
    """Whether the case is a spec, or a formula that can stand on a line of one."""
    return case["kind"] != "formula" or "".join(case["formula"].splitlines()).strip() == case["formula"] != ""


def _found(case: dict[str, Any]) -> tuple[Diagnostic, ...]:
    """What is found in the spec of a case, with the files that lie beside it."""
    if "files" not in case:
        return check_text(_spec(case), NAME).diagnostics
    with TemporaryDirectory() as folder:
        for name, text in case["files"].items():
            Path(folder, name).write_text(text, encoding="utf-8")
        found = check_text(_spec(case), f"{folder}/{NAME}").diagnostics
        # They are shown from the spec as it is called elsewhere.
        return tuple(replace(one, place=_called(one.place)) for one in found if isinstance(one.place, Span))


def _called(place: Span) -> Span:
    return Span(Source(NAME, place.source.text), place.start, place.end)


def _spec(case: dict[str, Any]) -> str:
    """The spec of a case; a formula alone is that of its metric."""
    return str(conformance.question(case | {"kind": "meaning"} if case["kind"] == "formula" else case)["spec"])


@cache
def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (makes texts only)


def _own(one: dict[str, str]) -> tuple[Diagnostic, ...]:
    if "english" in one:
        written = "lenient" if "lenient" in one else "english"
        return formula(_repeated(one["english"]), WORLD, "canonical", of=one["of"], written=written).diagnostics
    if "formula" in one:
        return formula(one["formula"], WORLD, "canonical", of=one["of"]).diagnostics
    text = SMALL if one.get("spec") == "small" else SPEC.read_text(encoding="utf-8")
    if "text" in one:
        return check_text(one["text"], NAME).diagnostics
    if "indent" in one:
        return check_text(_indented(text, one["indent"]), NAME).diagnostics
    if "grow" in one:
        return check_text(_grown(text, int(one["grow"])), NAME).diagnostics
    if one["old"] not in text:
        raise ValueError(f"{one['code']}: {one['old']!r} does not stand there")
    return check_text(text.replace(one["old"], _repeated(one["new"]), 1), NAME).diagnostics


def _repeated(text: str) -> str:
    """A text in which `«N words»` stands for the words so many times."""
    return re.sub("«([0-9]+) ([^»]*)»", lambda one: " ".join([one[2]] * int(one[1])), text)


def _indented(text: str, section: str) -> str:
    """A spec with a section and what belongs to it two blanks further in."""
    block = re.search(rf"^{section}:\n(?:(?:[ #].*)?\n)*", text, re.MULTILINE)
    if block is None:
        raise ValueError(section)
    return text.replace(block[0], re.sub(r"^(?=[^\n])", "  ", block[0], flags=re.MULTILINE))


def _grown(text: str, length: int) -> str:
    """The small spec with definitions that each say the one before twice."""
    rows = [f"  d{at}:\n    of: stays\n    formula: d{at - 1} and d{at - 1}\n" for at in range(1, length)]
    first = "definitions:\n  d0:\n    of: stays\n    formula: served\n"
    grown = text.replace("definitions:\n", first + "".join(rows), 1)
    return grown.replace("formula: sum(nights over stays)", f"formula: share(d{length - 1} over stays)")
