"""The wiring of spine and shelves, for the command line and for Python programs; it decides nothing itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import acmspec.pipeline as pipeline  # noqa: PLR0402  (through the package it would be a circle)
from acmspec.document.from_file import PROBLEMS as UNREADABLE_FILES
from acmspec.document.from_file import read as read_file
from acmspec.given import Given
from acmspec.ground.calendar import Every
from acmspec.ground.diagnostic import Diagnostic, Outcome, Problem, Severity, has_errors
from acmspec.ground.node import node
from acmspec.ground.source import Source
from acmspec.ground.watch import UNWATCHED, Watch
from acmspec.kinds import KINDS

if TYPE_CHECKING:
    from acmspec.backends.spark import Session
    from acmspec.enclosed.ports import Sheet
    from acmspec.facts.ports import Backend
    from acmspec.program.tree import Program
    from acmspec.renderers.frames import Frame
    from acmspec.report.outputs import Outputs

VERSION = "0.1.0"

NO_DATA_DATE = Problem(
    code="ACM601",
    title="no data date",
    cause="acmspec has no clock: which results are complete and which are mature depends on a date somebody states.",
    fix="Give --as-of DATE, or write data_date under contract.",
    contract="Every report must state the date to which its data is taken.",
)
UNKNOWN_DATA_NAME = Problem(
    code="ACM602",
    title="no such table",
    cause="--data replaces the file of a table of the spec, and the spec has no table of that name.",
    fix="Use one of the names under data.",
    contract="Every source of data must be one that the contract names.",
)
NOT_WRITTEN = Problem(
    code="ACM603",
    title="outputs not written",
    cause="The folder for the outputs could not be made or written to.",
    fix="Choose another folder with --out, or free space and permissions there.",
    contract="A report that could not be stored was not delivered.",
)
BEFORE_THE_TERM = Problem(
    code="ACM604",
    title="the data date lies before the term",
    cause="No period of the contract has begun by the data date, so there is nothing to report.",
    fix="Check the year of --as-of or of data_date under contract.",
    contract="Results are stated for periods of the Contract Term that have begun.",
    severity=Severity.WARNING,
)
GIVEN_TWICE = Problem(
    code="ACM543",
    title="two sources for one table",
    cause="A table is read from one place, and which of the two is meant can't be known.",
    fix="Give the file or the frame.",
    contract="Each source of data must be delivered once.",
)
PROBLEMS = (BEFORE_THE_TERM, NO_DATA_DATE, UNKNOWN_DATA_NAME, NOT_WRITTEN, GIVEN_TWICE)

CLEAN, FOUND_ERRORS, UNREADABLE, GATE_IS_CLOSED, TARGET_MISSED = 0, 1, 2, 3, 4


@node
class Run:
    """What a run came to.

    `exit_code` is 0 (clean or warnings), 1 (errors or a closed gate) or 2 (unreadable, or no data date).
    `written` are the files, in order; none if the spec has errors or a file could not be read.
    """

    outputs: "Outputs | None"
    diagnostics: tuple[Diagnostic, ...]
    exit_code: int
    written: tuple[Path, ...] = ()

    @property
    def detailed_exit_code(self) -> int:
        """`exit_code`, but 3 where the gate of a table is closed, and 4 where all is well but a target is missed."""
        if self.outputs is None or self.exit_code == UNREADABLE:
            return self.exit_code
        if any(not one.open for one in self.outputs.results.tables):
            return GATE_IS_CLOSED
        return TARGET_MISSED if self.exit_code == CLEAN and self.outputs.targets_missed() else self.exit_code


@node
class Shown:
    """A formula shown in the way asked for, or nothing and why; `exit_code` as for a run."""

    text: str
    diagnostics: tuple[Diagnostic, ...]
    exit_code: int


def check(path: str | Path, *, allow_outside: bool = False) -> "Outcome[Program]":
    """Everything wrong with the spec file at `path`, and its meaning if it has one.

    Lists, figures and holidays are read from files in the spec's folder; outside of it only if `allow_outside` is true.
    """
    source = read_file(Path(path), str(path))
    if source.value is None:
        return Outcome(None, source.diagnostics)
    outcome = check_source(source.value, allow_outside=allow_outside)
    return Outcome(outcome.value, source.diagnostics + outcome.diagnostics)


def check_text(text: str, name: str = "spec.yaml") -> "Outcome[Program]":
    """Everything wrong with a spec given as text; `name` is what messages call it, files are looked for from there."""
    return check_source(Source(name, text))


def check_source(source: Source, *, allow_outside: bool = False) -> "Outcome[Program]":
    """Everything wrong with a spec that was read already, and its meaning if it has one."""
    return pipeline.check(source, KINDS, _Beside(Path(source.name).parent, confined=not allow_outside))


class _Beside:
    """The files in a folder; how they are read is imported with the first one, since most specs enclose none."""

    def __init__(self, folder: Path, *, confined: bool) -> None:
        self._folder = folder
        self._confined = confined

    def read(self, file: str) -> "Sheet | Diagnostic":
        """The sheet of a file, or what is wrong with it."""
        from acmspec.sources.sheet import Beside

        return Beside(self._folder, confined=self._confined).read(file)


def is_unreadable(outcome: "Outcome[Program]") -> bool:
    """Whether the spec file itself could not be read as text."""
    return outcome.value is None and any(one.problem in UNREADABLE_FILES for one in outcome.diagnostics)


def formula(  # noqa: PLR0913  (one keyword an option)
    text: str,
    path: str | Path,
    to: str = "english",
    *,
    of: str | None = None,
    as_of: date | None = None,
    every: str = "quarter",
    written: str = "formula",
) -> Shown:
    """One formula, read among the declarations of the spec file at `path`.

    Args:
        text: The formula, or its English.
        path: The spec file, which must have no errors.
        to: `english`, `canonical`, `tree`, `sql` or `type`.
        of: The table or cohort the formula speaks of one record of; without it, it speaks of a group of records.
        as_of: The data date for `sql`; `contract.data_date` if not given.
        every: The kind of period for `sql`: the latest one that has begun.
        written: How the text is given: `formula`; `english`, worded as the clauses word it; or `lenient`, English that
            may be worded otherwise, as long as it has a meaning.
    """
    checked = check(path)
    if checked.value is None or not pipeline.is_sound(checked):
        return Shown("", checked.diagnostics, UNREADABLE if is_unreadable(checked) else FOUND_ERRORS)
    if to == "sql" and as_of is None and checked.value.data_date is None:
        return Shown("", (NO_DATA_DATE.at(None, "no date says how far the data goes"),), UNREADABLE)
    view = pipeline.View(to, of, as_of or checked.value.data_date or date.max, Every(every), written)
    done = pipeline.formula(checked.value, Source("formula", text), view)
    wrong = done.value is None or has_errors(done.diagnostics)
    return Shown("" if wrong else done.value or "", done.diagnostics, FOUND_ERRORS if wrong else CLEAN)


def plan(path: str | Path, *, as_of: date | None = None, engine: str = "duckdb") -> Shown:
    """Every query that a run of the spec file at `path` would send, as text with comments; no data is read.

    `as_of` is the data date, `contract.data_date` if not given; `engine` is whose spelling of SQL: `duckdb`,
    `postgresql` or `spark`. ValueError for another.
    """
    checked = check(path)
    if checked.value is None or not pipeline.is_sound(checked):
        return Shown("", checked.diagnostics, UNREADABLE if is_unreadable(checked) else FOUND_ERRORS)
    data_date = as_of or checked.value.data_date
    if data_date is None:
        return Shown(
            "", (*checked.diagnostics, NO_DATA_DATE.at(None, "no date says how far the data goes")), UNREADABLE
        )
    from acmspec.backends.engines import stopped
    from acmspec.query.dialect import DUCKDB
    from acmspec.query.dialect_postgresql import POSTGRESQL
    from acmspec.query.dialect_spark import SPARK
    from acmspec.report.plan_text import plan_text

    dialects = {"duckdb": DUCKDB, "postgresql": POSTGRESQL, "spark": SPARK}
    if engine not in dialects:
        raise ValueError(f"there is no engine “{engine}”; there are {', '.join(dialects)}")
    with stopped() as unsayable:
        return Shown(plan_text(checked.value, data_date, dialects[engine]), checked.diagnostics, CLEAN)
    return Shown("", (*checked.diagnostics, *unsayable), FOUND_ERRORS)


def prove(path: str | Path) -> Shown:
    """What the contract of the spec file at `path` can pay at least and at most, as Markdown; no data is read."""
    checked = check(path)
    if checked.value is None or not pipeline.is_sound(checked):
        return Shown("", checked.diagnostics, UNREADABLE if is_unreadable(checked) else FOUND_ERRORS)
    from acmspec.renderers.markdown import page
    from acmspec.report.proof import proof

    program = checked.value
    contract = program.spec.contract
    under = f"{contract.agency.value} · {contract.title.value} · {program.contract_id}"
    return Shown(page("What can be paid", under, proof(program)), checked.diagnostics, CLEAN)


def evaluate(  # noqa: PLR0913  (one keyword an option)
    path: str | Path,
    *,
    as_of: date | None = None,
    data: Mapping[str, str | Path] | None = None,
    frames: "Mapping[str, Frame] | None" = None,
    connections: Mapping[str, str] | None = None,
    threads: int | None = None,
    memory: str | None = None,
    backend: "Backend | None" = None,
    spark: "Session | None" = None,
    allow_outside: bool = False,
) -> "Evaluation":
    """Check a spec and evaluate it against its data, and write nothing; the arguments are those of `run`.

    There is no value if the spec has errors, no data date is stated or a file could not be read. `frames` are read
    instead of the files of these tables. `backend` is an engine to use instead of the one that the spec calls for;
    whoever made it closes it; `spark` is a session of Spark to use instead, which stays as it is.
    """
    addresses = dict(connections or {})
    given = Given(dict(data or {}), dict(frames or {}), addresses, allow_outside, threads, memory, backend, spark)
    done = _evaluated(path, as_of, given)
    return Evaluation(done.outcome.value, done.outcome.diagnostics, done.exit_code)


@node
class Evaluation:
    """What an evaluation came to: everything in `value`, if there is any, and everything found on the way.

    `exit_code` is that of the command line. Of the frames there are none without a value.
    """

    value: "Outputs | None"
    diagnostics: tuple[Diagnostic, ...]
    exit_code: int

    @property
    def results(self) -> "Frame":
        """One row a metric, period and group; exact fractions beside floating-point values."""
        from acmspec.renderers import frames

        return frames.results(self._outputs)

    @property
    def payments(self) -> "Frame":
        """One row a provider, period and term; amounts are exact decimals."""
        from acmspec.renderers import frames

        return frames.payments(self._outputs)

    @property
    def quality(self) -> "Frame":
        """One row a table, provider, kind and rule: what became of the records."""
        from acmspec.renderers import frames

        return frames.quality(self._outputs)

    @property
    def _outputs(self) -> "Outputs":
        if self.value is None:
            errors = [one.message for one in self.diagnostics if one.severity is Severity.ERROR]
            raise ValueError(f"nothing was evaluated: {'; '.join(errors)}")
        return self.value


def run(  # noqa: PLR0913  (one keyword an option)
    path: str | Path,
    out: str | Path | None = None,
    *,
    as_of: date | None = None,
    data: Mapping[str, str | Path] | None = None,
    frames: "Mapping[str, Frame] | None" = None,
    connections: Mapping[str, str] | None = None,
    threads: int | None = None,
    memory: str | None = None,
    spark: "Session | None" = None,
    allow_outside: bool = False,
    watch: Watch = UNWATCHED,
) -> Run:
    """Check a spec, evaluate it against its data and write all outputs into a folder.

    Args:
        path: The spec file. Its data files are found relative to its folder.
        out: Where to write; `out/<contract id>` if not given.
        as_of: The data date; `contract.data_date` if not given.
        data: Files to read instead of the spec's own, by table.
        frames: Data frames to read instead of files, by table.
        connections: Addresses of databases instead of the spec's own, by connection; never with a password.
        threads: How many threads the engine may use; the results never depend on it.
        memory: How much memory the engine may use, such as "2GB"; what does not fit is put aside on the disk.
        spark: A session of Spark in which tables are looked up and the SQL runs, whatever address the spec has.
        allow_outside: Whether files that the spec names may lie outside its folder.
        watch: Who is told how far the work has come.
    """
    addresses = dict(connections or {})
    given = Given(dict(data or {}), dict(frames or {}), addresses, allow_outside, threads, memory, None, spark, watch)
    watch.expect(["checking"])
    watch.begin("checking")
    done = _evaluated(path, as_of, given)
    if done.outcome.value is None:
        return Run(None, done.outcome.diagnostics, done.exit_code)
    outputs = done.outcome.value
    watch.expect(["writing"])
    watch.begin("writing")
    written = _write(outputs, Path(out) if out is not None else Path("out") / outputs.program.contract_id)
    code = UNREADABLE if written.value is None else done.exit_code
    return Run(outputs, done.outcome.diagnostics + written.diagnostics, code, written.value or ())


@node
class _Evaluated:
    """Outputs, if any, all that was found on the way, and the exit code it calls for."""

    outcome: "Outcome[Outputs]"
    exit_code: int


def _evaluated(path: str | Path, as_of: date | None, given: Given) -> _Evaluated:
    checked = check(path, allow_outside=given.outside)
    if checked.value is None or not pipeline.is_sound(checked):
        code = UNREADABLE if is_unreadable(checked) else FOUND_ERRORS
        return _Evaluated(Outcome(None, checked.diagnostics), code)
    meaning, data_date = checked.value, as_of or checked.value.data_date
    usage = (*_usage(meaning, data_date, given.names), *given.misaddressed(meaning))
    found = checked.diagnostics + usage
    if data_date is None or has_errors(usage):
        return _Evaluated(Outcome(None, found), UNREADABLE)
    outcome = given.evaluate(meaning, data_date, Path(path).parent, VERSION)
    found += outcome.diagnostics
    if outcome.value is None:
        return _Evaluated(Outcome(None, found), UNREADABLE)
    return _Evaluated(Outcome(outcome.value, found), FOUND_ERRORS if has_errors(found) else CLEAN)


def _usage(meaning: "Program", data_date: date | None, data: Sequence[str]) -> tuple[Diagnostic, ...]:
    known = [store.name for store in meaning.stores]
    found = [
        UNKNOWN_DATA_NAME.at(None, f"the spec has no table “{name}”; it has {', '.join(known)}")
        for name in data
        if name not in known
    ]
    twice = [name for index, name in enumerate(data) if name in data[:index]]
    found += [GIVEN_TWICE.at(None, f"“{name}” is given as a file and as a frame") for name in twice]
    if data_date is None:
        found.append(NO_DATA_DATE.at(None, "no date says how far the data goes"))
    elif data_date < meaning.first:
        message = f"the data date {data_date} lies before the term, which begins on {meaning.first}"
        found.append(BEFORE_THE_TERM.at(None, message))
    return tuple(found)


def _write(outputs: "Outputs", folder: Path) -> Outcome[tuple[Path, ...]]:
    """Render everything first, then put all files in place together: no half-written output."""
    from acmspec.renderers import written
    from acmspec.renderers.placed import place

    renderers = written(outputs)
    named = replace(outputs, files=tuple(renderer.FILE for renderer in renderers))
    pages = [(renderer.FILE, renderer.render(named)) for renderer in renderers]
    try:
        return Outcome(place(folder, pages))
    except OSError as error:
        is_blocked = any(one.exists() and not one.is_dir() for one in (folder, *folder.parents))
        why = "a file stands where a folder should be" if is_blocked else error.strerror or str(error)
        return Outcome(None, (NOT_WRITTEN.at(None, f"cannot write to “{folder}”: {why}"),))
