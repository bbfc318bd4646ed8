"""`@node`: a frozen, slotted dataclass that is several times cheaper to define, and knows nothing of what it holds.

The standard library writes and compiles six methods for each class. A command that should feel like a linter loads
two hundred classes, so that this is most of its time. Here one method is compiled, the constructor, and only where
many objects are made; the others are shared. The rest is as `dataclasses` has it: `field(compare=False)`, `fields`,
`replace`, `is_dataclass`, matching.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from itertools import count
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass
class _Sample:
    name: str


_PLAIN = fields(_Sample)[0]._field_type  # type: ignore[attr-defined]  # noqa: SLF001  (how `fields` tells a field from a class variable)


_FEW = 24
"""So many objects are made before a constructor is compiled."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[T]) -> type[T]:
    """Make a class of annotated fields frozen, slotted, compared and hashed by the fields that count in equality.

    Fields may have defaults; `field(compare=False, repr=False)` works as in `dataclasses`. The docstring is required.
    """
    space: dict[str, Any] = dict(cls.__dict__)
    said = {name: space.pop(name, MISSING) for name in cls.__annotations__}
    compared = [name for name, one in said.items() if not isinstance(one, Field) or one.compare]
    space.pop("__dict__", None)
    space.pop("__weakref__", None)
    space |= {
        "__qualname__": cls.__qualname__,
        "__slots__": (*said, "_hashed", "_alike"),
        "__match_args__": tuple(said),
        "__dataclass_fields__": _Fields(cls.__annotations__, said),
        "__init__": _constructor(said),
        "__repr__": _repr,
        "__eq__": _eq,
        "__hash__": _hash,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__reduce__": _reduce,
        "_compared": staticmethod(attrgetter(*compared) if compared else _nothing),
    }
    of: Callable[..., type[T]] = type(cls)
    return of(cls.__name__, cls.__bases__, space)


class _Fields:
    """The fields of a class as `dataclasses` has them, made when somebody asks: of most classes nobody does."""

    def __init__(self, kinds: dict[str, object], said: dict[str, Any]) -> None:
        self._kinds = kinds
        self._said = said

    def __get__(self, _: object, owner: type[Any]) -> "dict[str, Field[Any]]":
        found = {name: _field(name, kind, self._said[name]) for name, kind in self._kinds.items()}
        owner.__dataclass_fields__ = found
        return found


def _field(name: str, kind: object, default: Any) -> "Field[Any]":
    one: Field[Any] = default if isinstance(default, Field) else field(default=default)
    one.name, one.type, one._field_type = name, kind, _PLAIN  # type: ignore[attr-defined]  # noqa: SLF001
    return one


def _constructor(found: dict[str, Any]) -> Callable[..., None]:
    """What makes objects of a class with some fields: at first slowly, and compiled once it is worth that.

    Most classes are made a few times in a run, and to compile a constructor takes longer than to define the class.
    """
    every = ((name, one.default if isinstance(one, Field) else one) for name, one in found.items())
    defaults = {name: one for name, one in every if one is not MISSING}
    before = count()

    def slowly(self: Any, *values: object, **named: object) -> None:
        told = dict(zip(found, values, strict=False)) | named
        given = defaults | told
        # What is wrong with a call is told by the constructor that is compiled.
        if next(before) < _FEW and len(told) == len(values) + len(named) and given.keys() == found.keys():
            for name in found:
                object.__setattr__(self, name, given[name])
            return
        made = _compiled(type(self), found, defaults)
        type(self).__init__ = made
        made(self, *values, **named)

    return slowly


def _compiled(cls: type[Any], found: dict[str, Any], defaults: dict[str, Any]) -> Callable[..., None]:
    arguments = ", ".join(f"{name}=_{name}" if name in defaults else name for name in found)
    body = "".join(f"\n    _set_{name}(self, {name})" for name in found) or "\n    pass"
    space: dict[str, Any] = {f"_{name}": value for name, value in defaults.items()}
    # A slot sets itself faster than it is found by its name.
    space |= {f"_set_{name}": getattr(cls, name).__set__ for name in found}
    exec(f"def __init__(self, {arguments}):{body}", space)  # noqa: S102  (field names are identifiers of this program)
    made: Callable[..., None] = space["__init__"]
    return made


def _nothing(_: object) -> tuple[()]:
    return ()


def _repr(self: Any) -> str:
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _eq(self: Any, other: Any) -> bool:
    if other is self:
        return True
    if other.__class__ is not self.__class__:
        return False
    # What was found equal once stays so: a formula that stands in two trees is looked up under the other's thousands
    # of times, and comparing them is to walk both.
    try:
        if self._alike is other:
            return True
    except AttributeError:
        pass
    compared = self._compared
    if compared(self) != compared(other):
        return False
    object.__setattr__(self, "_alike", other)
    return True


def _hash(self: Any) -> int:
    """Worked out once: a tree is a key in many places, and to walk it each time would take long."""
    found: int
    try:
        found = self._hashed
    except AttributeError:
        found = hash(self._compared(self))
        object.__setattr__(self, "_hashed", found)
    return found


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"{type(self).__qualname__} is frozen: {name!r} can't be changed")


def _reduce(self: Any) -> tuple[object, ...]:
    return type(self), tuple(getattr(self, one.name) for one in fields(self))
