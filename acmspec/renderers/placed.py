"""Files put into a folder together, all or none; it knows nothing of what is in them."""

from collections.abc import Sequence
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory


def place(folder: Path, files: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write files by name into a folder, which is made if need be; the old ones stay if anything stops it.

    Raises `OSError` if the folder can't be made or written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".acmspec-", dir=folder) as name:
        fresh, old = Path(name) / "fresh", Path(name) / "old"
        fresh.mkdir()
        old.mkdir()
        for one, content in files:
            (fresh / one).write_bytes(content)
            if (folder / one).exists():
                copy(folder / one, old / one)
        try:
            for one, _ in files:
                (fresh / one).replace(folder / one)
        except BaseException:
            for one, _ in files:
                _restore(folder / one, fresh / one, old / one)
            raise
    return tuple(folder / one for one, _ in files)


def _restore(place: Path, fresh: Path, old: Path) -> None:
    """Undo what was done for one file; what is still among the fresh ones was never placed."""
    if fresh.exists():
        return
    if old.exists():
        old.replace(place)
    else:
        place.unlink(missing_ok=True)
