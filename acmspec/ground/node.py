"""`@node`: a frozen, slotted dataclass that is several times cheaper to define, and knows nothing of what it holds.

The standard library writes and compiles six methods for each class. A command that should feel like a linter loads
two hundred classes, so that this is most of its time. Here one method is compiled, the constructor, once for all
classes of as many fields; the others are shared. The rest is as `dataclasses` has it: `field(compare=False)`, `fields`,
`replace`, `is_dataclass`, matching.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass
class _Sample:
    name: str


_PLAIN = fields(_Sample)[0]._field_type  # type: ignore[attr-defined]  # noqa: SLF001  (how `fields` tells a field from a class variable)


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
    """What makes objects of a class with some fields; it is made with the first of them, as of many there is none."""
    every = ((name, one.default if isinstance(one, Field) else one) for name, one in found.items())
    defaults = {name: one for name, one in every if one is not MISSING}
    if [*found][len(found) - len(defaults) :] != [*defaults]:
        raise TypeError("a field without a default follows one that has one")

    def first(self: Any, *values: object, **named: object) -> None:
        made = _made(type(self), tuple(found), tuple(defaults.values()))
        type(self).__init__ = made
        made(self, *values, **named)

    return first


def _made(cls: type[Any], names: tuple[str, ...], defaults: tuple[object, ...]) -> Callable[..., None]:
    # A slot sets itself faster than it is found by its name.
    space: dict[str, Any] = {f"_set_{at}": getattr(cls, name).__set__ for at, name in enumerate(names)}
    code = _code(len(names)).replace(co_varnames=("self", *names))
    return FunctionType(code, space, "__init__", defaults)


@cache
def _code(count: int) -> CodeType:
    """The constructor of any class with so many fields, but for what these are called: to compile one takes long."""
    arguments = "".join(f", _{at}" for at in range(count))
    body = "".join(f"\n    _set_{at}(self, _{at})" for at in range(count)) or "\n    pass"
    space: dict[str, Any] = {}
    exec(f"def __init__(self{arguments}):{body}", space)  # noqa: S102  (nothing comes from outside)
    code: CodeType = space["__init__"].__code__
    return code


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
