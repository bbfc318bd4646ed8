"""A seeded source of choices, and the names that a formula can use of the records in sight."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.english.kinds import Kinds

Made = Callable[[], str]


@dataclass(frozen=True)
class Record:
    """A record in sight: its table, and what stands before its names."""

    table: str
    before: str = ""


Sight = tuple[Record, ...]


class Chooser:
    """Makes choices; the same seed makes the same ones."""

    def __init__(self, seed: int, kinds: Kinds) -> None:
        self.random = random.Random(seed)  # noqa: S311  (tests, not secrets)
        self.kinds = kinds

    def one(self, *some: str) -> str:
        return self.random.choice(some)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def made(self, *some: tuple[int, Made]) -> str:
        """The text that one of some makers makes, each with a weight."""
        (chosen,) = self.random.choices([one for _, one in some], [weight for weight, _ in some])
        return chosen()

    # --- names ------------------------------------------------------------------------------------------------

    def name(self, kind: str, sight: Sight) -> str | None:
        """The name of a value of a kind, of some record in sight, that means one thing."""
        at = 0 if len(sight) == 1 or self.chance(0.6) else self.random.randrange(len(sight))
        found = [one for one in self.kinds.of(sight[at].table, kind) if not self.is_taken(one, at, sight)]
        return f"{sight[at].before}{self.random.choice(found)}" if found else None

    def is_taken(self, name: str, at: int, sight: Sight) -> bool:
        """Whether a bare name would be one of another record as well."""
        first = name.partition(".")[0]
        others = [one for place, one in enumerate(sight) if place != at and not one.before]
        return not sight[at].before and any(self.kinds.names.is_name(one.table, first) for one in others)

    def way(self, sight: Sight) -> str | None:
        """A path to another record."""
        found = [one for one in self.kinds.ways[sight[0].table] if not self.is_taken(one, 0, sight)]
        return f"{sight[0].before}{self.random.choice(found)}" if found else None

    def calendar(self) -> str:
        """` of` a calendar; the only one need not be named."""
        some = [f" of {one}" for one in self.kinds.calendars]
        return self.one(*some, *([""] if len(some) == 1 else []))


def quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'
