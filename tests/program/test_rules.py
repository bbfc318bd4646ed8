"""Each rule with a spec that breaks it, at the exact place, and one that keeps it."""

import pytest

from acmspec.ground.diagnostic import Severity
from acmspec.program import rules
from tests.program.small import TEXT, condition, formula, look

Changes = tuple[tuple[str, str], ...]

GOALS = "  homes:\n    statement: Families keep their homes.\n"
BONUS_ON = "        undefined: nothing\n        too_few: nothing\n"
ROLLING = ("    every: quarter\n", "    every: quarter\n    window: rolling 12 months\n")
EXITS = "    formula: housing_rate\n"
PROVIDER = "        entity: provider\n"
VALUES = "        type: text\n        values: {Bridge: Bridge House, Fery: Ferry House}\n"
RATE = "  housing_rate:\n"
COUNTY = "      county: text\n  clients"

BACK = "e.exit_date within 9 days before entry_date"

EFFECT = (
    "      kind: threshold on effect\n      metric: exits\n      comparator: {}\n      at_least: 10%\n"
    "      price: $100\n      most: $1,000\n      per: [provider, quarter]\n"
    "      on: {{undefined: nothing, too_few: nothing, immature: wait, missing: withhold until received, "
    "disputed: withhold until resolved}}\n"
)
BEFORE = (
    "        value: 65%\n      before:\n        kind: historical\n        from: {}\n        to: 2010-12-31\n  visits"
)
SAME = BEFORE.format("2010-01-01").replace("\n  visits", "") + BEFORE.format("2010-01-01").split("65%")[1].replace(
    "before:", "same:"
)

BROKEN: list[tuple[str, str, str, Changes]] = [
    (
        "a history from before the data begins",
        "ACM728",
        "before",
        (
            ("        value: 65%\n  visits", BEFORE.format("2009-07-01")),
            ("    bonus:\n", f"    more:\n{EFFECT.format('before')}    bonus:\n"),
        ),
    ),
    (
        "an event that two terms pay for",
        "ACM729",
        "again",
        (("    bonus:\n", f"    more:\n{EFFECT.format('target')}    again:\n{EFFECT.format('target')}    bonus:\n"),),
    ),
    (
        "an event that two terms pay for against one benchmark of two names",
        "ACM729",
        "again",
        (
            ("        value: 65%\n  visits", SAME),
            ("    bonus:\n", f"    more:\n{EFFECT.format('before')}    again:\n{EFFECT.format('same')}    bonus:\n"),
        ),
    ),
    (
        "a reporting day that measures one day",
        "ACM300",
        "{dates: [2025-01-29, 2025-07-30]}",
        (
            ("    every: quarter\n", "    every: {dates: [2025-01-29, 2025-07-30]}\n"),
            ("per: [provider, quarter]", "per: [provider, period]"),
        ),
    ),
    (
        "a reporting day outside the term",
        "ACM376",
        "{dates: [2025-01-29, 2027-01-29]}",
        (("    every: quarter\n", "    every: {dates: [2025-01-29, 2027-01-29]}\n"),),
    ),
    (
        "a year that starts inside a quarter",
        "ACM377",
        "year to date",
        (
            ("  currency: USD\n", "  fiscal_year_starts: February\n  currency: USD\n"),
            ("    every: quarter\n", "    every: quarter\n    window: year to date\n"),
        ),
    ),
    (
        "a window shorter than a quarter",
        "ACM418",
        "rolling 1 month",
        (("    every: quarter\n", "    every: quarter\n    window: rolling 1 month\n"),),
    ),
    (
        "a rank in a metric of all together",
        "ACM417",
        "rank(sum(nights over stays) for each provider)",
        (("formula: sum(nights over stays)", "formula: rank(sum(nights over stays) for each provider)"),),
    ),
    ("a point between thousands", "ACM597", "$5.000", (("- cap: $5,000", "- cap: $5.000"),)),
    ("a year with two digits swapped", "ACM419", "2206-12-31", (("to: 2026-12-31", "to: 2206-12-31"),)),
    ("a path with backslashes", "ACM497", "data\\stays.csv", (("file: stays.csv", "file: data\\stays.csv"),)),
    ("a path of one computer", "ACM497", "C:\\stays.csv", (("file: stays.csv", "file: C:\\stays.csv"),)),
    ("a web address", "ACM497", "https://a.gov/stays.csv", (("file: stays.csv", "file: https://a.gov/stays.csv"),)),
    ("a goal without a metric", "ACM380", "jobs", ((GOALS, f"{GOALS}  jobs:\n    statement: Work.\n"),)),
    ("a metric without a goal", "ACM381", "hoems", (("goal: homes\n" + EXITS, "goal: hoems\n" + EXITS),)),
    ("no leading metric", "ACM382", "lagging", (("kind: leading", "kind: lagging"),)),
    ("no lagging metric", "ACM382", "leading", (("kind: lagging", "kind: leading"),)),
    ("a paid metric without benchmark", "ACM383", "visits", (("use: reported", "use: paid"),)),
    ("a metric that the roadmap doesn't find", "ACM385", "exit", (("looks_at: [exits]", "looks_at: [exit]"),)),
    ("a metric that a target doesn't find", "ACM385", "exist", (("exits: 60%", "exist: 60%"),)),
    ("a metric that an example doesn't find", "ACM385", "exist", (("- metric: exits", "- metric: exist"),)),
    ("a benchmark that an example doesn't find", "ACM385", "taregt", (("target: met", "taregt: met"),)),
    ("an own target without a shared one", "ACM386", "visits", (("exits: 60%", "visits: 60"),)),
    ("a meeting that an attendee doesn't find", "ACM387", "reveiw", (("[monthly_review]", "[reveiw]"),)),
    (
        "a meeting that a group doesn't find",
        "ACM387",
        "reveiw",
        (("reports_to: monthly_review", "reports_to: reveiw"),),
    ),
    ("a term that a limit doesn't find", "ACM388", "cards", (("over: [bonus, card]", "over: [bonus, cards]"),)),
    ("a term that a price doesn't find", "ACM388", "crad", (("card: $90", "crad: $90"),)),
    ("a table that a definition doesn't find", "ACM389", "stasy", (("    of: stays\n", "    of: stasy\n"),)),
    ("a set that a referral step doesn't find", "ACM389", "stasy", (("set: stays", "set: stasy"),)),
    (
        "a date that a referral step doesn't find",
        "ACM389",
        "nights",
        (("date: exit_date\n  checks", "date: nights\n  checks"),),
    ),
    (
        "a field that the roadmap doesn't find",
        "ACM389",
        "client.rase",
        (("by: [provider, client.race]\ncadence", "by: [provider, client.rase]\ncadence"),),
    ),
    ("a zone that is an abbreviation", "ACM379", "EST", (("currency: USD\n", "currency: USD\n  timezone: EST\n"),)),
    (
        "a zone that is misspelt",
        "ACM379",
        "America/NewYork",
        (("currency: USD\n", "currency: USD\n  timezone: America/NewYork\n"),),
    ),
    ("two agreements with one provider", "ACM390", "Bridge", (("provider: Ferry", "provider: Bridge"),)),
    ("a term that ends before it starts", "ACM391", "2024-12-31", (("to: 2026-12-31", "to: 2024-12-31"),)),
    (
        "an agreement that starts too early",
        "ACM391",
        "2024-07-01",
        (("number: A-2\n", "number: A-2\n    term: {from: 2024-07-01, to: 2026-12-31}\n"),),
    ),
    (
        "an agreement that ends too late",
        "ACM391",
        "2027-01-01",
        (("number: A-2\n", "number: A-2\n    term: {from: 2025-07-01, to: 2027-01-01}\n"),),
    ),
    ("an example with another value", "ACM370", "64.9%", (("value: 65.0%", "value: 64.9%"),)),
    ("an example that meets what it says it does not", "ACM370", "not met", (("target: met", "target: not met"),)),
    (
        "an example that misses what it says it meets",
        "ACM370",
        "met",
        (("value: 65.0%", "value: 60.0%"), ("numerator: 13", "numerator: 12")),
    ),
    (
        "an example of fewer records than the minimum",
        "ACM454",
        "65.0%",
        (
            (
                "    benchmarks:\n      target:\n        kind: target\n",
                "    minimum: 21\n    benchmarks:\n      target:\n        kind: target\n",
            ),
        ),
    ),
    (
        "an example that says what a measured benchmark makes of it",
        "ACM455",
        "before",
        (
            (
                "        value: 65%\n",
                "        value: 65%\n      before: {kind: historical, from: 2024-07-01, to: 2025-06-30}\n",
            ),
            ("      target: met\n", "      target: met\n      before: met\n"),
        ),
    ),
    (
        "a weekly meeting in one week of the month",
        "ACM453",
        "3",
        (("    every: month\n    length: 60", "    every: week\n    week: 3\n    length: 60"),),
    ),
    (
        "a daily meeting in one week of the month",
        "ACM453",
        "3",
        (("    every: month\n    length: 60", "    every: day\n    week: 3\n    length: 60"),),
    ),
    (
        "an agreement that begins within a quarter",
        "ACM369",
        "{from: 2025-08-15, to: 2026-12-31}",
        (("number: A-2\n", "number: A-2\n    term: {from: 2025-08-15, to: 2026-12-31}\n"),),
    ),
    (
        "an agreement that ends within a quarter",
        "ACM369",
        "{from: 2025-07-01, to: 2026-05-15}",
        (("number: A-2\n", "number: A-2\n    term: {from: 2025-07-01, to: 2026-05-15}\n"),),
    ),
    ("an agreement with a provider that the data can't name", "ACM321", "Ferry", ((PROVIDER, f"{PROVIDER}{VALUES}"),)),
    (
        "identifiers of two types",
        "ACM322",
        "client_id",
        (("wage_id: text\n      client_id:\n", "wage_id: text\n      client_id:\n        type: integer\n"),),
    ),
    ("a paid metric that no term pays for", "ACM384", "paid", (("    use: reported\n", "    use: paid\n"),)),
    ("a metric for review that a term pays for", "ACM384", "review", (("    use: paid\n", "    use: review\n"),)),
    ("a maximum below zero", "ACM365", "-$60,000", (("maximum: $60,000", "maximum: -$60,000"),)),
    ("a cap below zero", "ACM365", "-$5,000", (("cap: $5,000", "cap: -$5,000"),)),
    ("a price below zero", "ACM365", "-$90", (("card: $90", "card: -$90"),)),
    ("a price in another currency", "ACM367", "€100", (("price: $100", "price: €100"),)),
    (
        "a formula in another currency",
        "ACM367",
        "EUR 5",
        (("formula: sum(nights over stays)", "formula: EUR 5 * sum(nights over stays)"),),
    ),
    ("a tier in another currency", "ACM367", "GBP 1000", (("pay: $1,000", "pay: GBP 1000"),)),
    (
        "a phase-in longer than the term",
        "ACM368",
        "2026-12-31",
        (("incentives:\n", "incentives:\n  phase_in: {until: 2026-12-31, effect: reported without consequence}\n"),),
    ),
    ("agreements above the maximum", "ACM392", "$100,000", (("maximum: $60,000", "maximum: $60,000.01"),)),
    ("an open state", "ACM393", "on", ((BONUS_ON, "        too_few: nothing\n"),)),
    (
        "a consequence of another state",
        "ACM393",
        "wait",
        (("undefined: nothing\n        too_few: nothing", "undefined: wait\n        too_few: nothing"),),
    ),
    (
        "a median carried forward",
        "ACM394",
        "carry forward once",
        (
            (EXITS, "    formula: median(nights over leavers)\n"),
            ("too_few: nothing", "too_few: carry forward once"),
            ("value: 65%", "value: 65"),
            ("exits: 60%", "exits: 60"),
            ("value: 65.0%", "value: 65"),
            ("- below: 60%", "- below: 60"),
            ("- from: 60%", "- from: 60"),
        ),
    ),
    ("a success paid twice", "ACM395", "bonus", (ROLLING,)),
    (
        "a list called like a window",
        "ACM451",
        "span",
        (("  permanent: [home, family]\n", "  permanent: [home, family]\n  span: [home]\n"),),
    ),
    ("a level that still moves", "ACM452", "bonus", ((EXITS, f"{EXITS}    maturity: each record\n"),)),
    (
        "a paid result after the contract",
        "ACM396",
        "share(exit_date within 30 days after entry_date over stays)",
        ((EXITS, "    formula: share(exit_date within 30 days after entry_date over stays)\n"),),
    ),
    (
        "reviews faster than the data",
        "ACM397",
        "month",
        tuple(
            (f"    refresh: monthly\n{after}", f"    refresh: quarterly\n{after}")
            for after in ("    lag", "    fields:\n      client_id", "    fields:\n      wage_id")
        ),
    ),
    (
        "a private field in a breakdown",
        "ACM398",
        "client.race",
        (("      race: text\n", "      race:\n        type: text\n        private: yes\n"),),
    ),
    (
        "history that is not over",
        "ACM399",
        "last",
        (
            ("  currency: USD\n", "  currency: USD\n  data_date: 2025-06-30\n"),
            ("      target:\n", "      last: {kind: historical, from: 2025-01-01, to: 2025-12-31}\n      target:\n"),
        ),
    ),
    (
        "a definition named like a field",
        "ACM306",
        "nights",
        ((RATE, f"  nights:\n    of: stays\n    formula: served\n{RATE}"),),
    ),
    (
        "an outcome named like a metric",
        "ACM306",
        "visits",
        (("    card:\n", "    visits:\n"), ("[bonus, card]", "[bonus, visits]"), ("card: $90", "visits: $90")),
    ),
    ("terms that read alike", "ACM307", "housing_rate", (("term: Housing Rate", "term: The housings"),)),
    ("a noun that reads like a term", "ACM307", "housed", (("term: Housing\n", "term: A leaver\n"),)),
    (
        "labels that read alike",
        "ACM307",
        "county",
        (
            (COUNTY, COUNTY.replace("text", "{type: text, phrase: Nights}")),
            ("      nights: integer\n", "      nights: {type: integer, phrase: nights}\n"),
        ),
    ),
    ("a list that is not used", "ACM308", "spare", (("lists:\n", "lists:\n  spare: [home]\n"),)),
    (
        "a definition that is not used",
        "ACM308",
        "spare",
        (("definitions:\n", "definitions:\n  spare:\n    of: stays\n    formula: served\n"),),
    ),
    (
        "a figure that is the same for every group",
        "ACM492",
        "sum(nights over stays) / people",
        (
            (
                "formula: sum(nights over stays)\n",
                "formula: sum(nights over stays) / people\n    break_down_by: [provider]\n",
            ),
            ("lists:\n", "figures:\n  people: {file: people.csv, value: n, by: [year], over_time: last}\nlists:\n"),
        ),
    ),
    (
        "a figure that has no rule to be added up",
        "ACM487",
        "sum(nights over stays) / people",
        (
            ("formula: sum(nights over stays)", "formula: sum(nights over stays) / people"),
            ("lists:\n", "figures:\n  people: {file: people.csv, value: n, by: [race]}\nlists:\n"),
        ),
    ),
    (
        "a look back into data that begins nobody knows when",
        "ACM481",
        "stays",
        (
            ("    complete: {from: 2010-01-01}\n", ""),
            (
                EXITS,
                f"    formula: share(any(other stays as e for same client where {BACK}) over leavers)\n",
            ),
        ),
    ),
    (
        "what missing is, without a share",
        "ACM371",
        "exits",
        ((EXITS, "    formula: count(leavers where housed) out of count(leavers)\n    missing_is: left out\n"),),
    ),
    (
        "a payment by a number that may be missing",
        "ACM480",
        "average(nights over leavers) / average(weight over leavers)",
        (
            (EXITS, "    formula: average(nights over leavers) / average(weight over leavers)\n"),
            ("      nights: integer\n", "      nights: {type: integer, optional: yes}\n"),
        ),
    ),
    (
        "a unit of a text",
        "ACM339",
        "days",
        (("      destination:\n        type: text\n", "      destination:\n        type: text\n        unit: days\n"),),
    ),
    ("a cohort that is not used", "ACM308", "spare", (("cohorts:\n", "cohorts:\n  spare:\n    from: stays\n"),)),
]


@pytest.mark.parametrize(("code", "place", "changes"), [one[1:] for one in BROKEN], ids=[one[0] for one in BROKEN])
def test_a_broken_rule_is_said_where_it_is_broken(code: str, place: str, changes: Changes) -> None:
    found = look(*changes)
    said = [text for one, text in found.said if one == code]
    assert place in said, found.said
    assert all(one == place for one in said)


def test_every_rule_has_a_case_that_breaks_it() -> None:
    # The one is below; the others have cases in tests/conformance/cases: connections, specs, payments, deductions.
    elsewhere = {"ACM309", "ACM458", "ACM459", "ACM478", "ACM479", "ACM508", "ACM509", "ACM510", "ACM511", "ACM515"}
    elsewhere |= {"ACM565", "ACM566", "ACM570", "ACM577", "ACM519", "ACM598", "ACM599", "ACM605", "ACM606", "ACM607"}
    assert {one.code for one in rules.PROBLEMS} == {one[1] for one in BROKEN} | elsewhere


def test_every_problem_says_why_what_to_do_and_what_a_contract_says() -> None:
    for one in rules.PROBLEMS:
        for words in (one.title, one.cause, one.fix, one.contract):
            assert words.strip()
        assert one.contract.endswith(".")


def test_a_finding_has_the_severity_of_its_rule() -> None:
    warnings = {one.code for one in rules.PROBLEMS if one.severity is Severity.WARNING}
    assert warnings == {
        "ACM300",
        "ACM308",
        "ACM309",
        "ACM368",
        "ACM369",
        "ACM480",
        "ACM376",
        "ACM377",
        "ACM382",
        "ACM383",
        "ACM384",
    } | {
        "ACM396",
        "ACM397",
        "ACM399",
        "ACM452",
        "ACM417",
        "ACM418",
        "ACM419",
        "ACM458",
        "ACM459",
        "ACM481",
        "ACM492",
        "ACM497",
        "ACM570",
        "ACM519",
        "ACM597",
        "ACM599",
        "ACM607",
        "ACM728",
        "ACM729",
    }


KEPT: list[tuple[str, Changes]] = [
    (
        "a history of the data’s first days, and two effects against different benchmarks",
        (
            ("        value: 65%\n  visits", BEFORE.format("2010-01-01")),
            ("    bonus:\n", f"    more:\n{EFFECT.format('before')}    again:\n{EFFECT.format('target')}    bonus:\n"),
        ),
    ),
    (
        "an agreement inside the contract",
        (("number: A-2\n", "number: A-2\n    term: {from: 2025-07-01, to: 2026-06-30}\n"),),
    ),
    ("agreements with providers that the data name", ((PROVIDER, f"{PROVIDER}{VALUES.replace('Fery', 'Ferry')}"),)),
    ("agreements just at the maximum", (("maximum: $60,000", "maximum: $60,000.00"),)),
    ("a share carried forward", (("too_few: nothing", "too_few: carry forward once"),)),
    (
        "overlapping windows that pay once",
        (ROLLING, ("per: [provider, quarter]", "per: [provider, quarter]\n      once_per: client")),
    ),
    (
        "once per client without overlap",
        (("per: [provider, month]", "per: [provider, month]\n      once_per: client"),),
    ),
    (
        "an unpaid result that mostly matures",
        (("formula: sum(nights over stays)", "formula: share(exit_date within 30 days after entry_date over stays)"),),
    ),
    (
        "a table slower than the reviews beside faster ones",
        (("    refresh: monthly\n    lag", "    refresh: yearly\n    lag"),),
    ),
    (
        "a meeting as rare as the data",
        (("  monthly_review:\n    every: month", "  monthly_review:\n    every: quarter"),),
    ),
    (
        "a term named like the metric it pays for",
        (("    bonus:\n", "    exits:\n"), ("[bonus, card]", "[exits, card]")),
    ),
    (
        "a definition used in a breakdown only",
        (
            ("definitions:\n", "definitions:\n  place:\n    of: stays\n    formula: county\n"),
            ("[provider, client.race]\n    benchmarks", "[provider, place]\n    benchmarks"),
        ),
    ),
    (
        "a definition used in a payment term only",
        (
            ("definitions:\n", "definitions:\n  paid:\n    of: stays\n    formula: nights > 3\n"),
            ("count(leavers where housed)", "count(leavers where paid)"),
        ),
    ),
]


@pytest.mark.parametrize("changes", [one[1] for one in KEPT], ids=[one[0] for one in KEPT])
def test_a_kept_rule_says_nothing(changes: Changes) -> None:
    assert look(*changes).said == []


# --- negation of optional fields --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ('destination != "home"', 'destination != "home"'),
        ('not destination = "home"', 'not destination = "home"'),
        ("destination not in permanent", None),
        ("not housed", "not housed"),
        ('not (destination = "home" or served)', 'not (destination = "home" or served)'),
        ("not exit_date within 9 days after entry_date", "not exit_date within 9 days after entry_date"),
        ('any(other stays as l for same client where l.entry_date < exit_date and l.destination != "home")',
         'l.destination != "home"'),
    ],
)  # fmt: skip
def test_a_negated_optional_field_is_a_warning(written: str, place: str | None) -> None:
    found = condition(written)
    assert found.codes == ["ACM309"]
    assert place is None or found.said == [("ACM309", place)]


@pytest.mark.parametrize(
    "written",
    [
        'destination != "home" and destination is known',
        'destination is missing or destination != "home"',
        'not destination != "home"',
        'not county = "a"',
        "nights != 3",
        "not served",
        "not destination is known",
        'destination = "home"',
        "not any(wages for same client where paid_on < exit_date)",
    ],
)
def test_a_negation_that_says_what_missing_means(written: str) -> None:
    assert condition(written).said == []


def test_exclusions_and_definitions_are_looked_at_too() -> None:
    found = look(('- when: destination = "shelter"', '- when: destination != "home"'))
    assert found.said == [("ACM309", 'destination != "home"')]


# --- all at once, and nothing twice -----------------------------------------------------------------------


def test_independent_mistakes_are_all_said_in_one_run() -> None:
    found = look(
        ("goal: homes\n" + EXITS, "goal: hoems\n" + EXITS),
        ("value: 65%", "value: 65"),
        ("exits: 60%", "exits: 60"),
        ("destination in permanent", "destinatoin in permanent"),
        ("provider: Ferry", "provider: Bridge"),
        (BONUS_ON, "        too_few: nothing\n"),
        ("looks_at: [exits]", "looks_at: [exit]"),
        ("sum(nights over stays)", "avg(nights over stays)"),
    )
    assert sorted(found.codes) == sorted(
        ["ACM381", "ACM310", "ACM310", "ACM301", "ACM390", "ACM393", "ACM385", "ACM331"]
    )


def test_a_faulty_definition_is_said_once_however_often_it_is_used() -> None:
    found = look(("destination in permanent", "destinatoin in permanent"))
    assert found.said == [("ACM301", "destinatoin")]


@pytest.mark.parametrize("missing", ["nights", "entry_date", "client_id", "provider"])
def test_a_field_that_could_not_be_read_hides_what_hangs_on_it(missing: str) -> None:
    old = next(line for line in TEXT.split("data:")[1].splitlines() if line.startswith(f"      {missing}:"))
    before, after = TEXT.split(f"{old}\n", 1)
    found = look(text=f"{before}      {missing}: [nonsense]\n{_rest(after)}")
    assert [code for code in found.codes if code >= "ACM2"] == []


def _rest(text: str) -> str:
    """The lines after a field's own deeper ones."""
    lines = text.splitlines(keepends=True)
    while lines[0].startswith("        "):
        lines = lines[1:]
    return "".join(lines)


def test_findings_have_a_path_and_a_label() -> None:
    for _, _, _, changes in BROKEN:
        for one in look(*changes).diagnostics:
            assert one.path
            assert one.label


def test_a_warning_leaves_the_program_whole() -> None:
    found = formula('count(stays where destination != "home")')
    assert found.codes == ["ACM309"]
    assert found.program is not None
    assert [one.name for one in found.program.measures] == ["exits", "visits", "card"]
