"""Group expressions and sets as controlled English; a compound one names its parts by letters and says each below."""

from collections.abc import Iterator
from string import ascii_uppercase

from acmspec.english import numbers
from acmspec.english.records import Frame, Speaker, number_text
from acmspec.english.said import ALL, Said, joined
from acmspec.english.words import Vocabulary
from acmspec.ground.node import node
from acmspec.program.aggregates import aggregate
from acmspec.program.record import Defined, FieldValue, IsKnown, Logic, Record
from acmspec.program.tree import (
    Aggregate,
    Choice,
    Dates,
    Group,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    Population,
    Quotient,
    Slice,
)
from acmspec.program.types import DateType

_FIRST: dict[type, str] = {DateType: "earliest"}
_SUMS = {"+": "plus", "-": "minus", "*": "multiplied by", "/": "divided by"}


@node
class Announcer:
    """Speaks of groups of records."""

    words: Vocabulary
    currency: str

    def of(self, population: Population) -> Speaker:
        """A speaker for the conditions on one member of a set."""
        one = self.words.nouns(population).one
        return Speaker(self.words, (Frame(one, f"the {one}"),), self.currency)

    def of_records(self, table: str) -> Speaker:
        """A speaker for the conditions on one record of a table."""
        one = self.words.record(table).one
        return Speaker(self.words, (Frame(one, f"the {one}"),), self.currency)

    # --- sets ---------------------------------------------------------------------------------------------

    def members(self, found: Aggregate) -> Said:
        """The set an aggregate is over, narrowed by its own condition."""
        many = self.words.nouns(found.population).many
        if found.where is None:
            return Said(many)
        if isinstance(found.where, Defined):
            return Said(f"{many} that {self.words.says(found.where.name).many}")
        condition = self.of(found.population).condition(found.where)
        return condition.after(f"{many} for which ")

    def choice(self, choice: Choice, population: Population, record: str) -> str:
        """Which of several records is kept."""
        many = self.words.record(population.table).many
        per = numbers.series(tuple(f"the same {one}" for one in self.words.chosen_per(choice.entities)))
        return f"If one Measurement Period has several such {many} of {per}, only the {choice.choice} is {record}."

    def order(self, choice: Choice, population: Population) -> str:
        """What makes a record the first or last, tie-breaks included."""
        speaker = self.of_records(population.table)
        fields = tuple(speaker.value(one) for one in choice.by)
        text = f"Their order is that of {fields[0]}, {_FIRST.get(type(choice.by[0].type), 'lowest')} first."
        for before, one, name in zip(fields, choice.by[1:], fields[1:], strict=False):
            text += f" Where {before} is the same, {name} decides, {_FIRST.get(type(one.type), 'lowest')} first."
        for one, name in zip(choice.by, fields, strict=True):
            # What the set requires to be recorded needs no rule for the case that it is not.
            if one.optional and not _is_required(one, population.where):
                text += f" One without {name} is kept only if there is none with it."
        return text

    # --- values -------------------------------------------------------------------------------------------

    def group(self, group: Group) -> Said:
        """A group value: one phrase, or a calculation with letters that the items below it explain."""
        match group:
            case Aggregate():
                return self.aggregate(group)
            case GroupConstant(value, kind):
                return Said(number_text(value, kind, self.currency))
            case GroupDefined(name):
                return Said(f"the {self.words.term(name)}")
            case Slice(inner, to):
                return self._sliced(self.group(inner), to)
        letters = dict(zip(dict.fromkeys(leaves(group)), ascii_uppercase, strict=False))
        text = self._calculation(group, letters)
        return Said(f"{text}, where:", tuple(self._letter(leaf, name) for leaf, name in letters.items()))

    def _letter(self, leaf: Group, name: str) -> Said:
        return self.group(leaf).after(f"{name} is ")

    def _calculation(self, group: Group, letters: dict[Group, str]) -> str:
        match group:
            case GroupArithmetic(operator, left, right):
                return f"{self._side(left, letters)} {_SUMS[operator]} {self._side(right, letters)}"
            case Quotient(numerator, denominator):
                return f"{self._side(numerator, letters)} out of {self._side(denominator, letters)}"
            case GroupConstant(value, kind):
                return number_text(value, kind, self.currency)
        return letters[group]

    def _side(self, group: Group, letters: dict[Group, str]) -> str:
        text = self._calculation(group, letters)
        return f"({text})" if isinstance(group, GroupArithmetic | Quotient) else text

    @staticmethod
    def _sliced(said: Said, to: Dates) -> Said:
        span = f"from {numbers.day(to.first)} to {numbers.day(to.last)}, both days included"
        return said.after(f"for the days {span}: ")

    def aggregate(self, found: Aggregate, of: Said | None = None) -> Said:
        """One aggregate with its set and its expression; `of` replaces the set by what was said of it before."""
        row = aggregate(found.function)
        members = of or self.members(found)
        if found.expression is None:
            return members.after(row.english.removesuffix("{set}"))
        said, place = self._expression(found), numbers.place(found.at * 100)
        if not members.items:
            text = row.english.format(set=members.text, expression=said.text, place=place)
            return Said(text, said.items, said.joint)
        many = self.words.nouns(found.population).many
        hoisted = [members.after("S holds the ")]
        if said.items:
            hoisted.append(said.after("C is true if "))
        words = "C is true" if said.items else said.text
        text = row.english.format(set=f"the {many} in S", expression=words, place=place)
        return Said(f"{text}, where:", tuple(hoisted))

    def _expression(self, found: Aggregate) -> Said:
        expression: Record | None = found.expression
        if expression is None:
            return Said("")
        speaker = self.of(found.population)
        if found.function == "share":
            return speaker.condition(expression)
        return Said(speaker.value(expression))


def _is_required(field: FieldValue, condition: Record | None) -> bool:
    """Whether a condition holds only for records that have a value of the field."""
    match condition:
        case IsKnown(operand, known):
            return known and operand == field
        case Logic("and", operands):
            return any(_is_required(field, one) for one in operands)
    return False


def leaves(group: Group) -> Iterator[Group]:
    """The parts of a calculation that are no calculation themselves, constants left out."""
    match group:
        case GroupArithmetic(_, left, right) | Quotient(left, right):
            yield from leaves(left)
            yield from leaves(right)
        case GroupConstant():
            return
        case _:
            yield group


def aggregates(group: Group) -> Iterator[Aggregate]:
    """All aggregates of a group expression, through definitions and slices, in order."""
    match group:
        case Aggregate():
            yield group
        case GroupArithmetic(_, left, right) | Quotient(left, right):
            yield from aggregates(left)
            yield from aggregates(right)
        case GroupDefined(_, body):
            yield from aggregates(body)
        case Slice(inner):
            yield from aggregates(inner)


def both(first: Said, second: Said) -> Said:
    """Two conditions that must both hold, lists of the same kind merged."""
    parts = tuple(part for said in (first, second) for part in (said.items if said.text == ALL else (said,)))
    return joined(parts, "and")


def group_definitions(group: Group) -> Iterator[GroupDefined]:
    """All uses of group definitions in a group expression, inner ones included, in order."""
    match group:
        case GroupDefined(_, body):
            yield group
            yield from group_definitions(body)
        case GroupArithmetic(_, left, right) | Quotient(left, right):
            yield from group_definitions(left)
            yield from group_definitions(right)
        case Slice(inner):
            yield from group_definitions(inner)
