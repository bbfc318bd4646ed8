"""The footer of a Parquet file: names and kinds of its columns; knows nothing else of the format.

The footer is Thrift in its compact protocol: fields of numbered ids, variable-length integers, no names.
"""

from pathlib import Path

_MAGIC = b"PAR1"
_TAIL = 8
_LARGEST_FOOTER = 64 * 1024 * 1024

# Thrift's compact types, in the lower half of a byte.
_LOW = 0x0F
_STOP, _TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(13)

# Fields of Parquet's structures, by id.
_SCHEMA = 2
_TYPE, _REPETITION, _NAME, _CHILDREN, _CONVERTED, _LOGICAL = 1, 3, 4, 5, 6, 10

# Physical types and annotations that matter here.
_INT96 = 3
_FLOATS = frozenset({4, 5})
_REPEATED = 2
_CONVERTED_TIMESTAMPS = frozenset({9, 10})
_LOGICAL_TIMESTAMP = 8
_LOGICAL_FLOAT16 = 15


class Broken(Exception):  # noqa: N818  (a finding on its way up, not an error of ours)
    """The bytes are not a footer; `str()` says in which way."""


def columns_of(path: Path) -> tuple[tuple[str, str], ...]:
    """Name and kind of each column that is not nested: "float", "timestamp", or "" for what is exact as text.

    `Broken` if the file is cut off or no Parquet file; OSError if it can't be opened.
    """
    try:
        elements = _Compact(_footer(path)).struct()[_SCHEMA]
        return tuple(_top_level(elements))
    except (IndexError, KeyError, TypeError, UnicodeDecodeError, RecursionError) as error:
        raise Broken("its description of columns is damaged") from error


def _footer(path: Path) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size < 2 * len(_MAGIC) + 4:
            raise Broken("it is too short")
        file.seek(-_TAIL, 2)
        tail = file.read(_TAIL)
        file.seek(0)
        if file.read(len(_MAGIC)) != _MAGIC:
            raise Broken("it does not start as one")
        if tail[4:] != _MAGIC:
            raise Broken("its end is missing")
        length = int.from_bytes(tail[:4], "little")
        if length > min(size - _TAIL - len(_MAGIC), _LARGEST_FOOTER):
            raise Broken("its description of columns is longer than the file")
        file.seek(-_TAIL - length, 2)
        return file.read(length)


def _top_level(elements: object) -> list[tuple[str, str]]:
    if not isinstance(elements, list):
        raise TypeError(elements)
    found: list[tuple[str, str]] = []
    at = 1
    for _ in range(_whole(elements[0].get(_CHILDREN, 0))):
        one = elements[at]
        end = _end(elements, at)
        if end == at + 1 and one.get(_REPETITION) != _REPEATED:
            name = one[_NAME]
            if not isinstance(name, bytes):
                raise TypeError(name)
            found.append((name.decode("utf-8"), _kind(one)))
        at = end
    return found


def _end(elements: list[dict[int, object]], at: int) -> int:
    """The index after an element and everything nested in it."""
    end = at + 1
    for _ in range(_whole(elements[at].get(_CHILDREN, 0))):
        end = _end(elements, end)
    return end


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


def _kind(element: dict[int, object]) -> str:
    logical = element.get(_LOGICAL)
    annotated = logical if isinstance(logical, dict) else {}
    if element.get(_TYPE) in _FLOATS or _LOGICAL_FLOAT16 in annotated:
        return "float"
    is_timestamp = _LOGICAL_TIMESTAMP in annotated or element.get(_CONVERTED) in _CONVERTED_TIMESTAMPS
    return "timestamp" if is_timestamp or element.get(_TYPE) == _INT96 else ""


class _Compact:
    """Reads Thrift's compact protocol from bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def struct(self) -> dict[int, object]:
        """A structure's fields by id."""
        fields: dict[int, object] = {}
        identifier = 0
        while True:
            head = self._byte()
            kind = head & _LOW
            if kind == _STOP:
                return fields
            identifier = identifier + (head >> 4) if head >> 4 else self._zigzag()
            fields[identifier] = kind == _TRUE if kind in {_TRUE, _FALSE} else self._value(kind)

    def _value(self, kind: int) -> object:
        if kind in {_TRUE, _FALSE, _BYTE}:
            return self._byte()
        if kind in {_I16, _I32, _I64}:
            return self._zigzag()
        if kind == _DOUBLE:
            return self._bytes(8)
        if kind == _BINARY:
            return self._bytes(self._varint())
        if kind in {_LIST, _SET}:
            return self._list()
        if kind == _MAP:
            return self._map()
        if kind == _STRUCT:
            return self.struct()
        raise TypeError(kind)

    def _list(self) -> list[object]:
        head = self._byte()
        size = self._varint() if head >> 4 == _LOW else head >> 4
        return [self._value(head & _LOW) for _ in range(size)]

    def _map(self) -> list[object]:
        size = self._varint()
        kinds = self._byte() if size else 0
        return [(self._value(kinds >> 4), self._value(kinds & _LOW)) for _ in range(size)]

    def _byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _bytes(self, size: int) -> bytes:
        if self._at + size > len(self._data):
            raise IndexError(size)
        self._at += size
        return self._data[self._at - size : self._at]

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:  # noqa: PLR2004  (the continuation bit)
                return value

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
