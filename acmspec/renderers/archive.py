"""Zip archives, such as office files, whose bytes depend on their content alone; what they hold is not known here."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive of files, with sorted names and one date."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        # The list of content types must come first for some readers.
        for name in sorted(files, key=lambda one: (one != "[Content_Types].xml", one)):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, files[name])
    return made.getvalue()
