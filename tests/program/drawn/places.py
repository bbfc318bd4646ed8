"""Every place of the world where a formula stands, what is drawn for it, and its sound default."""

from dataclasses import dataclass
from pathlib import Path

from tests.program.drawn.formulas import Formulas, Seen

WORLD = (Path(__file__).with_name("world.yaml")).read_text(encoding="utf-8")
STAY = (Seen("stays"),)


@dataclass(frozen=True)
class Place:
    """One place: its name in the world, where it stands in a spec, its default."""

    name: str
    path: str
    default: str

    def drawn(self, formulas: Formulas) -> str:
        """A formula of the sort that belongs there."""
        return _DRAWN.get(self.name, _condition)(formulas)


def _condition(formulas: Formulas) -> str:
    return formulas.value("condition", STAY, 3)


def _band(formulas: Formulas) -> str:
    return formulas.value(formulas.one("number", "days", "money", "months", "date"), STAY, 2)


def _edge(formulas: Formulas) -> str:
    return formulas.one("0", "1", "$5", "2025-01-01", "30 days", "2 months", "-3")


def _when(formulas: Formulas) -> str:
    return formulas.one(
        f"dated {formulas.value('date', STAY, 2)}",
        f"open on {formulas.value('date', STAY, 1)}",
        f"active {formulas.anchored(formulas.value('date', STAY, 1), STAY, 1)}",
        "every period",
    )


def _group(formulas: Formulas) -> str:
    formulas.sorts.pop("drawn_group")
    sort = formulas.sorts["drawn_group"] = formulas.one("group number", "group money", "group number")
    return formulas.group(sort, 3)


def _metric(formulas: Formulas) -> str:
    return formulas.group(formulas.one("group number", "group number", "group money"), 3)


def _outcome(formulas: Formulas) -> str:
    function = formulas.one("count({0} where {1})", "count({0})", "share({1} over {0})")
    return function.format(formulas.one("leavers", "stays", "drawn_set", "stock"), formulas.value("condition", STAY, 2))


def _lasting(formulas: Formulas) -> str:
    """What is measured at each interval in turn: most say somewhere how long it is."""
    stretch = formulas.one("lasts interval", "left within interval after entered", "none(other stays as later for same "
                           "client where later.entered within interval after left)")  # fmt: skip
    also = f"{stretch} and {formulas.value('condition', STAY, 1)}"
    condition = formulas.one(stretch, also, formulas.value("condition", STAY, 2))
    return f"count({formulas.one('leavers', 'stays', 'drawn_set')} where {condition})"


def _defined(formulas: Formulas, name: str, sight: tuple[Seen, ...]) -> str:
    """The formula of a definition, which others may name from here on."""
    formulas.sorts.pop(name)
    sort = formulas.one(
        "condition", "condition", "text", "entity", "month", "quarter", "number" if formulas.wild else "text"
    )
    text = formulas.value(sort, sight, 3)
    formulas.sorts[name] = sort
    return text


_DRAWN = {
    "record": lambda formulas: _defined(formulas, "own", STAY),
    "client": lambda formulas: _defined(formulas, "of_client", (Seen("clients"),)),
    "band": _band,
    "edge": _edge,
    "when": _when,
    "group": _group,
    "metric": _metric,
    "referral": lambda formulas: formulas.group("group number", 2),
    "outcome": _outcome,
    "reached": lambda formulas: formulas.value("date", STAY, 2),
    "lasting": _lasting,
    "interval": _outcome,
}
PLACES = (
    Place("check", "data.*.checks.*", "left is missing or left >= entered"),
    Place("record", "definitions.*.formula", "kind"),
    Place("client", "definitions.*.formula", "race"),
    Place("band", "definitions.*.bands.value", "nights"),
    Place("edge", "definitions.*.bands.from.*", "0"),
    Place("when", "cohorts.*.when", "dated entered"),
    Place("where", "cohorts.*.where", "flag"),
    Place("exclude", "cohorts.*.exclude.*.when", 'kind = "shelter"'),
    Place("group", "definitions.*.formula", "count(stays)"),
    Place("metric", "metrics.*.formula", "share(flag over stays)"),
    Place("exception", "metrics.*.exceptions.*.when", 'kind = "shelter"'),
    Place("part", "metrics.*.parts.*", 'kind = "home"'),
    Place("referral", "referral.checks.*.formula", "share(flag over stays)"),
    Place("outcome", "incentives.terms.*.outcome", "count(leavers where flag)"),
    Place("reached", "incentives.terms.*.reached", "left"),
    Place("event", "incentives.terms.*.where", 'kind = "home"'),
    Place("unless", "incentives.terms.*.unless", 'kind = "home"'),
    Place("lasting", "incentives.terms.*.outcome", "count(stays where lasts interval)"),
    Place("interval", "incentives.terms.*.intervals.*.outcome", "count(stays where flag)"),
)
SETTINGS = {
    "every": ("month", "quarter", "quarter", "fiscal quarter", "year", "half year", "week",
              "{dates: [2025-03-31, 2025-06-30]}",
              "{periods: {spring: {from: 2025-03-01, to: 2025-05-31}, autumn: {from: 2025-09-01, to: 2025-10-31}}}"),
    "window": ("period", "period", "rolling 6 months", "rolling 30 days", "year to date", "since start"),
    "minimum": ("0", "0", "2"),
    "maturity": ("all records", "each record", "judge now"),
    "breakdown": ("provider", "provider, own", "banded", "kind", "client.race", "[provider, kind]", "billed"),
}  # fmt: skip


def written(formulas: dict[str, str], settings: dict[str, str]) -> str:
    """The world with formulas in some places, each on lines of its own, and the defaults in the others."""
    text = WORLD
    for place in PLACES:
        value = formulas.get(place.name, place.default).replace("\n", " ")
        quoted = value if place.name == "edge" else f">-\n          {value}"
        text = text.replace(f"«{place.name}»", quoted)
    for name, some in SETTINGS.items():
        text = text.replace(f"«{name}»", settings.get(name, some[0]))
    return text
