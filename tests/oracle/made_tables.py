"""Records as strategies, small enough that collisions, ties, gaps and boundaries happen all the time."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Record = list[str]
Data = dict[str, list[Record]]

DAYS = [
    *(date(2025, month, day) for month in range(1, 8) for day in (1, 2, 15, 28)),
    date(2024, 12, 31), date(2025, 1, 31), date(2025, 3, 31), date(2025, 4, 30), date(2025, 6, 30), date(2025, 7, 31),
]  # fmt: skip
CLIENTS = ["c1", "c2", "c3", "c4"]
PROVIDERS = ["North", "South", "East"]
HEADERS = {
    "stays": [
        "stay_id",
        "client_id",
        "provider",
        "kind",
        "entered",
        "left",
        "score",
        "fee",
        "flag",
        "loaded",
        "came",
        "went",
        "billed",
        "planned",
        "paused",
        "notice",
    ],
    "events": ["event_id", "client_id", "happened", "grade"],
    "clients": ["client_id", "race", "born", "helped_by"],
    "calls": ["caller", "line", "callee", "called", "lasted", "urgent"],
    "houses": ["provider", "opened", "closed", "county"],
}


def one(*texts: str) -> SearchStrategy[str]:
    return st.sampled_from(texts)


DAY = st.sampled_from(DAYS)
_LEFT = st.sampled_from([None, 0, 1, 13, 14, 15, 30, 90]) | DAY
"""How long a stay lasts, or the day it ended."""
DIRT = st.sampled_from(
    [
        ("left", "2025-02-30"),
        ("kind", "zz"),
        ("score", "1.5"),
        ("entered", ""),
        ("left", "soon"),
        ("fee", "x"),
        ("entered", ""),
        ("fee", "€3"),
    ]
)


def _stay(entered: date, left: object, loaded: int, texts: tuple[str, ...]) -> Record:
    client, provider, kind, score, fee, flag, *more = texts
    if isinstance(left, int):
        left = entered + timedelta(days=left)
    known = (entered + timedelta(days=loaded)).isoformat()
    return [
        client,
        provider,
        kind,
        entered.isoformat(),
        "" if left is None else left.isoformat(),
        score,
        fee,
        flag,
        known,
        *more,
    ]


MOMENT = one(
    "2025-03-30 01:30", "2025-03-29 02:30", "2025-03-30T03:00:00.5", "2025-04-01 02:00", "2025-03-01 00:00", ""
)
STAY = st.builds(
    _stay,
    DAY,
    _LEFT,
    st.sampled_from([0, 5, 60]),
    st.tuples(
        one(*CLIENTS, "c9", ""),
        one(*PROVIDERS, "north"),
        one("a", "b", "c", "", "99", "A"),
        one("1", "0", "2", "3", "-1", ""),
        one("1.5", "0", "0.50", "$2.25", "3", ""),
        one("true", "no", "1", "FALSE"),
        MOMENT,
        MOMENT,
        one("2025-03", "2025-02", "2024-12", ""),
        one("14", "0", "30", "-1", ""),
        one("90", "0", "2", ""),
        one("2", "0", "1", "14", ""),
    ),
)
EVENT = st.tuples(one(*CLIENTS, ""), st.just("") | DAY.map(date.isoformat), one("1", "2", "3", "")).map(list)
CALL = st.tuples(one(*CLIENTS), one(*CLIENTS, "c9", ""), MOMENT, one("90", "120", "0", "45", ""), one("yes", "no")).map(
    list
)
HOUSE = st.tuples(one("2024-01-01", "2025-03-15", ""), one("", "2025-02-28", "2025-12-31"), one("E", "W", "")).map(list)
CLIENT = st.tuples(one("x", "y", ""), one("1980-05-05", "2025-02-28", ""), one(*PROVIDERS, "West", "")).map(list)


def _numbered(records: list[Record]) -> list[Record]:
    return [[str(number), *record] for number, record in enumerate(records, start=1)]


def _called(records: list[Record]) -> list[Record]:
    """Calls, those of one caller numbered."""
    return [[caller, str(line), *more] for line, (caller, *more) in enumerate(records, start=1)]


def _spoilt(
    stays: list[Record],
    twins: list[int],
    dirt: list[tuple[int, tuple[str, str]]],
    twice: list[tuple[int, bool]],
) -> list[Record]:
    """Stays with some that are alike, some cells that are wrong, some rows that stand twice, not always the same."""
    found = [list(record) for record in stays]
    for place in twins if found else ():
        found.append([str(len(found) + 1), *found[place % len(stays)][1:]])
    for place, (column, text) in dirt if found else ():
        found[place % len(found)][HEADERS["stays"].index(column)] = text
    for place, is_other in twice if found else ():
        double = list(found[place % len(found)])
        double[6] = "4" if is_other else double[6]
        found.append(double)
    return found


_MANY = st.lists(STAY, min_size=8, max_size=14)
STAYS = st.builds(
    _spoilt,
    (st.lists(STAY, max_size=3) | _MANY | _MANY).map(_numbered),
    st.just([]) | st.just([]) | st.lists(st.integers(0, 9), max_size=2),
    st.just([]) | st.just([]) | st.lists(st.tuples(st.integers(0, 9), DIRT), max_size=2),
    st.just([])
    | st.just([])
    | st.just([])
    | st.lists(st.tuples(st.integers(0, 9), st.sampled_from([False, False, True])), max_size=1),
)


def lately(day: date) -> SearchStrategy[list[Record]]:
    """Stays that end one soon after the other, in the weeks before a day, or not yet."""
    ended = st.builds(_ended, st.just(day), st.sampled_from([0, 1, 6, 7, 8, 15, 20, 29, 30, 31, 40, 45, 60, None]),
                      st.sampled_from([0, 1, 7, 14, 30, 90]), STAY)  # fmt: skip
    return st.lists(ended, min_size=3, max_size=10).map(_numbered)


def _ended(day: date, ago: int | None, long: int, stay: Record) -> Record:
    left = day - timedelta(days=ago or 0)
    entered, place = left - timedelta(days=long), HEADERS["stays"].index("entered") - 1
    days = [entered.isoformat(), "" if ago is None else left.isoformat()]
    return [*stay[:place], *days, *stay[place + 2 :]]


DATA: SearchStrategy[Data] = st.fixed_dictionaries({
    "stays": STAYS.flatmap(st.permutations) | STAYS,
    "events": st.lists(EVENT, max_size=10).map(_numbered),
    "clients": st.lists(CLIENT, min_size=2, max_size=4).map(
        lambda some: [[name, *record] for name, record in zip(CLIENTS, some, strict=False)]),
    "calls": st.lists(CALL, max_size=6).map(_called),
    "houses": st.lists(HOUSE, min_size=2, max_size=4).map(
        lambda some: [[name, *record] for name, record in zip([*PROVIDERS, "West"], some, strict=False)]),
})  # fmt: skip
