"""What a spec decodes to, and what is said of mistakes in its shape."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmspec.document.from_text import read
from acmspec.document.tree import Entry, Mapping, Node, Scalar, Sequence
from acmspec.english import numbers
from acmspec.formula.tree import Name
from acmspec.ground.calendar import Every, Length
from acmspec.ground.diagnostic import Outcome
from acmspec.ground.source import Source, Span
from acmspec.ground.windows import Covers, Rolling
from acmspec.spec.tree import Spec

Decoded = Callable[[str], Outcome[Spec]]
EXAMPLE = Path(__file__).parents[2] / "specs" / "examples" / "rapid_rehousing" / "spec.yaml"


@pytest.fixture(scope="module")
def spec(every_key: str, decoded: Decoded) -> Spec:
    found = decoded(every_key).value
    assert found is not None
    return found


def test_the_contract(spec: Spec) -> None:
    contract = spec.contract
    assert (contract.id.value, contract.currency, contract.fiscal_year_starts) == ("every-key", "USD", 7)
    assert contract.maximum is not None
    assert (contract.maximum.value.value, contract.maximum.value.unit.factors) == (4_800_000, (("USD", 1),))
    assert contract.term.last.value == date(2028, 6, 30)
    assert spec.faulty == frozenset()


def test_a_table(spec: Spec) -> None:
    stays, visits = spec.data
    assert (stays.lag, stays.accept_invalid, stays.duplicates) == (Length(days=15), Fraction(1, 100), "drop exact")
    assert stays.interval is not None
    assert [one.value for one in stays.interval] == ["entry_date", "exit_date"]
    assert [one.value for one in visits.key] == ["client_id", "day"]
    assert (visits.accept_invalid, visits.duplicates, visits.lag) == (0, "error", Length())
    fields = {field.name.value: field for field in stays.fields}
    assert (fields["client_id"].column, fields["client_id"].type) == ("client_id", "text")
    assert fields["loaded_on"].type == "date"
    assert fields["destination"].values == (("rental", "Rental, no subsidy"), ("12", "Staying with family"))
    assert fields["destination"].missing == ("", "99")
    assert fields["kind"].values == (("a", "a"), ("b", "b"))
    assert (fields["exit_date"].optional, fields["exit_date"].private) == (True, False)


def test_a_cohort_and_its_places(spec: Spec) -> None:
    leavers, others = spec.cohorts
    assert leavers.dated is not None
    assert (leavers.dated.text, leavers.dated.tree) == ("exit_date", Name(("exit_date",), leavers.dated.span))
    assert leavers.dated.span.text == "exit_date"
    (keep,) = leavers.keep
    assert (keep.choice, [one.value for one in keep.entities]) == ("last", ["client"])
    assert [(one.value, one.span.text) for one in keep.by] == [
        ("exit_date", "exit_date"),
        ("enrollment_id", "enrollment_id"),
    ]
    assert [one.value for one in others.keep[0].entities] == ["client", "provider"]


def test_a_metric_and_its_benchmarks(spec: Spec) -> None:
    exits, number = spec.metrics
    assert (exits.window.value, exits.decimals.value, exits.minimum) == (Rolling(12, "month"), 1, 20)
    assert exits.every.value is Every.FISCAL_QUARTER
    assert [[one.value for one in path] for path in exits.break_down_by] == [
        ["provider"],
        ["client.county"],
        ["client.race", "kind"],
    ]
    assert [(use.name.value, use.kind.value) for use in exits.benchmarks] == [
        ("target", "target"),
        ("last_year", "historical"),
    ]
    assert (number.window.value, number.use.value, number.maturity) == (Covers.PERIOD, "reported", "all records")


def test_payment_terms_and_limits(spec: Spec) -> None:
    assert spec.incentives is not None
    bonus, rise, *_, exits = spec.incentives.terms
    assert rise.use.kind.value == "threshold and ramp"
    assert (bonus.per.by_provider, bonus.per.every) == (True, Every.QUARTER)
    assert bonus.once_per is not None
    assert bonus.on["disputed"].value == "pay the undisputed part"
    assert (exits.per.every, dict(exits.on), exits.on_span) == (None, {}, None)
    cap, gate, taken, floor, withhold, retain = spec.incentives.limits
    assert (gate.use.kind.value, gate.use.parameters.on["too_few"]) == ("gate", "pay")
    assert [one.weight.value for one in withhold.use.parameters.earn_back] == [2, 1]
    assert (retain.use.name.value, retain.use.parameters) == ("retain_6", Fraction(1, 20))
    assert (cap.use.name.value, cap.use.kind.value, cap.per.every) == ("cap_1", "cap", Every.FISCAL_YEAR)
    assert (taken.use.kind.value, taken.use.parameters.value.value) == ("deduction cap", Fraction(5_000))
    assert (floor.use.name.value, floor.use.kind.value, floor.per.every) == ("floor_4", "floor", None)


def test_the_working_practice(spec: Spec) -> None:
    (meeting,) = spec.cadence
    assert meeting.week is not None
    assert (meeting.name.value, meeting.week.value, meeting.minutes, meeting.pre_read) == (
        "provider_meeting",
        3,
        90,
        Length(days=5),
    )
    assert spec.attendees[0].required
    assert spec.responsibilities == (("analysis", "Data analyst"),)
    assert spec.follow_up is not None
    assert spec.follow_up.case_reviews is not None
    assert spec.follow_up.case_reviews.every is Every.QUARTER
    assert spec.examples[0].expect[0][1].value == "not met"


@pytest.mark.parametrize(
    "written",
    [
        "formula: share(permanent_home over leavers)",
        "formula: 'share(permanent_home over leavers)'",
        'formula: "share(permanent_home over leavers)"',
        "formula: >\n      share(permanent_home\n            over leavers)",
        "formula: |\n      share(permanent_home over leavers)",
        "formula: >-  # why\n      share(permanent_home over leavers)\n",
    ],
)
def test_a_formula_keeps_its_places_however_it_is_written(written: str, every_key: str, decoded: Decoded) -> None:
    text = every_key.replace("formula: share(permanent_home over leavers)", written)
    found = decoded(text)
    assert found.diagnostics == ()
    assert found.value is not None
    tree = found.value.metrics[0].formula.tree
    assert tree is not None
    assert " ".join(tree.span.text.split()) == "share(permanent_home over leavers)"


@pytest.mark.parametrize("written", ["'kind = ''a'''", '"kind = \\"a\\""'])
def test_a_formula_with_escapes_is_refused(written: str, every_key: str, decoded: Decoded) -> None:
    (one,) = decoded(every_key.replace("exit_date is known", written)).diagnostics
    assert (one.code, one.path) == ("ACM152", "cohorts.leavers.where")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Every key of a spec", "title: no", ("ACM107", "contract.title")),
        ("title: Every key of a spec", "title: 1:30", ("ACM151", "contract.title")),
        ("title: Every key of a spec", "title:", ("ACM106", "contract.title")),
        ("from: 2024-07-01", "from: 2025-02-30", ("ACM111", "metrics.permanent_exits.benchmarks.last_year.from")),
        ("minimum: 20", "minimum: no", ("ACM104", "metrics.permanent_exits.minimum")),
        ("minimum: 20", 'minimum: "20"', ("ACM104", "metrics.permanent_exits.minimum")),
        ("minimum: 20", "minimum: -1", ("ACM114", "metrics.permanent_exits.minimum")),
        ("better: higher", "better: hihger", ("ACM103", "metrics.permanent_exits.better")),
        ("acmspec: 1", "acmspec: 2", ("ACM114", "acmspec")),
        ("kind: target", "kind: targt", ("ACM103", "metrics.permanent_exits.benchmarks.target.kind")),
        ("when: dated exit_date", "when: exit_date", ("ACM115", "cohorts.leavers.when")),
        ("per: [provider]", "per: [provider, provider]", ("ACM117", "incentives.terms.exits.per")),
        ("last per client in", "last client in", ("ACM116", "cohorts.leavers.keep.0")),
        ("permanent: [rental, family]", "Permanent: [rental]", ("ACM110", "lists.Permanent")),
        ("permanent: [rental, family]", "permanent: rental", ("ACM105", "lists.permanent")),
        ("permanent: [rental, family]", "permanent: []", ("ACM108", "lists.permanent")),
        ("cap: $48,000", "cup: $48,000", ("ACM101", "incentives.limits.0.cap")),
        ("  - cap: $48,000\n      over:", "  - over:", ("ACM102", "incentives.limits.0")),
        ("length: 90 minutes", "length: 1:30", ("ACM104", "cadence.provider_meeting.length")),
    ],
)
def test_a_mistake_has_its_code_and_its_path(
    old: str, new: str, expected: tuple[str, str], every_key: str, decoded: Decoded
) -> None:
    assert old in every_key
    (one,) = decoded(every_key.replace(old, new, 1)).diagnostics
    assert (one.code, one.path) == expected
    assert one.cause
    assert one.fix
    assert one.message[0].islower() or one.message[0] == "“"


LAST = "last per client in each period by exit_date, enrollment_id"


@pytest.mark.parametrize(
    ("old", "new", "fix"),
    [
        (LAST, LAST.replace("last", "latest"), "Write “last” in place of “latest”."),
        (LAST, LAST.replace("last", "most recent"), "Write “last” in place of “most recent”."),
        (LAST, LAST.replace("last", "earliest"), "Write “first” in place of “earliest”."),
        (LAST, LAST.replace("exit_date,", "exit_date desc,"), "Leave “desc” out"),
        (LAST, LAST.replace("each period", "each quarter"), "Write “in each period” in place of “in each quarter”"),
        ("where: exit_date is known", "where: [exit_date is known, plan_date is known]", "joined by “and” or “or”"),
    ],
)
def test_what_is_mostly_meant_is_offered(old: str, new: str, fix: str, every_key: str, decoded: Decoded) -> None:
    assert old in every_key
    (one,) = decoded(every_key.replace(old, new, 1)).diagnostics
    assert fix in one.fix


def test_a_length_of_time_is_said_in_the_unit_it_was_written_in(every_key: str, decoded: Decoded) -> None:
    found = decoded(every_key).value
    assert found is not None
    assert found.incentives is not None
    assert found.incentives.settlement is not None
    assert numbers.length(found.incentives.settlement.keep_rows) == "7 years"


def test_six_metrics_are_one_finding_at_the_sixth_and_all_are_decoded(every_key: str, decoded: Decoded) -> None:
    start, end = every_key.index("  number:\n"), every_key.index("agreements:")
    one = every_key[start:end]
    more = "".join(one.replace("number:", f"more_{index}:") for index in range(4))
    found = decoded(every_key[:end] + more + every_key[end:])
    (six,) = found.diagnostics
    assert six.code == "ACM109"
    assert isinstance(six.place, Span)
    assert six.place.text == "more_3"
    assert found.value is not None
    assert (len(found.value.metrics), found.value.faulty) == (6, frozenset())


def _close(word: str) -> str:
    """The word without its last letter but one."""
    return word[:-2] + word[-1]


def _far(word: str) -> str:
    """The word with its last letter made two others: nothing that a short word could be guessed from."""
    return word[:-1] + "zz"


@pytest.mark.parametrize("misspell", [_close, _far])
def test_a_misspelt_key_is_one_finding_wherever_it_stands(
    misspell: Callable[[str], str], every_key: str, decoded: Decoded
) -> None:
    places = [one for one in _keys(every_key) if len(one.text) > 1]
    assert len(places) > 150
    for key in places:
        start, end = key.span.start, key.span.end
        found = decoded(every_key[:start] + misspell(key.text) + every_key[end:])
        if not found.diagnostics or re.match(r"examples\.\d\.expect", found.diagnostics[0].path):
            continue  # a name the author chose: a definition, a field, a benchmark
        (one,) = found.diagnostics
        if one.code == "ACM102":
            assert key.text in {
                "kind",
                "cap",
                "floor",
                "gate",
                "withhold",
                "retain",
            }  # without it nothing is known of the other keys
            continue
        assert one.code == "ACM101"
        assert isinstance(one.place, Span)
        assert one.place.text == misspell(key.text)
        assert found.value is not None
        assert one.path in found.value.faulty
        if misspell is _close and len(key.text) > 3:
            assert one.fix == f"Rename “{misspell(key.text)}” to “{key.text}”."


def _keys(text: str) -> list[Scalar]:
    root = read(Source("spec.yaml", text)).value
    assert root is not None
    return [entry.key for entry in _entries(root)]


def _entries(node: Node) -> list[Entry]:
    if isinstance(node, Mapping):
        return [one for entry in node.entries for one in (entry, *_entries(entry.value))]
    return [one for item in node.items for one in _entries(item)] if isinstance(node, Sequence) else []


def test_all_independent_mistakes_are_found_in_one_run(every_key: str, decoded: Decoded) -> None:
    text = (
        every_key.replace("title: Every key", "titel: Every key")
        .replace("lag: 15 days", "lag: soon")
        .replace("every: fiscal quarter", "every: fortnight")
        .replace("formula: count(enrollments)\n", "formula: count(enrollments\n")
        .replace("price: $400", "price: cheap")
        .replace("required: true", "required: maybe")
    )
    found = decoded(text)
    assert [one.path for one in found.diagnostics] == [
        "contract.title",
        "data.enrollments.lag",
        "metrics.permanent_exits.every",
        "metrics.number.formula",
        "attendees.0.required",
        "incentives.terms.exits.price",
    ]
    assert found.value is not None
    assert {"metrics.number.formula", "incentives.terms.exits.price", "data.enrollments.lag"} <= found.value.faulty
    assert found.value.contract.title.value == "Every key of a spec"


@pytest.mark.parametrize("text", ["a", "[1, 2]", "- a: 1", "{}", "acmspec: 1", "contract: 5", "metrics: [1]\ndata: x"])
def test_other_yaml_is_told_in_full(text: str, decoded: Decoded) -> None:
    found = decoded(text)
    assert found.has_errors


def test_the_example_is_sound(decoded: Decoded) -> None:
    found = decoded(EXAMPLE.read_text(encoding="utf-8"))
    assert found.diagnostics == ()
    assert found.value is not None


_SNIPPETS = st.sampled_from(
    [" ", "\n", "\t", ":", ": ", "- ", "[", "]", "{", "}", ",", "'", '"', "#", " #", "&a ", "*a", "!", "|", ">", "%",
     "@", "null", "no", "é", "😀", "\u00a0", "?", "---\n", "<<: ", "0", "9" * 5000, "$", "(", ")"]
)  # fmt: skip


@given(st.data())
def test_no_damage_whatsoever_makes_it_fall_over(every_key: str, decoded: Decoded, data: st.DataObject) -> None:
    text = every_key
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 12))
        text = text[:at] + data.draw(_SNIPPETS) + text[at + gone :]
    found = decoded(text)
    assert found.value is not None or found.has_errors
    for one in found.diagnostics:
        assert isinstance(one.place, Span)
        assert 0 <= one.place.start <= one.place.end <= len(text)


_PARTS = st.recursive(
    st.sampled_from(["abc", "1", "null", "no", "2025-07-01", "65%", "$5", '""', "{}", "[]", "12 months"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(
            st.sampled_from(["kind", "from", "to", "value", "formula", "fields", "type", "terms", "cap", "on", "per"]),
            inner,
            max_size=4,
        ).map(lambda one: "{" + ", ".join(f"{key}: {value}" for key, value in one.items()) + "}")
    ),
    max_leaves=12,
)


@given(st.data())
def test_no_structure_whatsoever_makes_it_fall_over(every_key: str, decoded: Decoded, data: st.DataObject) -> None:
    entries = [one for one in _entries_of(every_key) if isinstance(one.value, Scalar | Mapping | Sequence)]
    entry = data.draw(st.sampled_from(entries))
    part = data.draw(_PARTS)
    if entry.value.span.start == entry.value.span.end:
        return
    text = every_key[: entry.key.span.end] + ": " + part + "\n" + every_key[entry.value.span.end :].partition("\n")[2]
    found = decoded(text)
    assert found.value is not None or found.has_errors


def _entries_of(text: str) -> list[Entry]:
    root = read(Source("spec.yaml", text)).value
    assert root is not None
    return _entries(root)
