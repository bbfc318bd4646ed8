"""Writes schemas/acmspec.schema.json: `python -m tools.build_schema`."""

import json
from pathlib import Path

from acmspec.kinds import KINDS
from acmspec.spec.schema import schema

TARGET = Path(__file__).parents[1] / "schemas" / "acmspec.schema.json"


def text() -> str:
    """The schema of the spec language with all kinds on the shelves, as it stands in the file."""
    return json.dumps(schema(KINDS), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text(), encoding="utf-8")
    print(f"wrote {TARGET.name}")
