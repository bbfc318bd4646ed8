"""A small contract with two providers, whose quarters tests close: late visits, corrections, disputes, payments."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from acmspec.closings.close import close
from acmspec.closings.replay import replay
from acmspec.closings.request import Done, Request
from acmspec.ledger.from_text import read
from acmspec.ledger.tree import Entry, Signed

SPEC = """\
acmspec: 1
contract:
  id: closings
  title: Visits that help
  agency: County
  term: {from: 2025-01-01, to: 2025-12-31}
  fiscal_year_starts: July
  currency: USD
  maximum: $20,000
motivation: To see what a closing keeps.
goals:
  seen:
    statement: Visits help.
    population: Residents
data:
  visits:
    file: visits.csv
    corrections: corrections.csv
    disputes: disputes.csv
    noun: {one: Visit, many: Visits}
    key: visit_id
    date: visit_date
    owner: Office
    status: available
    refresh: monthly
    lag: 15 days
    reliability: high
    duplicates: error
    fields:
      visit_id: {column: VisitID, type: text, private: yes}
      client: {column: Client, type: text, entity: client, private: yes}
      provider: {column: Provider, type: text, entity: provider}
      visit_date: {column: Visited, type: date}
      helped: {column: Helped, type: boolean}
metrics:
  help:
    name: Visits that helped
    kind: lagging
    use: paid
    goal: seen
    formula: share(helped over visits)
    every: quarter
    better: higher
    round: 1 decimal
    minimum: 1
    break_down_by: [provider]
    benchmarks:
      target: {kind: target, value: 50%}
agreements:
  - provider: North
    number: N-1
    maximum: $10,000
    invoice: {fund: "2210"}
  - provider: South
    number: S-1
    maximum: $10,000
    invoice: {fund: "2215"}
incentives:
  terms:
    visit:
      kind: rate card
      metric: help
      price: $100
      per: [provider, quarter]
      on:
        undefined: nothing
        too_few: nothing
        immature: wait
        missing: withhold until received
        disputed: pay the undisputed part
    level:
      kind: tiered bonus
      metric: help
      per: [provider, quarter]
      bands:
        - {from: 50%, pay: "$500"}
        - {below: 50%, pay: $0}
      on:
        undefined: nothing
        too_few: nothing
        immature: wait
        missing: withhold until received
        disputed: pay the undisputed part
  limits:
    - cap: $1,000
      over: [visit, level]
      per: [provider, quarter]
  settlement:
    corrections_within: 12 months
    tolerance: $25
    claw_back: yes
    keep_rows: 7 years
"""
SIGNED = Signed("Pat", "Rae", "Cyd")
KEY = {"ACMSPEC_ROWS_KEY": "a passphrase of several words"}
FIRST_QUARTER = (
    "v-1,Ada,North,2025-01-10,yes",
    "v-2,Ben,North,2025-02-10,no",
    "v-3,Cleo,South,2025-02-11,yes",
    "v-4,Dan,South,2025-03-11,yes",
)


class Desk:
    """The contract in a folder of its own, and what people do there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.spec = folder / "spec.yaml"
        self.spec.write_text(SPEC, encoding="utf-8")
        self.visits(*FIRST_QUARTER)
        self.write("corrections.csv", "record,field,old,new,who,why,approved_by,approved_on")
        self.write("disputes.csv", "record,who,why,opened_on,resolved_on")

    def write(self, name: str, *lines: str) -> Path:
        path = self.folder / name
        path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
        return path

    def visits(self, *rows: str, columns: str = ",Helped") -> None:
        self.write("visits.csv", f"VisitID,Client,Provider,Visited{columns}", *rows)

    def add(self, name: str, *rows: str) -> None:
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.writelines(f"{one}\n" for one in rows)

    def change(self, old: str, new: str) -> None:
        text = self.spec.read_text(encoding="utf-8")
        assert old in text
        self.spec.write_text(text.replace(old, new, 1), encoding="utf-8")

    def request(self, period: str, as_of: str = "", **more) -> Request:
        day = date.fromisoformat(as_of) if as_of else None
        plain = Request(self.spec, period, SIGNED, day, environment=KEY)
        return replace(plain, **more)

    def close(self, period: str, as_of: str = "", **more) -> Done:
        return close(self.request(period, as_of, **more))

    def closed(self, period: str, as_of: str, **more) -> Entry:
        done = self.close(period, as_of, **more)
        assert done.exit_code == 0, [one.message for one in done.diagnostics]
        return self.entries[-1]

    def replay(self, period: str, **more) -> Done:
        return replay(self.request(period, **more))

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger" / "closings" / "ledger.txt"

    @property
    def entries(self) -> tuple[Entry, ...]:
        found = read(self.ledger.read_bytes(), "ledger.txt", "closings")
        assert found.value is not None, found.diagnostics
        return found.value.entries


def codes(done: Done) -> list[str]:
    return [one.code for one in done.diagnostics if one.severity.value == "error"]
