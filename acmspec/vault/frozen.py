"""The files that a closing rests on, frozen in one archive that is always the same for the same files, and thawed."""

import io
import tarfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem
from acmspec.ground.node import node
from acmspec.vault.book import put
from acmspec.vault.sealed import WrongKeyError, opened, seal

NO_KEY = Problem(
    "ACM732",
    "no passphrase for the rows",
    "The rows that a closing rests on tell of people, and are kept encrypted. The passphrase never stands in a spec "
    "or on the command line.",
    "Set the environment variable that the message names to a long passphrase that more than one person can get at.",
    "Records on which a closing rests must be kept encrypted.",
)
WRONG_KEY = Problem(
    "ACM733",
    "rows that can't be opened",
    "The passphrase is not the one that they were encrypted with, or their file was changed.",
    "Set the environment variable to the passphrase of that closing, or restore the file.",
    "Records on which a closing rests must be kept as they were.",
)
NO_ROWS = Problem(
    "ACM734",
    "rows that are not there",
    "The rows of a closing lie outside of version control, in a file named after its number.",
    "Restore the file from where it is kept, or name its folder with --rows.",
    "Records on which a closing rests must be kept until their retention date.",
)
NOT_FROZEN = Problem(
    "ACM735",
    "rows that can't be frozen",
    "A closing can be repeated only if all that it rests on is kept with it, and this can’t be.",
    "Put the files into the folder of the spec, or give the table as one file with --data NAME=PATH.",
    "A closing must rest on records that can be kept.",
)
MOVED = Problem(
    "ACM736",
    "a file that changed during a closing",
    "It was written anew after it had been read, so that the rows to be kept are not those that were counted.",
    "Close the period again when nobody writes the file.",
    "A data file must not be changed once it was delivered.",
)
PROBLEMS = (NO_KEY, WRONG_KEY, NO_ROWS, NOT_FROZEN, MOVED)

_PIECE = 1 << 20


@node
class Kept:
    """One file to freeze: its name in the archive, where it lies, and its SHA-256; or its bytes, if it lies nowhere."""

    name: str
    path: Path | None
    sha256: str
    content: bytes = b""


def freeze(files: Sequence[Kept], into: IO[bytes]) -> str | Diagnostic:
    """Write the archive of some files, in order of their names, and give its SHA-256."""
    with tarfile.open(fileobj=into, mode="w", format=tarfile.PAX_FORMAT, encoding="utf-8") as archive:
        for one in sorted(files, key=lambda kept: kept.name):
            with _stream(one) as file:
                size = file.seek(0, io.SEEK_END)
                file.seek(0)
                if one.path is not None and _digest(file) != one.sha256:
                    said = f"“{one.name}” is not what it was when it was read"
                    return MOVED.at(DataPlace(one.name), said)
                file.seek(0)
                told = tarfile.TarInfo(one.name)
                told.size, told.mode = size, 0o600
                archive.addfile(told, file)
    into.seek(0)
    return _digest(into)


def _digest(file: IO[bytes]) -> str:
    hashed = sha256()
    while piece := file.read(_PIECE):
        hashed.update(piece)
    return hashed.hexdigest()


def _stream(one: Kept) -> IO[bytes]:
    return io.BytesIO(one.content) if one.path is None else one.path.open("rb")


def keep(place: Path, plain: IO[bytes], digest: str, passphrase: str) -> None:
    """Encrypt an archive into a file."""
    plain.seek(0)
    put(place, seal(plain, digest, passphrase))


def thaw(place: Path, shown: str, digest: str, passphrase: str, into: Path) -> Diagnostic | None:
    """Unpack the archive of a closing into a folder, if its hash is the one of the ledger; else say what is wrong."""
    if not place.is_file():
        return NO_ROWS.at(DataPlace(shown), f"“{shown}” is not there")
    hashed = sha256()
    try:
        with place.open("rb") as file, TemporaryFile() as plain:
            for piece in opened(file, passphrase):
                hashed.update(piece)
                plain.write(piece)
            if hashed.hexdigest() != digest:
                return WRONG_KEY.at(DataPlace(shown), f"“{shown}” holds other rows than the ledger says")
            plain.seek(0)
            _unpack(plain, into)
    except WrongKeyError:
        return WRONG_KEY.at(DataPlace(shown), f"“{shown}” can’t be opened with this passphrase")
    return None


def _unpack(plain: IO[bytes], into: Path) -> None:
    with tarfile.open(fileobj=plain, mode="r", encoding="utf-8") as archive:
        for one in archive:
            found, place = archive.extractfile(one), (into / one.name).resolve()
            if found is None or not place.is_relative_to(into.resolve()):
                raise ValueError(f"an archive of rows holds {one.name!r}, which no closing puts there")
            place.parent.mkdir(parents=True, exist_ok=True)
            with found, place.open("wb") as file:
                copyfileobj(found, file)
