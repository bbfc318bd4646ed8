"""What a run is given besides its spec: other files or frames, an engine, how much it may take; decides no result."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import acmspec.pipeline as pipeline  # noqa: PLR0402  (through the package it would be a circle)
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem
from acmspec.ground.node import node
from acmspec.ground.watch import UNWATCHED, Watch
from acmspec.kinds import KINDS

if TYPE_CHECKING:
    from acmspec.backends.engines import Place
    from acmspec.backends.spark import Session
    from acmspec.facts.delivered import Folder
    from acmspec.facts.ports import Backend
    from acmspec.program.tree import Program
    from acmspec.renderers.frames import Frame
    from acmspec.report.outputs import Outputs

NO_MEMORY = Problem(
    "ACM544",
    "not enough memory",
    "The engine reached the memory that it may use, and this part of the work can’t go on on the disk.",
    "Raise --memory, use fewer --threads, or free memory.",
    "A report that could not be produced in full was not delivered.",
)
NO_DISK = Problem(
    "ACM545",
    "not enough room on the disk",
    "What does not fit in memory, or can’t be read by the engine as it stands, is written aside while a run lasts.",
    "Free room in the folder for temporary files, or name another in the environment variable TMPDIR.",
    "A report that could not be produced in full was not delivered.",
)
PROBLEMS = (NO_MEMORY, NO_DISK)


@node
class Given:
    """What is read instead of a table's own files, by table; where the SQL runs; and who watches.

    Without a `backend` or a session of `spark` it is the database that tables are read from, or else the embedded
    engine, with `threads` and so much `memory` ("2GB") at most. `addresses` replace those of the spec, by connection.
    Where `outside` is true, files that the spec names may lie outside its folder.
    """

    data: Mapping[str, str | Path]
    frames: "Mapping[str, Frame]"
    addresses: Mapping[str, str]
    outside: bool = False
    threads: int | None = None
    memory: str | None = None
    backend: "Backend | None" = None
    spark: "Session | None" = None
    watch: Watch = UNWATCHED

    @property
    def names(self) -> tuple[str, ...]:
        """The tables that something is given for."""
        return (*self.data, *self.frames)

    def evaluate(self, meaning: "Program", data_date: date, folder: Path, version: str) -> "Outcome[Outputs]":
        """Everything there is to say of a sound spec whose files lie in a folder; no value if nothing could be read."""
        from acmspec.backends.engines import stopped
        from acmspec.facts.ports import Refused
        from acmspec.sources import SOURCES
        from acmspec.sources.frame import FrameSource

        sources = (*SOURCES, FrameSource(self.frames)) if self.frames else SOURCES
        try:
            with self.engine(meaning) as backend, stopped() as found:
                if isinstance(backend, Diagnostic):
                    return Outcome(None, (backend,))
                shelves = pipeline.Shelves(kinds=KINDS, sources=sources, backend=backend)
                return pipeline.run(meaning, shelves, data_date, self._folder(folder), version, self.watch)
            return Outcome(None, tuple(found))
        except Refused as refused:
            if refused.lacks == "memory":
                return Outcome(None, (NO_MEMORY.at(None, "the engine needs more memory than it may use"),))
            if refused.lacks == "disk":
                return Outcome(None, (NO_DISK.at(None, "there is no room for temporary files"),))
            raise

    @contextmanager
    def engine(self, meaning: "Program") -> "Iterator[Backend | Diagnostic]":
        """The engine, or why it can't be had; one that is made here is closed here."""
        if self.backend is not None:
            yield self.backend
            return
        from acmspec.backends.engines import connect, over

        if self.spark is not None:
            backend = over(self.spark, self.threads)
        else:
            backend = connect(self._place(meaning), os.environ, self.threads, self.memory)
        if isinstance(backend, Diagnostic):
            yield backend
            return
        with closing(backend):
            yield backend

    def _place(self, meaning: "Program") -> "Place | None":
        """The database that tables are read from, None if all records are in files or given."""
        from acmspec.backends.engines import Place

        used = {one.connection for one in meaning.stores if one.table and one.name not in self.names}
        for one in meaning.spec.connections:
            name = one.name.value
            if name in used:
                return Place(name, self.addresses.get(name, one.url.value), one.password_from)
        return None

    def misaddressed(self, meaning: "Program") -> "Iterator[Diagnostic]":
        """What is wrong with the addresses that replace those of the spec."""
        if self.addresses:
            from acmspec.backends.engines import faults

            yield from faults([one.name.value for one in meaning.spec.connections], self.addresses)

    def _folder(self, path: Path) -> "Folder":
        """Where files are looked for, and what is read instead."""
        from acmspec.facts.delivered import Folder
        from acmspec.sources.frame import SUFFIX

        files = {name: (Path(file), str(file)) for name, file in self.data.items()}
        frames = {name: (Path(f"{name}{SUFFIX}"), f"frame {name}") for name in self.frames}
        return Folder(path, files | frames, confined=not self.outside)
