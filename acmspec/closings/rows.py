"""Which files a run rests on, as they are frozen with its closing, and how they are read again from there."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from acmspec.facts.tree import DataFile, TableQuality
from acmspec.ground.diagnostic import Diagnostic, Outcome
from acmspec.ground.node import node
from acmspec.ledger.tree import Origin
from acmspec.report.outputs import Outputs
from acmspec.vault.frozen import NOT_FROZEN, Kept

_INDEX = "index.json"
_FOLDER = "spec"
_GIVEN = "given"


@node
class Thawed:
    """What was unpacked: the spec, and the tables that are read from other files than it names."""

    spec: Path
    data: Mapping[str, Path]


def origins(outputs: Outputs) -> tuple[Origin, ...]:
    """Every file that a run rests on, with its hash; no machine's folders show."""
    tables = [one for table in outputs.results.tables for one in _of_table(table)]
    beside = [
        Origin(one.path, "beside the spec", _shown(one.file), one.sha256, one.records)
        for one in outputs.program.spec.enclosures
    ]
    return (*tables, *beside)


def _of_table(table: TableQuality) -> Iterator[Origin]:
    for one in table.files:
        yield Origin(table.name, "records", _shown(one.file), one.sha256, one.records)
    for key, one in table.beside:
        yield Origin(table.name, key, _shown(one.file), one.sha256, one.records)


def _shown(file: str) -> str:
    path = PurePath(file)
    return path.name if path.is_absolute() or ".." in path.parts else file


def kept(outputs: Outputs, folder: Path, given: Mapping[str, str | Path]) -> Outcome[tuple[Kept, ...]]:
    """The files to freeze: the spec, what lies beside it, the tables and what is told of their records."""
    source = outputs.program.spec.source
    name = Path(source.name).name
    found = [Kept(f"{_FOLDER}/{name}", None, "", source.text.encode())]
    faults: list[Diagnostic] = []
    data: dict[str, str] = {}
    for one in outputs.program.spec.enclosures:
        place = _inside(one.file)
        found += [Kept(f"{_FOLDER}/{place}", folder / one.file, one.sha256)] if place else []
        faults += [] if place else [NOT_FROZEN.at(None, f"“{one.file}” lies outside the folder of the spec")]
    for table in outputs.results.tables:
        files, instead = _files(table, folder, table.name in given)
        if files is None:
            said = f"the records of “{table.name}” lie in several files outside the folder of the spec"
            faults.append(NOT_FROZEN.at(None, said, path=f"data.{table.name}"))
            continue
        found += files
        data |= {table.name: instead} if instead else {}
    if faults:
        return Outcome(None, tuple(faults))
    index = json.dumps({"spec": f"{_FOLDER}/{name}", "data": data}, ensure_ascii=False, indent=1) + "\n"
    once = {one.name: one for one in found}
    return Outcome((*once.values(), Kept(_INDEX, None, "", index.encode())))


def _files(table: TableQuality, folder: Path, is_given: bool) -> tuple[list[Kept] | None, str]:
    """A table's files as they are kept, and what is to be read instead of those that the spec names."""
    beside = [_own(one, folder) for _, one in table.beside]
    own = [] if is_given else [_own(one, folder) for one in table.files]
    if not is_given and None not in own:
        return (None, "") if None in beside else ([one for one in (*own, *beside) if one], "")
    places = {Path(one.file).parent for one in table.files}
    if len(table.files) == 0 or len(places) > 1 or None in beside or any(not one.sha256 for one in table.files):
        return None, ""
    at = f"{_GIVEN}/{table.name}"
    base = Path() if is_given else folder
    files = [Kept(f"{at}/{PurePath(one.file).name}", base / one.file, one.sha256) for one in table.files]
    if len(table.files) > 1 and not is_given:
        return None, ""
    pattern = f"{at}/*" if len(files) > 1 else files[0].name
    return [*files, *(one for one in beside if one)], pattern


def _own(one: DataFile, folder: Path) -> Kept | None:
    place = _inside(one.file)
    return Kept(f"{_FOLDER}/{place}", folder / one.file, one.sha256) if place and one.sha256 else None


def _inside(file: str) -> str:
    """The path of a file below the folder of the spec; "" if it lies elsewhere."""
    path = PurePath(file)
    return "" if path.is_absolute() or ".." in path.parts else path.as_posix()


def thawed(folder: Path) -> Thawed:
    """What an unpacked archive holds."""
    index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
    return Thawed(folder / index["spec"], {name: folder / place for name, place in index["data"].items()})
