"""Group expressions and sets as controlled English; a compound one names its parts by letters and says each below."""

from collections.abc import Iterator
from dataclasses import replace

from acmspec.english import (
    choices,
    elsewhere,
    numbers,
    spans,
)
from acmspec.english.amounts import number_text
from acmspec.english.letters import Line
from acmspec.english.normal import normal
from acmspec.english.parts import as_number, bare, is_negative, is_restated
from acmspec.english.records import Speaker
from acmspec.english.said import Said
from acmspec.english.speaking import Frame
from acmspec.english.words import Vocabulary, humanised, quoted
from acmspec.ground.node import node
from acmspec.program.aggregates import Takes, aggregate
from acmspec.program.group import (
    ForEach,
    GroupIf,
    MetricUse,
    Slice,
)
from acmspec.program.record import Active, Defined, OpenOn, Record
from acmspec.program.relocate import parts
from acmspec.program.tree import (
    Aggregate,
    Choice,
    Group,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    GroupFigure,
    PeriodDays,
    Population,
    Quotient,
)
from acmspec.program.types import BooleanType

_SUMS = {"+": "plus", "-": "minus", "*": "multiplied by", "/": "divided by"}


@node
class Announcer:
    """Speaks of groups of records."""

    words: Vocabulary

    def of(self, population: Population) -> Speaker:
        """A speaker for the conditions on one member of a set."""
        one = self.words.nouns(population).one
        return Speaker(self.words, (Frame(one, f"the {one}"),))

    def of_records(self, table: str) -> Speaker:
        """A speaker for the conditions on one record of a table."""
        one = self.words.record(table).one
        return Speaker(self.words, (Frame(one, f"the {one}"),))

    # --- sets ---------------------------------------------------------------------------------------------

    def members(self, found: Aggregate, taken: frozenset[str] = frozenset()) -> Said:
        """The set an aggregate is over, narrowed by its own condition."""
        line, where = Line(taken), found.where
        placed = self.placed(found.population, line)
        many, joint = self.words.nouns(found.population).many + placed, "and " if placed else ""
        if where is None:
            return line.closed(Said(many))
        defined, negated = bare(where)
        if isinstance(defined, Defined) and not defined.steps:
            says = self.words.says(defined.name)
            return line.closed(Said(f"{many} {joint}that {says.not_many if negated else says.many}"))
        said = self.of(found.population).with_taken(line.letters).condition(where)
        if line and said.items:
            speaker = self.of(found.population)
            letter = line.letter("C", lambda more: speaker.with_taken(more).condition(where), " is true if ", "C")
            said = Said(f"{letter} is true")
        said = said.after(f"{many} {joint}for which ")
        return line.closed(said) if line else said

    def placed(self, population: Population, line: Line) -> str:
        """How the records of a set come into the period, where the figure says it itself."""
        if not population.replaced:
            return ""
        speaker = self.of(population).on(line)
        if population.dated is not None:
            return f" dated by {speaker.plain(population.dated)}"
        match population.member:
            case OpenOn(_, _, day):
                return f" open on the night after {speaker.plain(day)}"
            case Active(_, _, first, last):
                return f" active on some day {spans.window(first, last, speaker.whole, speaker.plain)}"
        return ""

    @staticmethod
    def placing(population: Population, speaker: Speaker) -> Said:
        """How a record comes into the Measurement Period, as a condition."""
        if population.dated is not None:
            return Said(f"{speaker.value(population.dated)} falls within the Measurement Period")
        if population.member is not None:
            return speaker.condition(population.member)
        return Said("it meets the definition of this term in the Measurement Period")

    def choice(self, choice: Choice, population: Population, record: str) -> str:
        """Which of several records is kept."""
        speaker, many = self.of_records(population.table), self.words.record(population.table).many
        if population.before:
            many = self.words.nouns(population.ancestors[-1]).many
        per = numbers.series(tuple(f"the same {one}" for one in self.words.chosen_per(choice.entities)))
        return choices.which(choice, many, per, record, speaker)

    def order(self, choice: Choice, population: Population) -> str:
        """What makes a record the first or last, tie-breaks included."""
        return choices.order(choice, population.wheres, self.of_records(population.table))

    # --- values -------------------------------------------------------------------------------------------

    def group(self, group: Group, taken: frozenset[str] = frozenset()) -> Said:
        """A group value: one phrase, or a calculation with letters that the items below it explain."""
        if isinstance(group.type, BooleanType):
            return elsewhere.condition(self, group, taken)
        match group:
            case Aggregate():
                return self.aggregate(group, taken=taken)
            case Slice():
                return elsewhere.sliced(self, group, taken)
            case ForEach():
                return elsewhere.each(self, group, taken)
            case GroupIf():
                return elsewhere.choice(self, group, taken)
        line = Line(taken)
        return line.closed(Said(self.calculation(group, line)))

    def calculation(self, group: Group, line: Line) -> str:
        """A group value on a line, with letters for what can't stand in it."""
        group = as_number(group)
        match group:
            case GroupArithmetic(_, _, right) if is_negative(group):
                return f"the negative of {self._side(right, line)}"
            case GroupArithmetic(_, left, _) if is_restated(group):
                return self.calculation(left, line)
            case GroupArithmetic(operator, left, right):
                return f"{self._side(left, line)} {_SUMS[operator]} {self._side(right, line)}"
            case Quotient(numerator, denominator):
                return f"{self._side(numerator, line)} out of {self._side(denominator, line)}"
            case GroupConstant(value, kind):
                return number_text(value, kind)
            case GroupDefined(name):
                return f"the {self.words.term(name)}"
            case PeriodDays():
                return "the number of days of the Measurement Period"
            case GroupFigure(name):
                return f"the figure {quoted(humanised(name))}"
            case MetricUse(name):
                return f"the exact result of the measure {quoted(self.words.measure(name))}"
        return line.letter(normal(group), lambda taken: self.group(group, taken))

    def _side(self, group: Group, line: Line) -> str:
        text, found = self.calculation(group, line), as_number(group)
        while isinstance(found, GroupArithmetic) and is_restated(found):
            found = as_number(found.left)
        return f"({text})" if isinstance(found, GroupArithmetic | Quotient) else text

    def aggregate(self, found: Aggregate, of: Said | None = None, taken: frozenset[str] = frozenset()) -> Said:
        """One aggregate with its set and its expression; `of` replaces the set by what was said of it before."""
        row = aggregate(found.function)
        members = of or self.members(found, taken)
        if found.expression is None:
            return members.after(row.english.removesuffix("{set}"))
        if row.takes is Takes.CONDITION:
            return self._share(found, found.expression, members, taken)
        line = Line(taken, self.words.nouns(found.population).one)
        phrase = row.english.format(
            expression="{value}", set="{set}", place=numbers.place(found.at * 100), weight="{weight}"
        )
        speaker = self.of(found.population)
        plain = Line(taken)
        speaker.on(plain).value(found.expression)
        self._weight(found, plain)
        if members.items and plain:
            members = Said(self._in_letter(found, line))
        value = speaker.on(line).value(found.expression)
        text = phrase.format(value=value, set=members.text, weight=self._weight(found, line))
        return line.closed(replace(members, text=text)) if line else replace(members, text=text)

    def _share(self, found: Aggregate, condition: Record, members: Said, taken: frozenset[str]) -> Said:
        row, speaker = aggregate(found.function), self.of(found.population)
        line = Line(taken, self.words.nouns(found.population).one)
        if members.items:
            members = Said(self._in_letter(found, line))
        weight = self._weight(found, line)
        said = speaker.with_taken(line.letters).condition(condition)
        if not line:
            return replace(said, text=row.english.format(set=members.text, expression=said.text, weight=weight))
        words = said.text
        if said.items:
            letter = line.letter("C", lambda more: speaker.with_taken(more).condition(condition), " is true if ", "C")
            words = f"{letter} is true"
        return line.closed(Said(row.english.format(set=members.text, expression=words, weight=weight)))

    def _weight(self, found: Aggregate, line: Line) -> str:
        """How much each record counts, where they don't count alike."""
        return "" if found.weight is None else self.of(found.population).on(line).value(found.weight)

    def _in_letter(self, found: Aggregate, line: Line) -> str:
        """The set of an aggregate by a letter that holds it."""
        many = self.words.nouns(found.population).many
        letter = line.letter("S", lambda taken: self.members(found, taken).after("the "), " holds ", "S")
        return f"the {many} in set {letter}"


def aggregates(group: Group) -> Iterator[Aggregate]:
    """All aggregates of a group expression, through definitions and slices, in order."""
    yield from (one for one in parts(group) if isinstance(one, Aggregate))


def group_definitions(group: Group) -> Iterator[GroupDefined]:
    """All uses of group definitions in a group expression, inner ones included, in order."""
    yield from (one for one in parts(group) if isinstance(one, GroupDefined))
