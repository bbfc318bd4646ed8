"""The file of a ledger: one writer at a time, and a new text in place of the old one or none; it reads no closing."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from acmspec.ground.diagnostic import DataPlace, Diagnostic, Problem

LEDGER = "ledger.txt"
_LOCK = ".lock"
_ASIDE = ".aside"
_IGNORED = (".gitignore", f"{_LOCK}\n*{_ASIDE}\nrows/\n")
_AS_IT_IS = (".gitattributes", f"{LEDGER} -text\n")
"""No program may change the ends of its lines."""

AT_WORK = Problem(
    "ACM730",
    "two closings at once",
    "Another closing of this contract is being written, and each rests on the one before.",
    "Wait until the other closing is done, look at the ledger, and try again.",
    "Periods must be closed one after the other.",
)
NOT_KEPT = Problem(
    "ACM731",
    "a closing that could not be written",
    "The folder of the ledger can’t be written to; what was certified before stays as it is.",
    "Free space and permissions there, or name another folder with --ledger.",
    "A closing that could not be stored was not certified.",
)
PROBLEMS = (AT_WORK, NOT_KEPT)


class BusyError(Exception):
    """Somebody else is writing the ledger."""


def read(folder: Path) -> bytes | None:
    """The bytes of the ledger in a folder, None where there is none yet."""
    try:
        return (folder / LEDGER).read_bytes()
    except FileNotFoundError:
        return None


def certificate(folder: Path, number: int) -> Path:
    """Where the certificate of a closing lies."""
    return folder / "certificates" / f"{number:04}.md"


def last_certificate(folder: Path) -> int:
    """The highest number of a certificate, 0 if there is none. A closing has one only after it is in the ledger."""
    names = (one.stem for one in certificate(folder, 0).parent.glob("*.md"))
    return max((int(one) for one in names if one.isascii() and one.isdigit()), default=0)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every other writer out; `BusyError` if one is there. A lock goes with the program that holds it.

    Folders that were made for a ledger go again where none was written into them.
    """
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / _LOCK
    with lock.open("ab") as file:
        # A writer that was refused may have removed what was opened here.
        if not _locked(file.fileno()) or not _is_in_place(lock, file.fileno()):
            raise BusyError
        try:
            yield
        finally:
            if made and not (folder / LEDGER).exists():
                _clear(lock, made)


def _is_in_place(lock: Path, file: int) -> bool:
    """Whether a lock is still the one that others find."""
    return lock.exists() and os.path.samestat(lock.stat(), os.fstat(file))


def _clear(lock: Path, made: Sequence[Path]) -> None:
    """Remove a lock that is held, and the folders, from the inmost on, that hold nothing else."""
    if sys.platform == "win32":
        return  # no program can remove there what is open
    if any(one != lock for one in lock.parent.iterdir()):
        return
    lock.unlink()
    for folder in made:
        if any(folder.iterdir()):
            return
        folder.rmdir()


def append(folder: Path, old: bytes, added: bytes) -> None:
    """Put the old text with what is added in place of the ledger, all at once: a kill leaves the one or the other."""
    for name, content in (_IGNORED, _AS_IT_IS):
        if not (folder / name).exists():
            put(folder / name, (content.encode(),))
    put(folder / LEDGER, (old, added))


def put(path: Path, parts: Sequence[bytes] | Iterator[bytes]) -> None:
    """Write a file aside, down to the disk, and put it in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(path.name + _ASIDE)
    with aside.open("wb") as file:
        for one in parts:
            file.write(one)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    _flush(path.parent)


def _flush(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk, where the system can do so."""
    if sys.platform == "win32":
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _locked(file: int) -> bool:
    """Whether the file could be locked for this program alone."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def not_kept(folder: Path, error: OSError) -> Diagnostic:
    """What is said where something could not be written."""
    return NOT_KEPT.at(DataPlace(str(folder)), f"cannot write to “{folder}”: {error.strerror or error}")
