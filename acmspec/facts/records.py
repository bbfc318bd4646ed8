"""What became of each record behind a result, as an engine tells it after a run; what is paid for it is not known."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from acmspec.facts.numbers import day, text, whole
from acmspec.facts.ports import Backend
from acmspec.facts.table import MASK
from acmspec.ground.node import node
from acmspec.program.gap import Gap
from acmspec.query.frames import NUMBER
from acmspec.query.tree import RecordRows

_FLAGS = 4
"""The columns before the flags: number, provider, entity, the data date waited for."""


@node
class Told:
    """One record: its number in its source, its key (a private column is masked), and what became of it.

    `entity` is who is paid for once, if such a term rests on the result. `measured` is whether it is in the set and the
    slice, `judged` whether it is in the result, `success` whether it is one there. `matures` is the data date it waits
    for, `unreached` whether it looks back before the data begins. `left_out` is the reason that left it out, or empty.
    `gaps` say what could not be told of it.
    """

    number: int
    key: tuple[str, ...]
    entity: str | None
    measured: bool
    judged: bool
    success: bool
    matures: date | None
    unreached: bool
    left_out: str
    gaps: tuple[Gap, ...]


def records(backend: Backend, rows: Iterable[RecordRows], provider: str) -> Iterator[tuple[RecordRows, list[Told]]]:
    """The records of one provider behind each aggregate, in the order of their source."""
    for one in rows:
        backend.make(one.facts, one.made)
        found = [row for row in backend.rows(one.sql) if text(row[1]) == provider]
        keys = _keys(backend, one, [whole(row[0]) for row in found])
        backend.drop(one.facts)
        yield one, [_told(one, row, keys[whole(row[0])]) for row in found]


def _keys(backend: Backend, one: RecordRows, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The keys of some records."""
    if not numbers:
        return {}
    listed = ", ".join(map(str, numbers))
    rows = backend.rows(f"{one.keys} WHERE {NUMBER} IN ({listed})")
    return {
        whole(row[0]): tuple(MASK if hidden else str(part) for part, hidden in zip(row[1:], one.private, strict=True))
        for row in rows
    }


def _told(rows: RecordRows, row: tuple[object, ...], key: tuple[str, ...]) -> Told:
    measured, judged, success, unreached, *others = (whole(one) == 1 for one in row[_FLAGS:])
    left, gaps = others[: len(rows.left)], others[len(rows.left) :]
    return Told(
        number=whole(row[0]),
        key=key,
        entity=text(row[2]),
        measured=measured,
        judged=judged,
        success=success,
        matures=day(row[3]) if measured else None,
        unreached=unreached,
        left_out=next((one.because for one, out in zip(rows.left, left, strict=True) if out), ""),
        gaps=tuple(one for one, has in zip(rows.gaps, gaps, strict=True) if has),
    )
