"""Whatever formula is written, it is resolved or refused with a place inside it; nothing ever raises."""

from hypothesis import given, settings
from hypothesis import strategies as st

from acmspec.ground.diagnostic import Severity
from acmspec.ground.source import Span
from acmspec.program.relocate import is_faulty, relocate, scopes
from acmspec.program.types import ErrorType
from tests.program.small import condition, formula

ATOMS = st.sampled_from(
    [
        "nights", "rent", "served", "exit_date", "entry_date", "destination", "county", "client.race", "housed",
        "clinet.race", "nihgts", "housing_rate", "stays", "3", "65%", "$5", "14 days", "2 months", '"home"', '"hoem"',
        "2025-07-01", "true", "l.entry_date", "paid_on", "w.amount", "client is found", "count(stays)",
        "share(served over stays)", "sum(rent over stays)",
    ]
)  # fmt: skip
VALUES = st.sampled_from(["sum", "average", "lowest", "highest", "the", "count", "nth"])
SETS = ["stays", "leavers", "wages", "clients", "stasy"]


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operator = st.sampled_from(["+", "-", "*", "/", "=", "!=", "<", ">=", "and", "or", "out of"])
    functions = st.sampled_from(["count", "sum", "share", "median", "average", "avg", "any"])
    return st.one_of(
        st.builds("({}) {} ({})".format, inner, operator, inner),
        st.builds("not ({})".format, inner),
        st.builds("-({})".format, inner),
        st.builds("({}) is known".format, inner),
        st.builds("({}) in permanent".format, inner),
        st.builds("days from ({}) to ({})".format, inner, inner),
        st.builds("({}) within 9 days after ({})".format, inner, inner),
        st.builds("{}({} over {})".format, functions, inner, st.sampled_from(SETS)),
        st.builds("{}({} where {})".format, functions, st.sampled_from(SETS), inner),
        st.builds("any(other stays as l for same client where {})".format, inner),
        st.builds("none(wages for same client where {})".format, inner),
        st.builds("{}({} over wages as w for same client where w.paid_on <= {})".format, VALUES, inner, inner),
        st.builds("latest({} over wages for same client by paid_on, wage_id where {})".format, inner, inner),
        st.builds("count(other stays as l for same client and provider where {})".format, inner),
    )


FORMULAS = st.recursive(ATOMS, _grown, max_leaves=6)


@settings(max_examples=150)
@given(FORMULAS, st.booleans())
def test_any_formula_is_resolved_or_refused_where_it_is_wrong(written: str, inside: bool) -> None:
    found = (condition if inside else formula)(written)
    assert found.program is not None
    errors = [one for one in found.diagnostics if one.severity is Severity.ERROR]
    for one in errors:
        assert isinstance(one.place, Span)
        assert one.place.text in written or one.place.text == f"share({written} over stays)", one
        assert one.path == "metrics.visits.formula"
    measures = {one.name: one for one in found.program.measures}
    assert ("visits" in measures) is not bool(errors), (written, found.said)


@settings(max_examples=60)
@given(FORMULAS)
def test_a_sound_formula_has_no_error_node(written: str) -> None:
    found = condition(written)
    assert found.program is not None
    for measure in found.program.measures:
        assert not is_faulty(measure.formula)
        assert not isinstance(measure.formula.type, ErrorType)


@settings(max_examples=60)
@given(FORMULAS)
def test_a_meaning_moved_inward_and_back_is_the_same(written: str) -> None:
    found = condition(written)
    assert found.program is not None
    if "visits" not in [one.name for one in found.program.measures]:
        return
    expression = found.aggregate("visits").expression
    assert expression is not None
    moved = relocate(expression, 2)
    assert relocate(moved, -2) == expression
    assert scopes(moved) == {scope + 2 for scope in scopes(expression)}
