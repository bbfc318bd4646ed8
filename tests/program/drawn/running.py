"""Checks a world with drawn formulas, takes back what is refused, and runs the rest on tiny tables to the end."""

from datetime import date
from pathlib import Path

from acmspec import api
from acmspec.ground.diagnostic import Diagnostic, Severity
from acmspec.ground.source import Span
from acmspec.renderers import RENDERERS
from tests.program.drawn.places import written

STAYS = Path(__file__).with_name("stays.csv").read_text(encoding="utf-8")
EVENTS = """\
event,client,officer,happened,stamped,reported,amount,grade,charge,kind
1,c1,o1,2025-02-01,2025-02-01 10:00,2025-02,$3000,1,theft,a
2,c1,,2025-02-01,2025-02-01 10:00,2025-02,1500,2,fraud,b
3,c2,o2,2025-06-30,,,,3,,
4,,o1,2025-07-01,,2025-07,5,,theft,a
5,c3,o1,,,,7,9,w,a
6,c3,o1,2024-12-31,2024-12-31 23:59,2024-12,2,2,theft,c
"""
CLIENTS = """\
client,race,born,income_limit,grace
c1,x,2000-02-29,1000,3
c2,,1960-01-01,,
c3,y,2024-12-31,0,0
"""
HOUSES = "provider,beds\nNorth,3\nSouth,\n"
BESIDE = {
    "grave.csv": "code,meaning\ntheft,Theft\nfraud,Fraud\n",
    "people.csv": "provider,year,persons\nNorth,2024,10\nNorth,2025,20\nSouth,2024,5\nSouth,2025,0\n",
    "ceiling.csv": "fiscal_year,amount\nFY2024,100\nFY2025,200.50\nFY2026,0\n",
}
TABLES = {"stays": STAYS, "events": EVENTS, "clients": CLIENTS, "houses": HOUSES}
DATA_DATE = date(2025, 11, 15)


def _shortened(text: str, seed: int) -> str:
    """A table whole, without records, or with its first alone."""
    lines = text.splitlines(keepends=True)
    return "".join(lines[: (len(lines), len(lines), 1, 2)[seed % 4]])


class Folder:
    """A folder with a spec, what lies beside it, and its data."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refused: list[str] = []
        for name, content in BESIDE.items():
            (path / name).write_text(content, encoding="utf-8")

    def check(self, text: str) -> tuple[Diagnostic, ...]:
        """The errors of a spec."""
        found = api.check_text(text, str(self.path / "spec.yaml")).diagnostics
        return tuple(one for one in found if one.severity is Severity.ERROR)

    def sound(self, formulas: dict[str, str], settings: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """The formulas that nothing is found in, and the settings they stand among; the others fall back to defaults.

        Every error has a place; one that lies in no formula takes them all back one by one.
        """
        kept = dict(formulas)
        self.refused = []
        while True:
            text = written(kept, settings)
            errors = self.check(text)
            self.refused += [f"{one.code} {one.path} {one.message}" for one in errors]
            if not errors:
                return kept, settings
            bad = {name for name, formula in kept.items() if any(_lies_in(one, text, formula) for one in errors)}
            for one in errors:
                assert one.place is not None, one
            if bad:
                kept = {name: formula for name, formula in kept.items() if name not in bad}
            elif kept:
                kept.popitem()
            else:
                settings = {}
                assert text != written({}, {}), [f"{one.code} {one.message}" for one in errors]

    def run(self, formulas: dict[str, str], settings: dict[str, str], seed: int) -> None:
        """Run a sound spec on tables whole, empty and short, and write what is written of it."""
        text = written(formulas, settings)
        (self.path / "spec.yaml").write_text(text, encoding="utf-8")
        for at, (name, content) in enumerate(TABLES.items()):
            (self.path / f"{name}.csv").write_text(_shortened(content, seed >> 2 * at), encoding="utf-8")
        outcome = api.evaluate(self.path / "spec.yaml", as_of=DATA_DATE, threads=1)
        assert outcome.value is not None, [f"{one.code} {one.message}" for one in outcome.diagnostics]
        assert not any(one.code.startswith("ACM9") for one in outcome.diagnostics), outcome.diagnostics
        for renderer in RENDERERS:
            assert renderer.render(outcome.value)


def _lies_in(one: Diagnostic, text: str, formula: str) -> bool:
    place = one.place
    if not isinstance(place, Span):
        return False
    at = text.find(formula)
    while at >= 0:
        if at <= place.start and place.end <= at + len(formula):
            return True
        at = text.find(formula, at + 1)
    return False
