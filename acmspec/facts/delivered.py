"""Which files of a table are there, and which that are due are not; reads names of files, never what is in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from glob import escape, glob
from os.path import normpath, realpath, relpath
from pathlib import Path

from acmspec.facts.problems import NOT_OPENED
from acmspec.ground.calendar import Every, Period, periods
from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem, Severity
from acmspec.ground.node import node
from acmspec.ground.pattern import pattern
from acmspec.program.deliveries import Delivery
from acmspec.program.tree import Program, Store
from acmspec.query.completeness import complete_through

DID_NOT_COME = Problem(
    "ACM520",
    "a file that is due did not come",
    "The spec names a file for this provider or period, the table should be complete to then, and there is none.",
    "Ask for the file; until it is there, the results that need it are missing, not zero.",
    "A file that is due and was not delivered counts as not received.",
    Severity.WARNING,
)
NO_PERIOD = Problem(
    "ACM531",
    "a file whose name is of no period",
    "The name fits the pattern of the table’s files but for its period, so that the file was not read.",
    "Name the file after its period: 2025-07, 2025-Q3, 2025, FY2026 or FY2026-Q1.",
    "Each file must be named after the period that it is for.",
    Severity.WARNING,
)
READ_TWICE = Problem(
    "ACM533",
    "a file that would be read twice",
    "Two entries under “file:” lead to one file, so that its records would count twice.",
    "Narrow one of the patterns, or remove one of the entries.",
    "No record may be delivered twice.",
)
OUTSIDE = Problem(
    "ACM534",
    "a file outside the folder of the spec",
    "A spec that somebody else wrote could otherwise read any file of this computer.",
    "Move the file below the folder of the spec, give it with --data NAME=PATH, or allow it with --allow-outside.",
    "The files in which data is delivered must lie where the parties agreed.",
)
PROBLEMS = (DID_NOT_COME, NO_PERIOD, READ_TWICE, OUTSIDE)

_SHOWN = 4
"""How many periods without a file are named."""
_EARLIEST = date(1970, 1, 1)
_PLACE = pattern(r"\{[a-z_]+\}")
_FREE = pattern(r"[*?{]")
"""What stands for several names in a path."""
_LOCKS = ("~$", ".")
"""What the names of files begin with that programs leave while somebody works, such as `~$visits.xlsx`."""

Stretch = tuple[str, date, date]
"""A provider, "" for everybody, and the first and last day for which its file did not come."""


@node
class Found:
    """One file to read: where it lies, how messages call it, whose records it holds ("" if nobody's alone).

    `of` are the stretches that it is for; without it, they count as not received. Where nobody said, there are none.
    """

    path: Path
    shown: str
    provider: str = ""
    of: tuple[Stretch, ...] = ()


@node
class Delivered:
    """What there is of a table: its files in order, who sent none for which days, and what is wrong with it."""

    found: tuple[Found, ...] = ()
    absent: tuple[Stretch, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


@node
class Folder:
    """Where the files of a spec lie, and what is read instead of them, by table.

    `instead` gives a path, which may be a pattern, and how to call it. Where `confined`, no file of the spec's own may
    lie outside the folder, also not by way of a link.
    """

    path: Path
    instead: Mapping[str, tuple[Path, str]]
    confined: bool = False

    def of(self, store: Store, program: Program, data_date: date) -> Delivered:
        """The files of a table."""
        search = _Search(self, store, program, data_date)
        if store.name in self.instead:
            return _joined([search.instead(*self.instead[store.name])])
        parts = [search.of(one) for one in store.deliveries or (Delivery(store.file),)]
        if any(one.provider for one in store.deliveries):
            parts.append(search.unnamed())
        return _joined(parts)


def _joined(parts: list[Delivered]) -> Delivered:
    found = tuple(one for part in parts for one in part.found)
    seen: set[Path] = set()
    twice: dict[str, None] = {}
    for one in found:
        place = real(one.path)
        if place in seen:
            twice.setdefault(one.shown)
        seen.add(place)
    faults = [READ_TWICE.at(DataPlace(one), f"“{one}” would be read twice") for one in twice]
    return Delivered(
        found,
        tuple(dict.fromkeys(one for part in parts for one in part.absent)),
        tuple(one for part in parts for one in part.findings),
        (*(one for part in parts for one in part.faults), *faults),
    )


@node
class _Search:
    """The search for the files of one table."""

    folder: Folder
    store: Store
    program: Program
    data_date: date

    def instead(self, path: Path, shown: str) -> Delivered:
        """What is read instead of the spec's own files; where it lies is the matter of who gives it."""
        if not _has_marks(path.name) or path.exists():
            return Delivered((Found(path, shown),))
        found = tuple(Found(one, str(one)) for one in _matches(Path(), str(path)))
        return Delivered(found, faults=() if found else (self._nothing(shown),))

    def of(self, one: Delivery) -> Delivered:
        """The files of one entry. Outside the folder nothing is searched: it could be the whole disk."""
        if self._searches_outside(one.path):
            return Delivered(faults=(outside_of(one.path, self._path),))
        if one.every is not None:
            return self._of_periods(one, one.every)
        path = self.folder.path / one.path
        if not _has_marks(one.path):
            found: tuple[Found, ...] = (Found(path, one.path, one.provider),)
            if one.provider and not path.exists():
                found = ()
        else:
            found = self._matching(one, one.path)
        if found:
            stretches = tuple((one.provider, first, last) for first, last in self._bounds(one.provider))
            return self._confined(tuple(replace(each, of=stretches if one.provider else ()) for each in found))
        if one.provider:
            return self._never_came(one.provider, one.path, f"“{one.path}” of “{one.provider}” is not there")
        return Delivered(faults=(self._nothing(one.path),))

    def unnamed(self) -> Delivered:
        """Providers with an agreement for whom the spec names no file where it names those of others."""
        named = {one.provider for one in self.store.deliveries}
        others = dict.fromkeys(one.provider for one in self.program.payments.agreements if one.provider not in named)
        parts = [
            self._never_came(one, self.store.file, f"the spec names no file of “{one}”, which has an agreement")
            for one in others
        ]
        return _joined(parts)

    def _of_periods(self, one: Delivery, every: Every) -> Delivered:
        names = periods(every, _EARLIEST, self.data_date, self.program.fiscal_starts)
        begun = {each.name: each for each in names}
        form = re.compile(_regex(one.path, _NAMES[every]))
        by_period: dict[Period, list[Found]] = {}
        findings: list[Diagnostic] = []
        for each in self._matching(one, _PLACE.sub("*", one.path)):
            fits = form.fullmatch(each.shown)
            if fits is None or (fits["period"] not in begun and fits["period"] < names[-1].name):
                message = f"“{each.shown}” fits “{one.path}” and names no {every.value}"
                findings.append(NO_PERIOD.at(DataPlace(each.shown), message, path=self._path))
            elif fits["period"] in begun:
                period = begun[fits["period"]]
                stretch = (one.provider, period.first, period.last)
                by_period.setdefault(period, []).append(replace(each, of=(stretch,)))
        absent = [period for period in self._due(one.provider, every) if period not in by_period]
        findings.extend(self._absent(one, absent))
        read = self._confined(tuple(each for period in sorted(by_period) for each in by_period[period]))
        stretches = tuple((one.provider, period.first, period.last) for period in absent)
        return Delivered(read.found, stretches, tuple(findings), read.faults)

    def _absent(self, one: Delivery, absent: list[Period]) -> Iterator[Diagnostic]:
        """What is said of the files of periods that did not come: once, with how many and the first of them."""
        if not absent:
            return
        first = _PLACE.sub(absent[0].name, one.path)
        message = f"“{first}”{f' of “{one.provider}”' if one.provider else ''} is not there"
        if len(absent) > 1:
            others = len(absent) - 1
            files = (
                "nor is the file of 1 other period" if others == 1 else f"nor are the files of {others:,} other periods"
            )
            named = ", ".join(period.name for period in absent[1:_SHOWN])
            more = f" and {len(absent) - _SHOWN:,} more" if len(absent) > _SHOWN else ""
            message += f", {files}: {named}{more}"
        yield DID_NOT_COME.at(DataPlace(first), message, path=self._path)

    def _never_came(self, provider: str, shown: str, message: str) -> Delivered:
        """A provider that sent no file at all: nothing is known of any day of its agreements."""
        absent = tuple((provider, first, last) for first, last in self._bounds(provider))
        said = (DID_NOT_COME.at(DataPlace(shown), message, path=self._path),) if absent else ()
        return Delivered((), absent, said)

    def _due(self, provider: str, every: Every) -> tuple[Period, ...]:
        """The whole periods for which a file must be here."""
        found = {
            period: None
            for first, last in self._bounds(provider)
            for period in periods(every, first, last, self.program.fiscal_starts)
            if first <= period.first and period.last <= last
        }
        return tuple(found)

    def _bounds(self, provider: str) -> Iterator[tuple[date, date]]:
        """The first and last day of which records must be here: by the provider's agreements, or the contract."""
        through = complete_through(self.store, self.data_date)
        agreed = [one for one in self.program.payments.agreements if one.provider == provider]
        whole = [(one.first, one.last) for one in agreed] or [(self.program.first, self.program.last)]
        for first, last in whole:
            start, end = max(first, self.store.complete_from or first), min(last, through)
            if start <= end:
                yield start, end

    @property
    def _path(self) -> str:
        return f"data.{self.store.name}.file"

    def _nothing(self, shown: str) -> Diagnostic:
        return NOT_OPENED.at(DataPlace(shown), f"no file fits “{shown}”", path=self._path)

    def _matching(self, one: Delivery, pattern: str) -> tuple[Found, ...]:
        found = _matches(self.folder.path, pattern)
        is_own = not Path(pattern).is_absolute()
        shown = [Path(relpath(each, self.folder.path)).as_posix() if is_own else str(each) for each in found]
        return tuple(Found(each, name, one.provider) for each, name in zip(found, shown, strict=True))

    def _confined(self, found: tuple[Found, ...]) -> Delivered:
        """The files, or what stands against those that lie outside the folder."""
        if not self.folder.confined:
            return Delivered(found)
        inside = real(self.folder.path)
        outside = [one.shown for one in found if not real(one.path).is_relative_to(inside)]
        faults = (outside_of(one, self._path) for one in outside)
        return Delivered(found, faults=tuple(faults))

    def _searches_outside(self, pattern: str) -> bool:
        """Whether a search would begin outside the folder that files must lie in."""
        folder = self.folder.path.absolute()
        start = Path(normpath(folder / _FREE.split(pattern)[0]))
        return self.folder.confined and _has_marks(pattern) and not start.is_relative_to(normpath(folder))


def real(path: Path) -> Path:
    """Where a path leads, its links followed; one that leads to itself stays, and can't be opened."""
    return Path(realpath(path))


def outside_of(shown: str, path: str) -> Diagnostic:
    """What is said of a file that lies outside the folder of its spec."""
    return OUTSIDE.at(DataPlace(shown), f"“{shown}” lies outside the folder of the spec", path=path)


def _has_marks(path: str) -> bool:
    return "*" in path or "?" in path


def _matches(folder: Path, pattern: str) -> tuple[Path, ...]:
    """The files that fit a pattern, by name; those that programs leave while somebody works are none."""
    literal = pattern.replace("[", "[[]")
    whole = literal if Path(pattern).is_absolute() else str(Path(escape(str(folder)), literal))
    found = (Path(one) for one in sorted(glob(whole, recursive=True)))  # noqa: PTH207  (absolute patterns, too)
    return tuple(one for one in found if one.is_file() and not one.name.startswith(_LOCKS))


_NAMES = {
    Every.DAY: "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    Every.WEEK: "[0-9]{4}-W[0-9]{2}",
    Every.MONTH: "[0-9]{4}-[0-9]{2}",
    Every.QUARTER: "[0-9]{4}-Q[1-4]",
    Every.HALF_YEAR: "[0-9]{4}-H[12]",
    Every.YEAR: "[0-9]{4}",
    Every.FISCAL_QUARTER: "FY[0-9]{4}-Q[1-4]",
    Every.FISCAL_YEAR: "FY[0-9]{4}",
}
_MARKS = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}


def _regex(pattern: str, name: str) -> str:
    """What a path must be to fit a pattern and name its period."""
    pieces = re.split(r"(\*\*/|\*|\?|\{[a-z_]+\})", pattern)
    place = f"(?P<period>{name})"
    return "".join(place if _PLACE.fullmatch(one) else _MARKS.get(one, re.escape(one)) for one in pieces)
