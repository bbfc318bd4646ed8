"""Put the conformance cases to any implementation of the language; it must not know how answers are found.

`python -m tools.conformance COMMAND …` starts the command, writes one question a line (JSON) to its input, reads one
answer a line (JSON) from its output, and lists what differs. Exit code 0: every answer agrees.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).resolve().parent.parent / "tests" / "conformance"
SUBJECT = "it"
"""The name of the definition that a case about one record asks for."""
_DEFAULTS = {"every": "year", "better": "higher"}
_SECTIONS = (
    "lists",
    "figures",
    "calendars",
    "providers",
    "definitions",
    "cohorts",
    "spells",
    "agreements",
    "incentives",
)

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Makes no numbers, dates or booleans out of what stands there; the one written in C where PyYAML has it."""

Case = dict[str, Any]
Answer = dict[str, Any]


def cases(folder: Path = CASES) -> Iterator[Case]:
    """Every case with its kind, in order of file and place; all scalars are texts, so no value is ever a float."""
    for path in sorted((folder / "cases").glob("*.yaml")):
        written = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
        for case in written["cases"]:
            yield {"kind": written.get("kind", ""), **case}


# --- questions --------------------------------------------------------------------------------------------


def question(case: Case, folder: Path = CASES) -> dict[str, Any]:
    """What an implementation is asked: everything it needs, nothing of what is expected."""
    asked = {"id": case["id"], "kind": case["kind"]}
    if case["kind"] == "formula":
        return {**asked, "formula": case["formula"]}
    spec = _spec(case, (folder / "world.yaml").read_text(encoding="utf-8"))
    delivered = {
        file: _complete(name, text, spec)
        for name, files in case.get("delivered", {}).items()
        for file, text in files.items()
    }
    if "files" in case or delivered:
        asked["files"] = {**case.get("files", {}), **delivered}
    if case["kind"] == "meaning":
        start = spec.index(f">-\n      {case['formula']}\n") + len(">-\n      ")
        return {**asked, "spec": spec, "start": start, "end": start + len(case["formula"])}
    if case["kind"] == "spec":
        return {**asked, "spec": spec}
    tables = {name: _complete(name, case.get("tables", {}).get(name, ""), spec) for name in _columns(spec)}
    tables = {name: text for name, text in tables.items() if name not in case.get("delivered", {})}
    if case["kind"] == "record":
        asked["by"] = case.get("key", "id")
    return {**asked, "spec": spec, "data_date": case.get("data_date", "2026-06-30"), "tables": tables}


def _spec(case: Case, world: str) -> str:
    """The world with the blanks filled and the case's changes made."""
    metric: dict[str, Any] = {**_DEFAULTS, **case.get("metric", {})}
    definitions = dict(case.get("definitions", {}))
    formula = case.get("formula", "count(visits)")
    if "of" in case:
        definitions[SUBJECT] = {"of": case["of"], "formula": Folded(formula)}
        formula = f"count(distinct {SUBJECT} over {case['of']})"
        if case["kind"] == "record":
            # Results are broken down by texts, dates and conditions; a number is asked for as its own average.
            key, is_number = case.get("key", "id"), "number" in case
            metric["break_down_by"] = [key if is_number else f"[{key}, {SUBJECT}]"]
            formula = f"average({SUBJECT} over {case['of']})" if is_number else formula
    metric = {"formula": Folded(formula), **metric}
    text = world.replace("«metric»\n", _block(metric, 4))
    for name in _SECTIONS:
        content = definitions if name == "definitions" else case.get(name)
        text = text.replace(f"«{name}»\n", _section(name, content))
    for old, new in case.get("changes", ()):
        if text.count(old) != 1:
            raise ValueError(f"{case['id']}: {old!r} stands {text.count(old)} times")
        text = text.replace(old, new)
    return text


def _section(name: str, content: object) -> str:
    """A section of the spec; none without content."""
    if not content:
        return ""
    return f"{name}: {content}\n" if isinstance(content, str) else f"{name}:\n{_block(content, 2)}"


class Folded(str):
    """A formula that is written on lines of its own."""

    __slots__ = ()


def _block(value: object, indent: int) -> str:
    """A mapping or list as YAML in block style; texts are written as they stand."""
    pad = " " * indent
    lines: list[str] = []
    pairs = value.items() if isinstance(value, Mapping) else ((None, one) for one in value)  # type: ignore[attr-defined]
    for name, one in pairs:
        lead = f"{pad}-" if name is None else f"{pad}{name}:"
        if isinstance(one, Folded):
            body = "".join(f"{pad}  {line}\n" for line in one.splitlines())
            lines.append(f"{lead} >-\n{body}")
        elif isinstance(one, str):
            lines.append(f"{lead} {one}\n")
        else:
            lines.append(f"{lead}\n{_block(one, indent + 2)}")
    return "".join(lines)


@cache
def _columns(spec: str) -> dict[str, list[str]]:
    data = yaml.load(spec, Loader=_LOADER)["data"]  # noqa: S506
    return {
        name: [
            (one.get("column", field) if isinstance(one, Mapping) else field) for field, one in table["fields"].items()
        ]
        for name, table in data.items()
    }


def _complete(name: str, text: str, spec: str) -> str:
    """A table of a case, with the columns that it does not need added as empty."""
    if text.startswith("«as is»\n"):
        return text.removeprefix("«as is»\n")
    columns = _columns(spec)[name]
    lines = text.splitlines() or [",".join(columns)]
    more = [one for one in columns if one not in lines[0].split(",")]
    rest = [line + "," * len(more) for line in lines[1:]]
    return "\n".join([",".join([lines[0], *more]), *rest, ""])


# --- answers ----------------------------------------------------------------------------------------------


def expected(case: Case) -> Answer:
    """What the case states, in the form answers have."""
    match case["kind"]:
        case "formula":
            if "error" in case:
                return {"findings": [_finding([case["error"], case["at"]], case["formula"], case)]}
            return {"text": case["formula"] if case["text"] == "=" else case["text"]}
        case "meaning":
            found = {"findings": [_finding(one, case["formula"], case) for one in case.get("findings", ())]}
            return {**found, "type": case["type"]} if "type" in case else found
        case "spec":
            spec = question(case)["spec"]
            return {"findings": [_finding(one, spec, case) for one in case["findings"]]}
        case "record":
            return {"values": dict(case["values"])}
    answer: Answer = {"rows": [_row(one) for one in case.get("rows", ())], "payments": list(case.get("payments", ()))}
    return {**answer, "findings": list(case.get("findings", ())), "count": case.get("count", "")}


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"metric": "subject", "by": [], "group": [], **row}


def _finding(pair: list[str], text: str, case: Case) -> dict[str, Any]:
    """A code and its place: the quoted text, which must stand once, or `text @ N` for the N-th time it stands."""
    code, at = pair
    wanted, _, nth = at.partition(" @ ")
    if at == "(nowhere)":
        return {"code": code, "start": None, "end": None}
    if text.count(wanted) != 1 and not nth:
        raise ValueError(f"{case['id']}: {wanted!r} stands {text.count(wanted)} times")
    start = -1
    for _ in range(int(nth or "1")):
        start = text.index(wanted, start + 1)
    return {"code": code, "start": start, "end": start + len(wanted)}


def differences(case: Case, answer: Answer) -> list[str]:
    """What an answer says otherwise than the case; empty if nothing."""
    wanted = expected(case)
    if case["kind"] != "run":
        return [
            f"{name}: expected {json.dumps(value, ensure_ascii=False)}, got {json.dumps(got, ensure_ascii=False)}"
            for name, value in wanted.items()
            if (got := answer.get(name)) != value
        ]
    found = _unmatched("row", wanted["rows"], answer.get("rows", []))
    if wanted["payments"]:
        given = answer.get("payments", [])
        found += _unmatched("payment", wanted["payments"], given)
        if len(given) != len(wanted["payments"]):
            found.append(f"payments: expected {len(wanted['payments'])}, got {given}")
    if wanted["count"] and len(answer.get("rows", [])) != int(wanted["count"]):
        found.append(f"count: expected {wanted['count']} rows, got {len(answer.get('rows', []))}")
    codes = [one["code"] for one in answer.get("findings", [])]
    if codes != wanted["findings"]:
        found.append(f"findings: expected {wanted['findings']}, got {codes}")
    return found


def _unmatched(what: str, wanted: list[dict[str, Any]], given: list[dict[str, Any]]) -> list[str]:
    """The wanted rows that are not there once, with what is there of the same place."""
    found = []
    for one in wanted:
        like = [row for row in given if all(row.get(name) == value for name, value in one.items())]
        if len(like) != 1:
            places = ("metric", "period", "by", "group", "provider", "term")
            near = [row for row in given if all(row.get(name) == one[name] for name in places if name in one)]
            got = [{name: row.get(name) for name in one} for row in near]
            found.append(f"{what}: expected {json.dumps(one, ensure_ascii=False)}, got {json.dumps(got)}")
    return found


def main(command: list[str]) -> int:
    """Ask a command every case; print what differs and a count."""
    every = list(cases())
    questions = "".join(json.dumps(question(case), ensure_ascii=False) + "\n" for case in every)
    done = subprocess.run(command, input=questions, capture_output=True, encoding="utf-8", check=False)
    lines = done.stdout.splitlines()
    if done.returncode or len(lines) != len(every):
        print(f"the command gave {len(lines)} answers to {len(every)} questions, exit code {done.returncode}")
        print(done.stderr[-2000:])
        return 2
    wrong = 0
    for case, line in zip(every, lines, strict=True):
        differing = differences(case, json.loads(line))
        wrong += bool(differing)
        for one in differing:
            print(f"{case['id']} ({', '.join(case['proves'])}): {one}")
    print(f"{len(every) - wrong} of {len(every)} cases agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or [sys.executable, "-m", "tools.conformance_answers"]))
