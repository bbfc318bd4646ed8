"""Compile the grammars of formulas and of English to the tables the parser runs on; it must not know what they mean.

Run `python -m tools.build_grammar` after changing a grammar. Any conflict in a grammar is an error.
The result is the same bytes on every machine: states are numbered in breadth-first order over sorted symbols.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from lark.lexer import PatternStr
from lark.load_grammar import load_grammar
from lark.parser_frontends import ParserConf
from lark.parsers.lalr_analysis import LALR_Analyzer, Shift

PACKAGE = Path(__file__).resolve().parent.parent / "acmspec"
FORMULA = PACKAGE / "formula" / "grammar.lark"
ENGLISH = PACKAGE / "english" / "grammar.lark"
END = "$END"


def tables_of(grammar: Path) -> Path:
    """Where the tables of a grammar stand."""
    return grammar.with_name("tables.json")


def build(grammar: str, *, follows: bool = False) -> str:
    """The text of tables.json for the text of a grammar; lark's GrammarError if it is not LALR(1) without conflict.

    With `follows`, it also says which terminals may come after which.
    """
    terminals, rules, _ = load_grammar(grammar, "grammar.lark", [], False)[0].compile(["start"], "*")
    shown = {one.name: one.pattern.value for one in terminals if isinstance(one.pattern, PatternStr)}
    analyzer = LALR_Analyzer(ParserConf(rules, {}, ["start"]), debug=False, strict=True)
    analyzer.compute_lalr()
    table = analyzer.parse_table
    order = _numbered(table.states, table.start_states["start"])
    keywords = sorted(shown.values())
    used = {symbol.name for rule in rules for symbol in rule.expansion if symbol.is_term}
    classes = sorted(used - shown.keys())
    symbols = [END, *classes, *keywords, *sorted({str(rule.origin.name) for rule in rules})]
    index = {name: at for at, name in enumerate(symbols)}
    numbered = sorted(rules, key=lambda rule: (str(rule.origin.name), rule.order))
    number = {(str(rule.origin.name), rule.order): at for at, rule in enumerate(numbered)}

    def code(action: object, argument: object) -> int:
        if action is Shift:
            return order[argument]
        return -1 - number[str(argument.origin.name), argument.order]

    actions = [
        sorted((index[shown.get(name, str(name))], code(*action)) for name, action in table.states[state].items())
        for state in order
    ]
    document = {
        "keywords": keywords,
        "symbols": symbols,
        "accept": order[table.end_states["start"]],
        "rules": [[index[str(rule.origin.name)], len(rule.expansion), rule.alias or ""] for rule in numbered],
        "actions": [[number for pair in row for number in pair] for row in actions],
    }
    if follows:
        document["follows"] = _follows(rules, lambda symbol: index[shown.get(symbol.name, str(symbol.name))])
    return _written(document)


def _follows(rules: Iterable[object], number: object) -> list[list[int]]:
    """For each terminal, and for the start (as if it were the end's own number), the terminals that may come next."""
    first, last = _ends(rules, 0), _ends(rules, -1)
    found = {}
    for rule in rules:
        for one, two in zip(rule.expansion, rule.expansion[1:], strict=False):
            for before in last[one.name]:
                found.setdefault(before, set()).update(first[two.name])
    for before in last["start"]:
        found.setdefault(before, set())
    names = {symbol.name: symbol for rule in rules for symbol in rule.expansion if symbol.is_term}
    rows = [[0, *sorted(number(names[one]) for one in first["start"])]]
    rows += [[number(names[one]), *sorted(number(names[two]) for two in some)] for one, some in found.items()]
    for row in rows[1:]:
        if any(number(names[one]) == row[0] for one in last["start"]):
            row.insert(1, 0)
    return sorted(rows)


def _ends(rules: Iterable[object], at: int) -> dict[str, set[str]]:
    """The terminals that each symbol can start with (`at` 0) or end with (-1); no rule is empty."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        found.setdefault(str(rule.origin.name), set())
        found.update({one.name: {one.name} for one in rule.expansion if one.is_term})
    grew = True
    while grew:
        grew = False
        for rule in rules:
            more = found[rule.expansion[at].name] - found[str(rule.origin.name)]
            grew = grew or bool(more)
            found[str(rule.origin.name)] |= more
    return found


def _numbered(states: dict[object, dict[str, tuple[object, object]]], start: object) -> dict[object, int]:
    """Every state's number, breadth first from the start."""
    order = {start: 0}
    queue = [start]
    for state in queue:
        for name in sorted(states[state], key=str):
            action, target = states[state][name]
            if action is Shift and target not in order:
                order[target] = len(order)
                queue.append(target)
    return order


def _written(document: dict[str, object]) -> str:
    """Compact JSON, one line a row, so that a change of the grammar reads as a change of lines."""
    parts = []
    for key, value in document.items():
        if key in {"rules", "actions", "follows"}:
            rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in value)
            parts.append(f'"{key}":[\n{rows}\n]')
        else:
            parts.append(f'"{key}":{json.dumps(value, separators=(",", ":"))}')
    return "{" + ",\n".join(parts) + "}\n"


def compiled(grammar: Path) -> str:
    """The tables of one of the grammars; English also needs to know which word may follow which."""
    return build(grammar.read_text(encoding="utf-8"), follows=grammar == ENGLISH)


if __name__ == "__main__":
    for one in (FORMULA, ENGLISH):
        tables_of(one).write_text(compiled(one), encoding="utf-8", newline="\n")
        print(f"wrote {tables_of(one).relative_to(PACKAGE.parent)}")
