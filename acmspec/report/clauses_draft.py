"""What every part of the clauses is drafted with: the program, the words, and how a paragraph is put together."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property

from acmspec.english import numbers
from acmspec.english.groups import Announcer, aggregates
from acmspec.english.parts import everything
from acmspec.english.said import Said
from acmspec.english.words import Nouns, Vocabulary, humanised, quoted
from acmspec.ground.calendar import Cycle
from acmspec.ground.exact import Amount
from acmspec.ground.node import node
from acmspec.program.counting import is_made_of_records, is_rate
from acmspec.program.record import FieldValue, Lookup, Record
from acmspec.program.rounding import width
from acmspec.program.tree import Aggregate, GroupDefined, Measure, Population, Program
from acmspec.report.paragraphs import listed, paragraph
from acmspec.report.ports import SaidKinds, TermWords
from acmspec.report.tree import Inline, Paragraph, Reference, Run
from acmspec.results.printed import printed


@node
class Counting:
    """How the clauses speak of what a measure counts: a success only where more of it is better."""

    head: str
    counted: str
    one_counts: str
    many_count: str


_SUCCESS = Counting("Counted as a success", "counted as a success", "counts as a success", "count as a success")
_COUNTED = Counting("Counted", "counted", "is counted", "are counted")


def counting(measure: Measure) -> Counting:
    """The words for what a measure counts."""
    return _SUCCESS if measure.better == "higher" else _COUNTED


class Draft:
    """The material of a contract article."""

    def __init__(self, program: Program, kinds: SaidKinds) -> None:
        self.program = program
        self.kinds = kinds

    @cached_property
    def words(self) -> Vocabulary:
        """The declared words of the spec."""
        return Vocabulary(self.program.spec)

    @cached_property
    def say(self) -> Announcer:
        """Who says conditions and values in English."""
        return Announcer(self.words)

    def money(self, value: Fraction) -> str:
        """A sum of the contract's money."""
        return numbers.money(value, self.program.currency)

    def amount(self, written: Amount, decimals: int = 0) -> str:
        """An amount as its author wrote it."""
        return numbers.amount(written, self.program.currency, decimals)

    def nouns(self, measure: Measure) -> Nouns:
        """What is counted by a measure."""
        first = next(aggregates(measure.formula), None)
        return self.words.nouns(first.population) if first else Nouns("record", "records")

    def counted(self, measure: Measure) -> Nouns:
        """What a measure looks at, all of its sets together: `Stay or Visit`, `Stays and Visits`."""
        sets = tuple(one.population for one in aggregates(measure.formula))
        if not sets:
            return Nouns("record", "records")
        ones = tuple(dict.fromkeys(self.words.nouns(one).one for one in sets))
        return Nouns(numbers.series(ones, "or"), numbers.series(self.many(sets)))

    def many(self, sets: Iterable[Population]) -> tuple[str, ...]:
        """What the records of some sets are called, each once."""
        return tuple(dict.fromkeys(self.words.nouns(one).many for one in sets))

    def term_words(
        self, measure: Measure | None, anchor: str, every: Cycle | None = None, once_per: str = ""
    ) -> TermWords:
        """The words a kind's sentence needs; without a measure, those of what is none are empty."""
        nouns = self.nouns(measure) if measure else Nouns("", "")
        cycle = every or (measure.every if measure else None)
        return TermWords(
            measure=measure.title if measure else "",
            period=numbers.period(cycle) if cycle else "",
            success=nouns.one,
            successes=nouns.many,
            once_per=self.words.entity(once_per) if once_per else "",
            entity=self.words.entity,
            better=measure.better if measure else "higher",
            money=self.money,
            amount=lambda written: self.amount(written, measure.decimals if measure else 0),
            day=numbers.day,
            anchor=anchor,
            defined=lambda name: one.term if (one := self.words.definition(name)) else name,
            of=lambda name: self.term_words(self.program.measure(name), anchor, every, once_per),
            is_rate=measure is not None and is_rate(measure.formula),
            width=Fraction(0) if measure is None else width(measure.formula.type, measure.decimals),
            unit="" if measure is None else _unit(measure),
            result=lambda value: str(value) if measure is None else self.result(value, measure),
        )

    def tables(self, measure: Measure) -> tuple[str, ...]:
        """The tables a measure reads, in the order it first does."""
        made = {one.name: one.sources for one in self.program.spells}
        found = (name for one in aggregates(measure.formula) for name in _tables(one))
        return tuple(dict.fromkeys(source for name in found for source in made.get(name, (name,))))

    def result(self, value: Fraction, measure: Measure, finer: int = 0) -> str:
        """A value at the measure's decimals, or `finer` by some, as all outputs print it but for the word “percent”."""
        text = printed(value, measure.formula.type, measure.decimals + finer, self.program.currency)
        return f"{text[:-1]} percent" if text.endswith("%") else text


def _unit(measure: Measure) -> str:
    """What one of its successes is, where they are not records: of a sum, or of different entities."""
    if is_made_of_records(measure.formula):
        return ""
    number = "the numerator of" if is_rate(measure.formula) else "the number that is the result for"
    return f"one in {number} {quoted(measure.title)}"


def single_aggregate(measure: Measure) -> Aggregate | None:
    """The one aggregate that is the whole measure, None if it is a calculation."""
    formula = measure.formula
    while isinstance(formula, GroupDefined):
        formula = formula.body
    return formula if isinstance(formula, Aggregate) else None


def _tables(found: Aggregate) -> Iterator[str]:
    yield found.population.table
    for record in records(found):
        for one in everything(record):
            if isinstance(one, Lookup):
                yield one.table
            if isinstance(one, FieldValue):
                yield one.column.table
                yield from (step.table for step in one.steps)


def records(found: Aggregate) -> Iterator[Record]:
    """All record expressions of an aggregate, its set's included."""
    of = found.population
    asked = (of.dated, of.member, *of.conditions, found.expression, found.where, found.weight)
    yield from (one for one in asked if one is not None)
    for choice in of.choices:
        yield from (*choice.entities, *choice.by)


def cohort_anchors(draft: Draft, name: str, part: str) -> tuple[str, ...]:
    """The spec paths of the steps of a set, those of the cohort it comes from first; `part` is keep or exclude."""
    cohort = draft.words.cohort(name)
    if cohort is None:
        return ()
    own = len(cohort.keep if part == "keep" else cohort.exclude)
    inherited = cohort_anchors(draft, cohort.source.value, part)
    return (*inherited, *(f"cohorts.{name}.{part}.{at}" for at in range(own)))


def title(name: str) -> str:
    """A snake_case name as a title in sentence case: `exits_bonus` is `Exits bonus`."""
    return humanised(name).capitalize()


def sentence(text: str) -> str:
    """An author's prose on one line with a capital and a full stop."""
    line = " ".join(text.split())
    return line and line[:1].upper() + line[1:] + ("" if line[-1] in ".?!" else ".")


def bare(text: str) -> str:
    """An author's prose on one line without its end stop, to go on after it."""
    return " ".join(text.split()).rstrip(".;,")


def para(text: str, *, head: str = "", anchor: str = "", items: Iterable[Paragraph] = ()) -> Paragraph:
    """A paragraph of whole sentences, with a bold heading word if it has one."""
    runs: tuple[Inline, ...] = (Run(f"{head}.", strong=True), Run(f" {text}")) if head else (Run(text),)
    return Paragraph(runs, tuple(items), anchor)


def refer(before: str, to: str, after: str, *, head: str = "", anchor: str = "") -> Paragraph:
    """A paragraph with one cross-reference in it."""
    opening = para(before, head=head).inlines
    return Paragraph((*opening, Reference(to), Run(after)), (), anchor)


def defined(term: str, text: str, anchor: str) -> Paragraph:
    """A paragraph that defines a term."""
    return Paragraph((Run(term, strong=True), Run(f" {text}")), (), anchor)


def meaning(term: str, said: Said, anchor: str, before: str = "") -> Paragraph:
    """A paragraph that defines a term by a condition or value, which may lead to a list."""
    made = paragraph(said, anchor=anchor)
    opening = (Run(before),) if before else ()
    return Paragraph((*opening, Run(term, strong=True), *made.inlines), made.items, anchor)


def lasting(one: str, start: str, end: str) -> str:
    """From when to when a record lasts, by what its two dates are called."""
    return (
        f"{capital(numbers.article(one))} lasts from its {start} up to its {end}. "
        f"The day of the {end} itself does not belong to it. Without {numbers.article(end)}, it is still open."
    )


def rows(texts: Iterable[str], joint: str = "and") -> tuple[Paragraph, ...]:
    """Plain lettered items."""
    said = tuple(Said(one) for one in texts)
    return listed(said, joint, ".") if said else ()


def capital(text: str) -> str:
    """A text with a capital at its start."""
    return text[:1].upper() + text[1:]


def owner(name: str) -> str:
    """A role or office at the start of a sentence: `The Homeless Data Office`."""
    return name if name.lower().startswith("the ") else f"The {name}"
