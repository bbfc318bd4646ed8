"""Write into docs/ what is decided elsewhere: the grammar, and how formulas read in English.

Run `python -m tools.build_docs` after changing either.
"""

from pathlib import Path

from acmspec.api import check, formula
from acmspec.english import numbers
from acmspec.english.groups import Announcer
from acmspec.english.lines import written
from acmspec.english.words import Vocabulary
from acmspec.program.from_formula import set_meaning
from acmspec.program.tree import Program
from tools.english_readings import KEEP, READINGS

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = ROOT / "docs" / "language.md"
GRAMMAR = ROOT / "acmspec" / "formula" / "grammar.lark"
_START = "<!-- grammar: written by `python -m tools.build_docs` from acmspec/formula/grammar.lark -->\n"
_END = "<!-- end of grammar -->"
ENGLISH = ROOT / "docs" / "english.md"
WORDS = ROOT / "docs" / "english.yaml"
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
        kind, _, name = one.of.partition(" ")
        if name:
            found.append((one.formula, _of_set(kind, name), one.review))
            continue
        said = formula(one.formula, WORDS, of=one.of or None)
        if not said.text:
            raise ValueError(f"{one.formula}: {[each.message for each in said.diagnostics]}")
        found.append((one.formula, said.text, one.review))
    return found


def _of_set(kind: str, name: str) -> str:
    """What is said of a set: which of several records it keeps, or who is in it."""
    spec = _program().spec
    population = set_meaning(spec, name).value
    if population is None:
        raise ValueError(f"{name} is no set")
    say = Announcer(Vocabulary(spec))
    if kind == KEEP:
        choice, record = population.choices[0], numbers.article(say.words.nouns(population).one)
        return f"{say.choice(choice, population, record)} {say.order(choice, population)}"
    if population.where is None:
        raise ValueError(f"{name} has no condition")
    return written(say.of_records(population.table).condition(population.where))


def _program() -> Program:
    checked = check(WORDS)
    if checked.value is None:
        raise ValueError([one.message for one in checked.diagnostics])
    return checked.value


def readings(page: str) -> str:
    """The page with its marked block replaced by what the formulas read; ValueError if the marks are not there once."""
    if page.count(_READINGS) != 1 or page.count(_END_READINGS) != 1:
        raise ValueError("the marks of the readings must stand once")
    before, rest = page.split(_READINGS)
    after = rest.split(_END_READINGS)[1]
    blocks = [
        f"**{at}.** {_code(text)}\n\n```text\n{said}\n```\n\n*Could it mean anything else?* {review}\n"
        for at, (text, said, review) in enumerate(sentences(), 1)
    ]
    return f"{before}{_READINGS}\n" + "\n".join(blocks) + f"\n{_END_READINGS}{after}"


def _code(text: str) -> str:
    return " ".join(f"`{line}`" for line in text.splitlines())


def main() -> None:
    """Rewrite the pages in place."""
    page = build(LANGUAGE.read_text(encoding="utf-8"), GRAMMAR.read_text(encoding="utf-8"))
    LANGUAGE.write_text(page, encoding="utf-8")
    ENGLISH.write_text(readings(ENGLISH.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
