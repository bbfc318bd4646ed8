"""Write into docs/ what is decided elsewhere: the grammar, and how formulas read in English.

Run `python -m tools.build_docs` after changing either.
"""

from pathlib import Path

from acmspec.api import formula
from tools.english_readings import READINGS

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = ROOT / "docs" / "language.md"
GRAMMAR = ROOT / "acmspec" / "formula" / "grammar.lark"
_START = "<!-- grammar: written by `python -m tools.build_docs` from acmspec/formula/grammar.lark -->\n"
_END = "<!-- end of grammar -->"
ENGLISH = ROOT / "docs" / "english.md"
EXAMPLE = ROOT / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"
_READINGS = "<!-- readings: written by `python -m tools.build_docs` from tools/english_readings.py -->\n"
_END_READINGS = "<!-- end of readings -->"


def build(page: str, grammar: str) -> str:
    """The page with its marked block replaced by the grammar; ValueError if the marks are not there once."""
    if page.count(_START) != 1 or page.count(_END) != 1:
        raise ValueError("the marks of the grammar must stand once")
    before, rest = page.split(_START)
    after = rest.split(_END)[1]
    return f"{before}{_START}```\n{grammar.rstrip()}\n```\n{_END}{after}"


def sentences() -> list[tuple[str, str, str]]:
    """Each formula of the reading check with its English and its review; ValueError if one can't be said."""
    found = []
    for one in READINGS:
        said = formula(one.formula, EXAMPLE, of=one.of or None)
        if not said.text:
            raise ValueError(f"{one.formula}: {[each.message for each in said.diagnostics]}")
        found.append((one.formula, said.text, one.review))
    return found


def readings(page: str) -> str:
    """The page with its marked block replaced by what the formulas read; ValueError if the marks are not there once."""
    if page.count(_READINGS) != 1 or page.count(_END_READINGS) != 1:
        raise ValueError("the marks of the readings must stand once")
    before, rest = page.split(_READINGS)
    after = rest.split(_END_READINGS)[1]
    blocks = [
        f"**{at}.** `{text}`\n\n```text\n{said}\n```\n\n*Could it mean anything else?* {review}\n"
        for at, (text, said, review) in enumerate(sentences(), 1)
    ]
    return f"{before}{_READINGS}\n" + "\n".join(blocks) + f"\n{_END_READINGS}{after}"


def main() -> None:
    """Rewrite the pages in place."""
    page = build(LANGUAGE.read_text(encoding="utf-8"), GRAMMAR.read_text(encoding="utf-8"))
    LANGUAGE.write_text(page, encoding="utf-8")
    ENGLISH.write_text(readings(ENGLISH.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
