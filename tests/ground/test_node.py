"""A node behaves as a frozen, slotted dataclass of the standard library does."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Generic, TypeVar

import pytest

from acmspec.ground.node import node

T = TypeVar("T")


@node
class Leaf(Generic[T]):
    """A value and an aside that never counts."""

    value: T
    aside: int = field(default=0, compare=False, repr=False)


TWO = Leaf(2)


@node
class Pair:
    """Two leaves, one with a default."""

    left: Leaf[int]
    right: Leaf[int] = TWO


@node
class Empty:
    """Nothing at all."""


@dataclass(frozen=True, slots=True)
class Standard:
    left: Leaf[int]
    right: Leaf[int] = TWO


def test_what_does_not_compare_does_not_count():
    assert Leaf(1, 5) == Leaf(1, 6)
    assert hash(Leaf(1, 5)) == hash(Leaf(1, 6))
    assert Leaf(1) != Leaf(2)
    assert Leaf(1) != Pair(Leaf(1))
    assert Empty() == Empty()
    assert len({Leaf(1, 1), Leaf(1, 2), Leaf(2, 1)}) == 2


def test_it_is_frozen_and_has_no_dict():
    leaf = Leaf(1)
    with pytest.raises(FrozenInstanceError):
        leaf.value = 2
    with pytest.raises(FrozenInstanceError):
        del leaf.value
    with pytest.raises(FrozenInstanceError):
        leaf.other = 2
    assert not hasattr(leaf, "__dict__")


def test_the_tools_of_dataclasses_take_it():
    pair = Pair(Leaf(1))
    assert is_dataclass(pair)
    assert [one.name for one in fields(pair)] == [one.name for one in fields(Standard(Leaf(1)))]
    assert replace(pair, left=Leaf(3)) == Pair(Leaf(3), Leaf(2))
    assert repr(pair) == "Pair(left=Leaf(value=1), right=Leaf(value=2))"
    assert copy.deepcopy(pair) == pair
    assert pickle.loads(pickle.dumps(pair)) == pair  # noqa: S301  (our own bytes)


def test_it_matches_by_position_and_takes_keywords():
    match Pair(right=Leaf(4), left=Leaf(3)):
        case Pair(Leaf(left), Leaf(right)):
            assert (left, right) == (3, 4)
    with pytest.raises(TypeError):
        Pair()


def test_it_is_made_with_the_first_object_and_says_what_is_wrong_with_a_call():
    @node
    class Fresh:
        """One field of each kind."""

        one: int
        two: int = 2

    with pytest.raises(TypeError, match="'one'"):
        Fresh()
    with pytest.raises(TypeError, match="three"):
        Fresh(1, three=3)
    assert (Fresh(1).one, Fresh(1).two, Fresh(two=4, one=3)) == (1, 2, Fresh(3, 4))


def test_a_field_without_a_default_comes_first():
    with pytest.raises(TypeError, match="default"):

        @node
        class Wrong:
            """The other way round."""

            one: int = 1
            two: int
