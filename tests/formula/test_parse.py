"""What formulas mean as trees, where their parts stand, and that words are keywords only where they must be."""

import subprocess
import sys
from datetime import date
from fractions import Fraction

import pytest

from acmspec.formula.from_text import parse
from acmspec.formula.tree import Binary, Call, Day, Formula, In, Name, Not, Number, Text, Within
from acmspec.ground.calendar import Length
from acmspec.ground.exact import ONE, Amount, Unit
from acmspec.ground.source import Source


def _parsed(written: str) -> Formula:
    outcome = parse(Source("formula", written), 0, len(written))
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1000", Amount(Fraction(1000), "number", ONE, 0)),
        ("0.50", Amount(Fraction(1, 2), "number", ONE, 2)),
        ("65%", Amount(Fraction(13, 20), "percent", ONE, 0)),
        ("54.75%", Amount(Fraction(219, 400), "percent", ONE, 2)),
        ("$4,000", Amount(Fraction(4000), "money", Unit.of("USD"), 0)),
        ("$4000.50", Amount(Fraction(8001, 2), "money", Unit.of("USD"), 2)),
        ("£12,345,678", Amount(Fraction(12_345_678), "money", Unit.of("GBP"), 0)),
        ("GBP 12,345,678", Amount(Fraction(12_345_678), "money", Unit.of("GBP"), 0)),
        ("14 days", Amount(Fraction(14), "duration", Unit.of("day"), 0)),
        ("2 weeks", Amount(Fraction(14), "duration", Unit.of("day"), 0)),
        ("1.5 weeks", Amount(Fraction(21, 2), "duration", Unit.of("day"), 1)),
        ("6 months", Amount(Fraction(6), "duration", Unit.of("month"), 0)),
        ("1 year", Amount(Fraction(12), "duration", Unit.of("month"), 0)),
    ],
)
def test_a_number_keeps_its_value_its_unit_and_how_it_was_written(written: str, amount: Amount) -> None:
    formula = _parsed(written)
    assert isinstance(formula, Number)
    assert formula.amount == amount


def test_sums_of_money_in_a_list_are_told_apart_from_thousands() -> None:
    formula = _parsed("fee in ($1, $200, $1,200)")
    assert isinstance(formula, In)
    assert isinstance(formula.choices, tuple)
    assert [one.amount.value for one in formula.choices if isinstance(one, Number)] == [1, 200, 1200]


@pytest.mark.parametrize(("one", "other"), [
    ("a before b", "a < b"),
    ("a after b", "a > b"),
    ("a on or before b", "a <= b"),
    ("a on or after b", "a >= b"),
    ("not a in (b)", "a not in (b)"),
    ("a is not known", "a is missing"),
    ("a is not missing", "a is known"),
    ("a or b and not c = d", "a or (b and (not (c = d)))"),
    ("a + b * c out of d >= 1", "((a + (b * c)) out of d) >= 1"),
    ("-a * b", "(-a) * b"),
    ("a - b - c", "(a - b) - c"),
    ("days from a to b * 2", "(days from a to b) * 2"),
    ("d within 5 days after a + b", "d within 5 days after (a + b)"),
    ("a\u00a0=\u3000b\t", "a = b"),
])  # fmt: skip
def test_two_spellings_are_one_formula(one: str, other: str) -> None:
    assert _parsed(one) == _parsed(other)


def test_a_lookup_keeps_its_reach_alias_entities_and_condition() -> None:
    formula = _parsed(
        "any(other enrollments as later for same client and provider"
        " where later.entry_date on or within 6 months after exit_date)"
    )
    assert isinstance(formula, Call)
    assert (formula.function, formula.expression, formula.distinct) == ("any", None, False)
    over = formula.over
    assert (over.name, over.reach, over.alias) == ("enrollments", "other", "later")
    assert [one.name.parts for one in over.entities] == [("client",), ("provider",)]
    assert isinstance(over.where, Within)
    assert over.where.inclusive
    assert over.where.length == Length(months=6)
    assert over.where.operand == Name(("later", "entry_date"), over.span)


def test_a_name_that_no_one_has_heard_of_is_a_function_all_the_same() -> None:
    formula = _parsed("geometric_mean(x over y)")
    assert isinstance(formula, Call)
    assert formula.function == "geometric_mean"


@pytest.mark.parametrize("name", [
    "day", "days", "month", "months", "year", "hours", "period", "count", "share", "date", "other", "all", "distinct",
    "within", "after", "before", "on", "to", "from", "as", "for", "same", "out", "of", "known", "missing", "any", "sum",
])  # fmt: skip
@pytest.mark.parametrize("frame", [
    "{0} = 1", "1 = {0}", "{0} is known", "{0} in {0}", "{0} not in (1, 2)", "{0} out of {0}", "{0}({0})", "not {0}",
    "{0}({0} over {0})", "{0}(distinct {0} over {0} where {0})", "{0}(other {0} as {0} for same {0} and {0} where {0})",
    "{0}({0} as {0})", "{0}({0} for same {0})", "{0}(all {0})", "{0} within 5 days after {0}", "{0}.{0} + {0} - {0}",
    "days from {0} to {0}", "{0} before {0} and {0} on or after {0}", "({0} < 5 days) = {0}", "{0}({0} > 1 over {0})",
])  # fmt: skip
def test_any_word_of_the_grammar_can_be_the_name_of_a_column_a_set_or_a_function(name: str, frame: str) -> None:
    if frame == "{0} in {0}" and name == "period":
        return  # `in period` is a window, so no list can be called so
    if frame == "{0} within 5 days after {0}" and name == "days":
        return  # `days within …` counts days of the record's own span
    plain, soft = _parsed(frame.format("x")), _parsed(frame.format(name))
    assert repr(soft).replace(f"'{name}'", "'x'") == repr(plain).replace(f"'{name}'", "'x'")


def test_spans_point_into_the_source_for_a_plain_value() -> None:
    source = Source("spec.yaml", "metrics:\n  m:\n    formula: share((a or b) and c = 'x' over d)  # why\n")
    start = source.text.index("share")
    outcome = parse(source, start, source.text.index("  #"))
    call = outcome.value
    assert isinstance(call, Call)
    assert call.span.text == "share((a or b) and c = 'x' over d)"
    assert call.function_span.text == "share"
    assert str(call.span) == "spec.yaml:3:14"
    both = call.expression
    assert isinstance(both, Binary)
    assert both.span.text == "(a or b) and c = 'x'"
    assert (both.left.span.text, both.right.span.text) == ("a or b", "c = 'x'")
    assert call.over.span.text == call.over.name_span.text == "d"


@pytest.mark.parametrize("mark", ["|", ">", ">-"])
def test_spans_point_into_the_source_for_a_block(mark: str) -> None:
    source = Source(
        "s.yaml", f"formula: {mark}\n    share(happy\n\n      over  people\n      where day = 2025-07-01)\nnext: 1\n"
    )
    start, end = source.text.index("    share"), source.text.index("next")
    call = parse(source, start, end).value
    assert isinstance(call, Call)
    assert str(call.span) == "s.yaml:2:5"
    assert call.span.text.startswith("share(happy\n\n")
    assert call.over.span.text == "people\n      where day = 2025-07-01"
    assert str(call.over.span) == "s.yaml:4:13"
    assert isinstance(call.over.where, Binary)
    assert call.over.where.right == Day(date(2025, 7, 1), call.span)
    assert str(call.over.where.right.span) == "s.yaml:5:19"


def test_a_keyword_of_several_words_may_be_split_over_lines() -> None:
    assert _parsed("a\n  out\n  of b") == _parsed("a out of b")
    assert _parsed("not\nx\nis\nnot\nknown") == _parsed("not x is missing")
    assert isinstance(_parsed("x not\n  in codes"), Not)


def test_a_text_is_compared_in_composed_form() -> None:
    formula = _parsed("'Cafe\u0301'")
    assert isinstance(formula, Text)
    assert formula.value == "Caf\u00e9"


def test_a_path_may_be_long() -> None:
    assert isinstance(_parsed(".".join(["a"] * 500)), Name)


def test_a_list_may_be_long() -> None:
    formula = _parsed(f"x in ({', '.join(str(number) for number in range(900))})")
    assert isinstance(formula, In)
    assert len(formula.choices if isinstance(formula.choices, tuple) else ()) == 900


def test_reading_a_formula_loads_no_parser_generator() -> None:
    program = (
        "import sys\n"
        "from acmspec.formula.from_text import parse\n"
        "from acmspec.ground.source import Source\n"
        "assert parse(Source('', 'a = b'), 0, 5).value is not None\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in {'lark', 'yaml', 'duckdb', 'click'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
