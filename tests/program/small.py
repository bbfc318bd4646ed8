"""A small sound spec, and what is found when a piece of it is replaced."""

from dataclasses import dataclass

from acmspec.document.from_text import read
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.source import Source, Span
from acmspec.kinds import KINDS
from acmspec.program.from_spec import resolve
from acmspec.program.record import Record
from acmspec.program.tree import Aggregate, Group, GroupDefined, Program
from acmspec.spec.from_document import decode

TEXT = """\
acmspec: 1
contract:
  id: small
  title: Small Services
  agency: Harbor County
  term:
    from: 2025-01-01
    to: 2026-12-31
  currency: USD
  maximum: $100,000
goals:
  homes:
    statement: Families keep their homes.
data:
  stays:
    file: stays.csv
    noun:
      one: Stay
      many: Stays
    key: stay_id
    date: entry_date
    status: available
    refresh: monthly
    lag: 10 days
    complete: {from: 2010-01-01}
    fields:
      stay_id: text
      client_id:
        entity: client
      provider:
        entity: provider
      entry_date: date
      exit_date:
        type: date
        optional: yes
      destination:
        type: text
        optional: yes
        values:
          home: A home
          family: With family
          shelter: A shelter
      nights: integer
      served: boolean
      rent: money
      income: money
      weight: decimal
      county: text
  clients:
    file: clients.csv
    noun:
      one: Client
      many: Clients
    key: client_id
    status: available
    refresh: monthly
    fields:
      client_id:
        entity: client
      race: text
      birth_date:
        type: date
        private: yes
  wages:
    file: wages.csv
    noun:
      one: Wage
      many: Wages
    key: wage_id
    date: paid_on
    status: available
    refresh: monthly
    fields:
      wage_id: text
      client_id:
        entity: client
      paid_on: date
      amount: money
      county: text
lists:
  permanent: [home, family]
definitions:
  housed:
    of: stays
    term: Housing
    formula: destination in permanent
  housing_rate:
    term: Housing Rate
    formula: share(housed over leavers)
cohorts:
  leavers:
    noun:
      one: Leaver
      many: Leavers
    from: stays
    when: dated exit_date
    where: exit_date is known
    keep:
      - last per client in each period by exit_date, stay_id
    exclude:
      - when: destination = "shelter"
        because: the Client stays in shelter
metrics:
  exits:
    name: Exits to a home
    kind: lagging
    use: paid
    goal: homes
    formula: housing_rate
    every: quarter
    better: higher
    break_down_by: [provider, client.race]
    benchmarks:
      target:
        kind: target
        value: 65%
  visits:
    name: Nights of shelter
    kind: leading
    use: reported
    goal: homes
    formula: sum(nights over stays)
    every: month
    better: lower
agreements:
  - provider: Bridge
    number: A-1
    maximum: $60,000
    targets:
      exits: 60%
    prices:
      card: $90
  - provider: Ferry
    number: A-2
    maximum: $40,000
referral:
  criteria: Families without a home
  matched_by: The County
  steps:
    - step: Entered
      set: stays
      date: entry_date
    - step: Left
      set: leavers
      date: exit_date
  checks:
    - name: Stays with a client
      formula: share(client_id is known over stays)
roadmap:
  - topic: Who leaves
    practice: Help with rent
    questions: [Who leaves for a home?]
    looks_at: [exits]
    by: [provider, client.race]
cadence:
  monthly_review:
    every: month
    length: 60 minutes
    purpose: Look at results
attendees:
  - role: Director
    organisation: agency
    seniority: executive
    meetings: [monthly_review]
    required: yes
follow_up:
  working_groups:
    - name: Rent
      lead: Director
      reports_to: monthly_review
incentives:
  terms:
    bonus:
      kind: tiered bonus
      metric: exits
      per: [provider, quarter]
      bands:
        - below: 60%
          pay: $0
        - from: 60%
          pay: $1,000
      on:
        undefined: nothing
        too_few: nothing
        immature: wait
        missing: withhold until received
        disputed: pay the undisputed part
    card:
      kind: rate card
      outcome: count(leavers where housed)
      price: $100
      per: [provider, month]
      on:
        undefined: nothing
        too_few: carry forward once
        immature: wait
        missing: nothing
        disputed: withhold until resolved
  limits:
    - cap: $5,000
      over: [bonus, card]
      per: [provider, year]
examples:
  - metric: exits
    given:
      numerator: 13
      denominator: 20
    expect:
      value: 65.0%
      target: met
"""


@dataclass(frozen=True)
class Found:
    """What became of a text: its program and its findings."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        """The codes found, in order."""
        return [one.code for one in self.diagnostics]

    @property
    def said(self) -> list[tuple[str, str]]:
        """The codes found, each with the text its place covers."""
        return [(one.code, one.place.text if isinstance(one.place, Span) else "") for one in self.diagnostics]

    def measure(self, name: str) -> Group:
        """The formula of a measure."""
        assert self.program is not None, self.said
        return self.program.measure(name).formula

    def aggregate(self, name: str) -> Aggregate:
        """The one aggregate of a measure."""
        formula = self.measure(name)
        while isinstance(formula, GroupDefined):
            formula = formula.body
        assert isinstance(formula, Aggregate)
        return formula

    def where(self, name: str) -> Record:
        """The aggregate's own condition."""
        found = self.aggregate(name).where
        assert found is not None
        return found


def changed(*changes: tuple[str, str], text: str = TEXT) -> str:
    """The small spec with pieces replaced; each stands exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


def look(*changes: tuple[str, str], text: str = TEXT) -> Found:
    """What is found in the small spec after some changes."""
    source = Source("spec.yaml", changed(*changes, text=text))
    node = read(source)
    assert node.value is not None
    spec = decode(node.value, source, KINDS)
    assert spec.value is not None, spec.diagnostics
    meaning = resolve(spec.value, KINDS)
    return Found(meaning.value, (*spec.diagnostics, *meaning.diagnostics))


def formula(text: str, *changes: tuple[str, str]) -> Found:
    """What is found when `visits` is measured by a formula for a group."""
    return look(("formula: sum(nights over stays)", f"formula: {text}"), *changes)


def condition(text: str, *changes: tuple[str, str]) -> Found:
    """What is found when `visits` is measured by a share with this condition of stays."""
    return formula(f"share({text} over stays)", *changes)


def lines(text: str) -> str:
    """Lines of YAML that can stand in place of others."""
    return text.strip("\n")
