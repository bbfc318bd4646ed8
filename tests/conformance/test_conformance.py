"""The law: every case, every anchor of the reference, no case twice; and the runner that others use."""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

import families  # noqa: E402

from tools import conformance  # noqa: E402
from tools.conformance_answers import answer  # noqa: E402

CASES = list(conformance.cases())
REFERENCE = ROOT / "docs" / "language.md"
ANCHOR = re.compile(r'<a id="([a-z0-9-]+)"></a>')

EXEMPT = {
    "grammar": "quotes the grammar, which the cases of every other anchor exercise",
    "incentive-kinds": "points to the cases of each kind",
    "what-stands": "is about closings, each of which rests on those before; tests/ledger and tests/closings make them",
    "sheets": "is about files that are no text; tests/sources/test_excel.py makes them",
}
"""Anchors that state no rule of their own, each with the reason."""

NEVER_BROKEN = {
    "in-no-band": "says where records without a band are counted",
    "missing-arithmetic": "says what a calculation with a missing part comes to",
    "where-unknown": "says what becomes of a record whose condition is missing",
    "judged-by-metric": "says that each metric has its own value",
    "gaps": "says under which words records are counted",
    "gaps-of-sets": "says under which words records are counted",
    "gaps-of-links": "says under which words records are counted",
    "missing-entity": "says that a missing client is nobody's; the data may hold any number of them",
    "hours-mature": "says on which day a record waits no longer",
    "months-clamp": "says to which day a month leads, and every day leads to one",
    "keep-missing-order": "says where missing values stand; an order without them is as good",
    "keep-before-breakdown": "says which records a group has",
    "spells-settle": "says for how long a spell waits",
    "cohort-is-a-template": "says that a set is worked out anew for each window",
    "undated": "says where a record without its date is counted",
    "empty-period": "says what a period without records has",
    "part-periods": "says how a period that is cut is flagged",
    "first-day": "says which day is the first; a lookup may have none",
    "bound": "says what a lookup into a cohort of the period finds",
    "groups-shown": "says which groups stand in the results",
    "groups-not-added": "says how a total is worked out",
    "own-periods-moved": "says where a move leads from any days",
    "order-of-states": "says which of several states a result has",
    "half-up": "says to which number another is rounded",
    "advance-and-limits": "says what limits count beside advances; no limit may stand over these",
    "advance-and-held-back": "says of what is held back beside advances, of which nothing may be",
    "not-final": "says what waits while what it is held against may still change",
    "unseen-texts": "is about the data at hand, and warns beside results",
}
"""Rules that say what something comes to, so that nothing can be written against them; each has a case that tells."""


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_acmspec_answers_as_the_case_says(case: dict[str, Any]) -> None:
    assert conformance.differences(case, answer(conformance.question(case))) == []


@pytest.mark.parametrize("path", sorted((conformance.CASES / "cases").glob("*.yaml")), ids=lambda path: path.stem)
def test_cases_are_what_their_schema_says(path: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "conformance.schema.json").read_text(encoding="utf-8"))
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (makes texts only)
    jsonschema.Draft202012Validator(schema).validate(written)


def test_case_names_are_unique() -> None:
    assert [name for name, count in Counter(case["id"] for case in CASES).items() if count > 1] == []


def test_no_two_cases_are_equal_after_renaming() -> None:
    seen: dict[str, str] = {}
    twins = []
    for case in CASES:
        plain = _renamed(case)
        if plain in seen:
            twins.append((seen[plain], case["id"]))
        seen.setdefault(plain, case["id"])
    assert twins == []


def _renamed(case: dict[str, Any]) -> str:
    """What a case asks and expects, with every name and text numbered in the order they first stand.

    Words of the language and of the world's spec stay: another field of the world has another type, so it is another
    question.
    """
    kept = {name: case[name] for name in sorted(case) if name not in {"id", "proves", "tells"}}
    written = json.dumps(kept, ensure_ascii=False)
    number: dict[str, str] = {}

    def renamed(found: re.Match[str]) -> str:
        word = found.group()
        return word if word in _KNOWN else number.setdefault(word, f"v{len(number)}")

    return re.sub(r"[^\W\d_][\w]*", renamed, written)


def _known() -> frozenset[str]:
    world = (conformance.CASES / "world.yaml").read_text(encoding="utf-8")
    grammar = (ROOT / "acmspec" / "formula" / "grammar.lark").read_text(encoding="utf-8")
    schema = (ROOT / "schemas" / "conformance.schema.json").read_text(encoding="utf-8")
    spec = (ROOT / "schemas" / "acmspec.schema.json").read_text(encoding="utf-8")
    functions = (
        "count sum average median share any none percentile lowest highest earliest latest nth the reaches range"
    )
    return frozenset(re.findall(r"[^\W\d_]\w*", f"{world} {grammar} {schema} {spec} {functions}"))


_KNOWN = _known()


def _anchors() -> list[str]:
    return ANCHOR.findall(REFERENCE.read_text(encoding="utf-8"))


def test_anchors_are_unique() -> None:
    assert [name for name, count in Counter(_anchors()).items() if count > 1] == []


def test_what_cases_prove_stands_in_the_reference() -> None:
    known = set(_anchors())
    assert sorted({anchor for case in CASES for anchor in case["proves"]} - known) == []


def test_every_rule_has_a_case_that_is_accepted_and_one_that_is_rejected() -> None:
    """Where nothing can be written against a rule, a case says instead which other reading it rules out."""
    accepting, rejecting, telling = (defaultdict(list) for _ in range(3))
    for case in CASES:
        is_rejected = "error" in case or bool(case.get("findings"))
        for anchor in case["proves"]:
            (rejecting if is_rejected else accepting)[anchor].append(case["id"])
            if "tells" in case:
                telling[anchor].append(case["id"])
    rules = [anchor for anchor in _anchors() if anchor not in EXEMPT]
    assert [anchor for anchor in rules if not accepting[anchor]] == []
    assert [anchor for anchor in rules if not rejecting[anchor]] == [one for one in rules if one in NEVER_BROKEN]
    assert [anchor for anchor in NEVER_BROKEN if not telling[anchor]] == []


def test_exempt_anchors_exist_and_have_no_cases() -> None:
    proved = {anchor for case in CASES for anchor in case["proves"]}
    assert set(EXEMPT) <= set(_anchors())
    assert set(EXEMPT) & proved == set()


def test_the_families_are_what_their_script_writes() -> None:
    assert families.FILE.read_text(encoding="utf-8") == families.text()


def test_no_value_is_a_float() -> None:
    def texts(value: object) -> bool:
        if isinstance(value, dict):
            return all(texts(one) for one in value.values())
        if isinstance(value, list):
            return all(texts(one) for one in value)
        return isinstance(value, str)

    assert [case["id"] for case in CASES if not texts(case)] == []


def _runner(program: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    script = tmp_path / "other.py"
    script.write_text(program, encoding="utf-8")
    command = [sys.executable, "-m", "tools.conformance", sys.executable, str(script)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_the_runner_names_every_case_that_an_implementation_gets_wrong(tmp_path: Path) -> None:
    program = 'import sys\nfor line in sys.stdin: print(\'{"text": "x"}\')\n'
    done = _runner(program, tmp_path)
    assert done.returncode == 1
    assert f"0 of {len(CASES)} cases agree" in done.stdout
    assert "bind-and-over-or (binding): text: expected" in done.stdout


def test_the_runner_says_when_answers_are_missing(tmp_path: Path) -> None:
    done = _runner("raise SystemExit(3)\n", tmp_path)
    assert done.returncode == 2
    assert f"gave 0 answers to {len(CASES)} questions, exit code 3" in done.stdout


def test_one_question_a_line_gets_one_answer_a_line() -> None:
    asked = [conformance.question(case) for case in CASES if case["kind"] == "formula"][:5]
    done = subprocess.run(
        [sys.executable, "-m", "tools.conformance_answers"],
        input="".join(json.dumps(one) + "\n" for one in asked),
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert [json.loads(line) for line in done.stdout.splitlines()] == [answer(one) for one in asked]
