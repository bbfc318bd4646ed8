"""What a run was made of, `manifest.json`: versions, hashes, counts, the data date; nothing that varies between runs.

Files are named as the spec names them, or by their base name where another file was read: no machine's folders show.
"""

import json
from pathlib import PurePath

from acmspec.facts.tree import DataFile, TableQuality
from acmspec.ground import zones
from acmspec.program.tree import Program
from acmspec.report.outputs import Outputs
from acmspec.spec.enclosures import Enclosure

FILE = "manifest.json"
VERSION = 1
"""The version of the file's form; it changes when a reader must."""


def render(outputs: Outputs) -> bytes:
    """The whole file, UTF-8, indented, its keys always in the same order."""
    program, results = outputs.program, outputs.results
    page = {
        "acmspec_manifest": VERSION,
        "acmspec": outputs.version,
        **({"time_zones": zones.version()} if program.spec.contract.timezone else {}),
        "contract": program.contract_id,
        "data_date": results.data_date.isoformat(),
        "spec": {"file": _base(program.spec.source.name), "sha256": outputs.spec_sha256},
        "enclosed": [_enclosure(one) for one in program.spec.enclosures],
        "data": [_table(program, one) for one in results.tables],
        "outputs": list(outputs.files),
    }
    return (json.dumps(page, ensure_ascii=False, indent=2) + "\n").encode()


def _enclosure(one: Enclosure) -> dict[str, object]:
    named = _base(one.file) if PurePath(one.file).is_absolute() else one.file
    return {"for": one.path, "file": named, "sha256": one.sha256, "records": one.records}


def _table(program: Program, one: TableQuality) -> dict[str, object]:
    written = next(store.file for store in program.stores if store.name == one.name)
    as_written = one.file == written and not PurePath(written).is_absolute()
    return {
        "table": one.name,
        "file": written if as_written else _base(one.file),
        # A table of a database is no file, and goes on.
        **({"sha256": one.sha256} if one.sha256 else {}),
        "records": one.read,
        "used": one.used,
        **{key: _file(each) for key, each in one.beside},
        **({"files": [_file(each) for each in one.files]} if len(one.files) > 1 else {}),
    }


def _file(one: DataFile) -> dict[str, object]:
    named = _base(one.file) if PurePath(one.file).is_absolute() else one.file
    return {"file": named, "sha256": one.sha256, "records": one.records}


def _base(name: str) -> str:
    return PurePath(name).name
