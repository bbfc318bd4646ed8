"""What the report stage needs of a kind on a shelf: the sentences of the clause it stands for."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Protocol

from acmspec.ground.articles import article
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.program.ports import BenchmarkKind, LimitKind, ReserveKind, TermKind
from acmspec.report.tree import Grid, Paragraph
from acmspec.spec.ports import Parameters, Shelves


@node
class TermWords:
    """The words a clause sentence needs.

    `measure` is the measure's title; `period` "calendar quarter"; `success` and `successes` its noun ("Leaver",
    "Leavers"); `once_per` the entity paid once ("Client"), or empty; `entity` gives the word for any. `of` gives the
    words of another metric, `defined` the defined term that a name stands for. `is_rate` is whether a result has a
    denominator, `width` how far results lie apart as rounded (0 for whole numbers), `result` says one as printed.
    """

    measure: str
    period: str
    success: str
    successes: str
    once_per: str
    entity: Callable[[str], str]
    better: str
    money: Callable[[Fraction], str]
    amount: Callable[[Amount], str]
    day: Callable[[date], str]
    anchor: str
    of: "Callable[[str], TermWords]"
    defined: Callable[[str], str]
    is_rate: bool = False
    width: Fraction = Fraction(0)
    result: Callable[[Fraction], str] = str
    unit: str = ""

    @property
    def one(self) -> str:
        """What one of the successes, or events, is; `unit` says it where they are no records."""
        return self.unit or f"{article(self.success)} counted as one in “{self.measure}”"


class SaidBenchmark(BenchmarkKind, Protocol):
    """A benchmark kind that can be put in words."""

    def clause(self, parameters: Parameters, words: TermWords) -> str:
        """One sentence: what the result is compared with."""

    def short(self, parameters: Parameters, words: TermWords) -> str:
        """A few characters for a table ("≥ 65%")."""


class SaidTerm(TermKind, Protocol):
    """An incentive kind that can be put in words."""

    def clause(self, parameters: Parameters, words: TermWords) -> tuple[Paragraph | Grid, ...]:
        """The paragraphs and tables that say what is owed."""


class SaidLimit(LimitKind, Protocol):
    """A limit kind that can be put in words."""

    def clause(self, bound: Parameters, words: TermWords, over: str, scope: str) -> str:
        """One sentence; `over` names the terms, `scope` is such as "for each Provider in each fiscal year"."""


class SaidReserve(ReserveKind, Protocol):
    """A kind that holds back, which can be put in words."""

    def clause(self, parameters: Parameters, titles: tuple[TermWords, ...], over: str, scope: str) -> str:
        """What is held back, and when it is paid; `titles` are the words of the metrics that decide, in order."""


SaidKinds = Shelves[SaidBenchmark, SaidTerm, SaidLimit, SaidReserve]
