"""Write into docs/ what is decided elsewhere: the grammar. Run `python -m tools.build_docs` after changing it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = ROOT / "docs" / "language.md"
GRAMMAR = ROOT / "acmspec" / "formula" / "grammar.lark"
_START = "<!-- grammar: written by `python -m tools.build_docs` from acmspec/formula/grammar.lark -->\n"
_END = "<!-- end of grammar -->"


def build(page: str, grammar: str) -> str:
    """The page with its marked block replaced by the grammar; ValueError if the marks are not there once."""
    if page.count(_START) != 1 or page.count(_END) != 1:
        raise ValueError("the marks of the grammar must stand once")
    before, rest = page.split(_START)
    after = rest.split(_END)[1]
    return f"{before}{_START}```\n{grammar.rstrip()}\n```\n{_END}{after}"


def main() -> None:
    """Rewrite the page in place."""
    page = build(LANGUAGE.read_text(encoding="utf-8"), GRAMMAR.read_text(encoding="utf-8"))
    LANGUAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
