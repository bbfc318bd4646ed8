"""How each thing in an entry is written as one line of text, and read again: a word and its values in a fixed order."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from acmspec.ground.exact import fixed
from acmspec.ground.node import node
from acmspec.ledger.tree import (
    Accrued,
    Balance,
    Certified,
    Change,
    Counts,
    Due,
    Held,
    Made,
    Opened,
    Origin,
    Paid,
    Signed,
    Span,
    Why,
)

_CENTS = 2


@node
class _Form:
    """How one kind of value is written and read; what `may_lack` is left out where it is None, and ends its line."""

    write: Callable[[Any], object]
    read: Callable[[Any], object]
    may_lack: bool = False


def _money(text: str) -> Fraction:
    if text[-3:-2] != ".":
        raise ValueError(text)
    return Fraction(int(text[:-3] + text[-2:]), 100)


def _cents(amount: Fraction) -> str:
    if (amount * 100).denominator != 1:
        raise ValueError(f"{amount} is not in whole cents")
    return fixed(amount, _CENTS)


def _exact(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(int(above), int(below or "1"))


def _maybe(form: _Form) -> _Form:
    return _Form(
        lambda value: None if value is None else form.write(value),
        lambda value: None if value is None else form.read(value),
    )


def _same(value: object) -> object:
    return value


def _counts(found: Counts) -> list[object]:
    of = (_EXACT.write(found.numerator), _EXACT.write(found.denominator))
    result = (_EXACT.write(found.value), _EXACT.write(found.paid))
    against = [_EXACT.write(one) for one in found.against]
    return [*of, found.n, found.immature, found.unjudged, found.disputed, *result, *against]


def _counted(found: list[Any]) -> Counts:
    numerator, denominator, n, immature, unjudged, disputed, *result = found
    top, bottom, *read = (_EXACT.read(one) for one in (numerator, denominator, *(result or (None, None))))
    value, paid, *against = read
    return Counts(top, bottom, n, immature, unjudged, disputed, value, paid, tuple(against))  # type: ignore[arg-type]


_SAME = _Form(_same, _same)
_DAY = _Form(date.isoformat, date.fromisoformat)
_MONEY = _Form(_cents, _money)
_EXACT = _maybe(_Form(str, _exact))
_PERHAPS = replace(_EXACT, may_lack=True)
_TEXTS = _Form(list, tuple)
_PAIRS = _Form(dict, lambda found: tuple(found.items()))
_COUNTS = _maybe(_Form(_counts, _counted))
_WHYS = _Form(lambda some: [[one.reason, one.records] for one in some], lambda some: tuple(Why(*one) for one in some))

_LINE = {"provider": _SAME, "term": _SAME, "period": _SAME}
FORMS: dict[type, tuple[str, dict[str, _Form]]] = {
    Span: ("period", {"name": _SAME, "first": _DAY, "last": _DAY, "as_of": _DAY}),
    Made: (
        "made",
        {"currency": _SAME, "version": _SAME, "spec_sha256": _SAME, "rows_sha256": _SAME, "keep_until": _DAY},
    ),
    Signed: ("signed", {"preparer": _SAME, "reviewer": _SAME, "certifier": _SAME}),
    Origin: ("origin", {"table": _SAME, "role": _SAME, "file": _SAME, "sha256": _SAME, "records": _SAME}),
    Opened: ("opened", {**_LINE, "last": _DAY, "amount": _MONEY, "waits": _SAME, "paid": _PERHAPS}),
    Certified: (
        "line",
        {
            **_LINE, "last": _DAY, "state": _SAME, "amount": _MONEY, "waits": _SAME, "basis": _SAME,
            "derivation": _TEXTS, "counts": _COUNTS,
        },
    ),
    Change: (
        "change",
        {
            "closing": _SAME, **_LINE, "last": _DAY, "was": _MONEY, "now": _MONEY, "posted": _MONEY, "state": _SAME,
            "waits": _SAME, "why": _WHYS, "rule": _SAME, "counts": _COUNTS,
        },
    ),
    Held: ("held", {"provider": _SAME, "amount": _MONEY, "basis": _SAME}),
    Paid: ("paid", {"provider": _SAME, "on": _DAY, "amount": _MONEY, "reference": _SAME}),
    Due: (
        "due",
        {
            "provider": _SAME, "fiscal_year": _SAME, "references": _PAIRS, "lines": _MONEY, "changes": _MONEY,
            "held": _MONEY, "amount": _MONEY,
        },
    ),
    Balance: ("balance", {"provider": _SAME, "certified": _MONEY, "paid": _MONEY, "open": _MONEY}),
    Accrued: ("accrued", {**_LINE, "basis": _SAME, "least": _MONEY, "most": _maybe(_MONEY)}),
}  # fmt: skip
_BY_WORD = {word: (kind, tuple(forms), tuple(forms.values())) for kind, (word, forms) in FORMS.items()}


def write(row: object) -> str:
    """The line of something, without its end."""
    word, forms = FORMS[type(row)]
    said = ((name, form.write(getattr(row, name)), form.may_lack) for name, form in forms.items())
    values = {name: value for name, value, may_lack in said if value is not None or not may_lack}
    return f"{word} {json.dumps(values, ensure_ascii=False, separators=(',', ':'))}"


def read(line: str) -> object:
    """What a line says; `ValueError` if it says nothing that can be read."""
    word, _, text = line.partition(" ")
    if word not in _BY_WORD:
        raise ValueError(f"no line begins with {word!r}")
    kind, names, forms = _BY_WORD[word]
    try:
        values = json.loads(text)
        values |= {name: None for name, form in zip(names, forms, strict=True) if form.may_lack and name not in values}
        if tuple(values) != names:
            raise ValueError(f"{word} has {tuple(values)}")
        found = [form.read(value) for form, value in zip(forms, values.values(), strict=True)]
    except (TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return kind(*found)
