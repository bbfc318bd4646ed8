"""A line that rests on several measures tells which records came late, and how many where that can be told."""

import pytest

from acmspec.ledger.tree import Why
from tests.closings.desk import Desk

CALLS = """\
  calls:
    file: calls.csv
    noun: {one: Call, many: Calls}
    key: call_id
    date: called_on
    owner: Office
    status: available
    refresh: monthly
    lag: 15 days
    reliability: high
    duplicates: error
    fields:
      call_id: {column: CallID, type: text, private: yes}
      provider: {column: Provider, type: text, entity: provider}
      called_on: {column: Called, type: date}
      answered: {column: Answered, type: boolean}
metrics:
  answers:
    name: Calls answered
    kind: leading
    use: paid
    goal: seen
    formula: FORMULA
    every: quarter
    better: higher
    round: 1 decimal
    minimum: 1
    break_down_by: [provider]
    benchmarks:
      target: {kind: target, value: 50%}
"""
CARD = """\
incentives:
  terms:
    card:
      kind: scorecard
      metrics:
        - {metric: help, weight: 60%, points: [{below: 60%, points: 0}, {from: 60%, points: 100}]}
        - {metric: answers, weight: 40%, points: [{below: 60%, points: 0}, {from: 60%, points: 100}]}
      of: $1,000
      per: [provider, quarter]
      on:
        undefined: spread over the others
        too_few: spread over the others
        immature: wait
        missing: withhold until received
        disputed: withhold until resolved
"""


@pytest.mark.parametrize(
    ("formula", "late", "now", "records"),
    [
        # Two of three helped are enough, and calls are what they were.
        ("share(answered over calls)", ("v-5,Eve,North,2025-03-20,yes",), 600, 1),
        ("share(answered over calls)", ("v-5,Eve,North,2025-03-20,yes", "v-6,Fay,North,2025-03-21,yes"), 600, 2),
        # A visit bears on both measures, and may be told twice.
        ("share(helped over visits)", ("v-5,Eve,North,2025-03-20,yes",), 1000, None),
    ],
)
def test_a_scorecard_tells_of_late_records(desk: Desk, formula, late, now, records) -> None:
    text = desk.spec.read_text(encoding="utf-8").replace("metrics:\n", CALLS.replace("FORMULA", formula))
    rules = text[text.index("  settlement:") :]
    desk.spec.write_text(text[: text.index("incentives:")] + CARD + rules, encoding="utf-8")
    desk.write("calls.csv", "CallID,Provider,Called,Answered", "c-1,North,2025-01-10,no", "c-2,South,2025-01-10,no")
    first = desk.closed("2025-Q1", "2025-04-30")
    # One of two helped, and no call was answered.
    assert [int(one.amount) for one in first.lines if one.provider == "North"] == [0]
    desk.add("visits.csv", *late, "v-7,Gil,North,2025-04-20,yes")
    second = desk.closed("2025-Q2", "2025-07-31")
    (change,) = second.changes
    assert (change.was, change.now, change.why) == (0, now, (Why("late records", records),))
