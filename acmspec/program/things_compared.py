"""Says where what identifies one kind of thing is compared with what identifies another; knows no data."""

from acmspec.formula.tree import Formula
from acmspec.ground.diagnostic import Problem, Severity
from acmspec.program.catalog import Catalog
from acmspec.program.empty_questions import Place
from acmspec.program.possible import Meaning, opened
from acmspec.program.record import Compare, FieldValue
from acmspec.program.types import ErrorType

TWO_KINDS = Problem(
    "ACM282",
    "things of two kinds that are compared",
    "What identifies one kind of thing is never what identifies another, also where both are written alike.",
    "Compare what identifies one kind of thing; if both do, give both fields the same “entity”.",
    "A person, provider or place must be compared only with one of its own kind.",
    Severity.WARNING,
)
PROBLEMS = (TWO_KINDS,)


def say_if_of_two_kinds(formula: Formula, found: Meaning, place: Place, catalog: Catalog) -> None:
    """Say it where both sides of a comparison identify things, of two kinds."""
    if not isinstance(found, Compare) or isinstance(found.type, ErrorType):
        return
    one, two = _entity(found.left, catalog), _entity(found.right, catalog)
    if one and two and one != two:
        message = f"one side identifies a thing of kind “{one}”, and the other one of kind “{two}”"
        place.say(TWO_KINDS, formula.span, message, label="of two kinds")


def _entity(side: Meaning, catalog: Catalog) -> str:
    """The kind of thing that a field identifies; "" for any other value."""
    value = opened(side)
    if not isinstance(value, FieldValue):
        return ""
    field = catalog.fields(value.column.table).get(value.column.name)
    return "" if field is None or field.entity is None else field.entity.value
