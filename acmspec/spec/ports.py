"""What the spec stage needs to know of a kind on a shelf: its word and the shape of its parameters."""

from typing import Any, Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

from acmspec.ground.node import node
from acmspec.ground.source import Located
from acmspec.spec.shape import Record, Shape

P = TypeVar("P")
B_co = TypeVar("B_co", bound="ShapedKind", covariant=True)
T_co = TypeVar("T_co", bound="ShapedKind", covariant=True)
L_co = TypeVar("L_co", bound="ShapedLimit", covariant=True)
R_co = TypeVar("R_co", bound="ShapedLimit", covariant=True)

Parameters: TypeAlias = Any
"""What a kind's own shape built, the only thing a kind is ever handed.

Each kind declares its type in its own file. A shelf holds kinds of many types, so nothing outside can name it.
"""


@node
class Parted(Generic[P]):
    """The parameters of a term that is several: each part with a word that tells it apart, in order.

    A term that is one has a part with no word. `together` is whether a success that is paid once is so in all parts.
    """

    parts: tuple[tuple[str, P], ...]
    together: bool = False


def parts_of(parameters: Parameters) -> tuple[tuple[str, Parameters], ...]:
    """The parts of a term with their words; a term that is one has one part and no word."""
    return parameters.parts if isinstance(parameters, Parted) else (("", parameters),)


@runtime_checkable
class Comparing(Protocol):
    """Parameters that hold a metric against a benchmark of it, which they name."""

    @property
    def metric(self) -> Located[str]:
        """The name of the metric."""

    @property
    def comparator(self) -> Located[str]:
        """The name of the benchmark."""


def lines_of(name: str, parameters: Parameters) -> tuple[str, ...]:
    """What the lines of a term are called that each have a price of their own: the term's, or one for each group."""
    if not isinstance(parameters, Parted) or not parameters.together:
        return (name,)
    return tuple(f"{name}_{word}" if word else name for word, _ in parameters.parts)


class ShapedKind(Protocol):
    """A benchmark or incentive kind. `word` is what the author writes after `kind:`; `shape` are its own keys."""

    @property
    def word(self) -> str:
        """The kind's name in a spec."""

    @property
    def shape(self) -> Record:
        """The keys it takes besides the common ones, and what they build."""


class ShapedLimit(Protocol):
    """A limit kind. `word` is the key its bound is written under (`cap: "$48,000"`)."""

    @property
    def word(self) -> str:
        """The key in a limit that names the kind."""

    @property
    def shape(self) -> Shape:
        """The shape of that key's value."""


@node
class Shelves(Generic[B_co, T_co, L_co, R_co]):
    """The kinds a spec may use, handed down the spine; each stage asks of them the facet it declares."""

    benchmarks: tuple[B_co, ...]
    terms: tuple[T_co, ...]
    limits: tuple[L_co, ...]
    reserves: tuple[R_co, ...] = ()
