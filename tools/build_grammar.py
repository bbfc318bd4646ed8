"""Compile acmspec/formula/grammar.lark to the tables the parser runs on; it must not know what a formula means.

Run `python tools/build_grammar.py` after changing the grammar. Any conflict in the grammar is an error.
The result is the same bytes on every machine: states are numbered in breadth-first order over sorted symbols.
"""

import json
from pathlib import Path

from lark.lexer import PatternStr
from lark.load_grammar import load_grammar
from lark.parser_frontends import ParserConf
from lark.parsers.lalr_analysis import LALR_Analyzer, Shift

FORMULA = Path(__file__).resolve().parent.parent / "acmspec" / "formula"
GRAMMAR = FORMULA / "grammar.lark"
TABLES = FORMULA / "tables.json"
END = "$END"


def build(grammar: str) -> str:
    """The text of tables.json for the text of a grammar; lark's GrammarError if it is not LALR(1) without conflict."""
    terminals, rules, _ = load_grammar(grammar, GRAMMAR.name, [], False)[0].compile(["start"], "*")
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
    return _written(document)


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
        if key in {"rules", "actions"}:
            rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in value)
            parts.append(f'"{key}":[\n{rows}\n]')
        else:
            parts.append(f'"{key}":{json.dumps(value, separators=(",", ":"))}')
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    TABLES.write_text(build(GRAMMAR.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    print(f"wrote {TABLES.name}")
