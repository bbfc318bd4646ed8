"""Phrases that say a condition of one record, as formulas; one reader a rule of the grammar."""

from collections.abc import Callable, Mapping

from acmspec.english.lookup_from_phrases import question
from acmspec.english.phrases import Phrase, series
from acmspec.english.problems import meaningless
from acmspec.english.reading import Place, Reading, phrase_of, titled, token_of, word_of
from acmspec.english.sight import Value, name_of, named_record, named_steps, own_record
from acmspec.english.spelling import length, unquoted
from acmspec.formula.lexer import Token
from acmspec.formula.literals import Counted
from acmspec.formula.tree import (
    Active,
    Binary,
    During,
    Formula,
    Found,
    In,
    Known,
    Lasts,
    Name,
    Not,
    OpenOn,
    Text,
    Truth,
    Window,
    Within,
)
from acmspec.ground.calendar import Length
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span

_ORDERS = {
    "less than": "<", "no more than": "<=", "more than": ">", "at least": ">=",
    "before": "<", "on or before": "<=", "after": ">", "on or after": ">=",
    "comes before": "<", "comes after": ">", "is, or comes before,": "<=", "is, or comes after,": ">=",
}  # fmt: skip
_JOINTS = {
    "all of the following are true:": "and",
    "at least one of the following is true:": "or",
    "both or neither of the following are true:": "=",
    "exactly one of the following is true:": "!=",
}

Read = Callable[[Reading, Phrase, Place], Formula]


def _both(operator: str) -> Read:
    def read(reader: Reading, phrase: Phrase, place: Place) -> Formula:
        one, two = (reader.condition(phrase.parts[at], place) for at in (1, 3))
        return Binary(operator, one, two, reader.span(phrase, place))

    return read


def _listed(reader: Reading, phrase: Phrase, place: Place) -> Formula:
    operator = _JOINTS[token_of(phrase.parts[0]).kind]
    found = reader.items(place)
    if operator in {"=", "!="} and len(found) != 2:  # noqa: PLR2004  (both or neither is of two)
        raise meaningless(reader.span(phrase, place), "this list has exactly two items")
    joined = found[0]
    for one in found[1:]:
        joined = Binary(operator, joined, one, reader.span(phrase, place))
    return joined


def _says(reader: Reading, phrase: Phrase, place: Place) -> Formula:
    span, verb = reader.span(phrase, place), token_of(phrase.parts[1])
    steps, at, table = named_record(phrase_of(phrase.parts[0]), place.sight, reader.names, span)
    found = reader.names.says_one.get(verb.text)
    if found is None or found.table != table:
        one = reader.names.words.record(table).one
        raise meaningless(reader.span(verb, place), f"“{verb.text}” is not said of one {one}")
    name = name_of(found.name, steps, at, place.sight, reader.names, span)
    return Not(name, span) if found.negated else name


def _letter_true(reader: Reading, phrase: Phrase, place: Place) -> Formula:
    token = token_of(phrase.parts[0])
    inner, block = reader.letter(token, place)
    if inner.rule != "letter_true_if":
        raise meaningless(reader.span(token, place), f"the letter {token.text} stands for no condition")
    found = reader.condition(inner.parts[-1], Place(place.sight, block))
    reader.all_used(block)
    return found


def _truth(*, value: bool) -> Read:
    return lambda reader, phrase, place: Truth(value, reader.span(phrase, place))


def _known(*, known: bool) -> Read:
    def read(reader: Reading, phrase: Phrase, place: Place) -> Formula:
        return Known(reader.value(phrase.parts[0], place).formula, known, reader.span(phrase, place))

    return read


def _found(*, found: bool) -> Read:
    def read(reader: Reading, phrase: Phrase, place: Place) -> Formula:
        span, names = reader.span(phrase, place), reader.names
        path, table = named_steps(phrase_of(phrase.parts[0]), place.sight, names, span)
        token = token_of(phrase.parts[-1])
        if unquoted(token.text) != names.words.source(table):
            right = names.words.source(table)
            raise meaningless(reader.span(token, place), f"these records lie in the source “{right}”")
        return Found(path, span) if found else Not(Found(path, span), span)

    return read


def _is(reader: Reading, phrase: Phrase, place: Place) -> Formula:
    return _predicate(reader, phrase.parts[0], phrase.parts[2], place, negated=False)


def _is_not(reader: Reading, phrase: Phrase, place: Place) -> Formula:
    return _predicate(reader, phrase.parts[0], phrase.parts[2], place, negated=True)


def _recorded(reader: Reading, phrase: Phrase, place: Place) -> Formula:
    """`A [and B] is recorded, and C is not …`: what is said to be recorded must be what is compared."""
    found = _predicate(reader, phrase.parts[2], phrase.parts[4], place, negated=True)
    sides = _sides(found)
    for one in _row(phrase.parts[0]):
        if reader.value(one, place).formula not in sides:
            message = "what is recorded here is not what is compared behind it"
            raise meaningless(reader.span(one, place), message, "Say it as a condition of its own.")
    return found


def _row(part: object) -> list[Phrase]:
    phrase = phrase_of(part)
    if phrase.rule == "row":
        return [phrase_of(phrase.parts[0]), phrase_of(phrase.parts[2])]
    if phrase.rule == "row_longer":
        between = [phrase_of(one) for one in series(phrase.parts[2])]
        return [phrase_of(phrase.parts[0]), *between, phrase_of(phrase.parts[4])]
    return [phrase]


def _sides(found: Formula) -> tuple[object, ...]:
    match found:
        case Not(operand):
            return _sides(operand)
        case Binary(_, left, right):
            return (left, right)
        case In(operand):
            return (operand,)
        case Within(operand, _, length, anchor, opens=opens):
            return (operand, length, opens, anchor)
        case During(operand, anchor=anchor):
            return (operand, anchor)
    return (found,)


def _predicate(reader: Reading, subject: object, part: object, place: Place, *, negated: bool) -> Formula:
    found, phrase = reader.value(subject, place), phrase_of(part)
    span = Span(place.block.text.source, reader.span(phrase_of(subject), place).start, reader.span(phrase, place).end)
    match phrase.rule:
        case "equal" | "equal_day":
            return _equal(reader, found, phrase_of(phrase.parts[-1]), span, place, negated=negated)
        case "ordered":
            order = _ORDERS[word_of(phrase.parts[0])]
            return Binary(order, found.formula, _against(reader, found, phrase.parts[1], place), span)
        case "one_of":
            codes = tuple(_against(reader, found, one, place) for one in _choices(phrase_of(phrase.parts[1])))
            condition: Formula = In(found.formula, codes, span)
        case "in_list":
            condition = In(found.formula, _list(reader, token_of(phrase.parts[1]), place), span)
        case _:
            condition = _window(reader, found.formula, phrase, span, place)
    return Not(condition, span) if negated else condition


def _equal(  # noqa: PLR0913  (what an equality depends on)
    reader: Reading, found: Value, other: Phrase, span: Span, place: Place, *, negated: bool
) -> Formula:
    if found.is_condition and other.rule == "text":
        word = unquoted(token_of(other.parts[0]).text)
        if word not in {"yes", "no"}:
            raise meaningless(reader.span(other, place), "the answer is “yes” or “no”")
        return found.formula if (word == "yes") is not negated else Not(found.formula, span)
    return Binary("!=" if negated else "=", found.formula, _against(reader, found, other, place), span)


def _against(reader: Reading, found: Value, part: object, place: Place) -> Formula:
    """The right side of a comparison; a text is the code of a label."""
    phrase = phrase_of(part)
    if phrase.rule == "text":
        return _coded(reader, found, token_of(phrase.parts[0]), place)
    return reader.value(phrase, place).formula


def _coded(reader: Reading, found: Value, token: Token, place: Place) -> Text:
    """A text that a value is compared with: the code whose label it is."""
    label, span = unquoted(token.text), reader.span(token, place)
    labels = {} if found.column is None else reader.names.codes(found.column)
    if labels and label not in labels and label not in labels.values():
        known = " ".join(label.split())
        if known in labels:
            return Text(labels[known], span)
        fix = offer(label, labels) or f"Write one of: {', '.join(f'“{one}”' for one in labels)}."
        raise meaningless(span, f"“{label}” is none of the values that this can have", fix)
    return Text(reader.code(found.column, label), span)


def _choices(phrase: Phrase) -> list[Phrase]:
    if phrase.rule == "choices":
        return [phrase_of(phrase.parts[0]), phrase_of(phrase.parts[2])]
    between = [phrase_of(one) for one in series(phrase.parts[2])]
    return [phrase_of(phrase.parts[0]), *between, phrase_of(phrase.parts[4])]


def _list(reader: Reading, token: Token, place: Place) -> Name:
    return Name((titled(token, reader.names.lists, "list", reader, place),), reader.span(token, place))


def _window(reader: Reading, operand: Formula | None, phrase: Phrase, span: Span, place: Place) -> Window:
    if phrase.rule == "in_period":
        return During(operand, "period", span)
    if phrase.rule == "in_span":
        _spanned(reader, phrase_of(phrase.parts[1]), place, around=int(operand is None))
        return During(operand, "span", span)
    anchor = reader.value(phrase.parts[-1], place).formula
    if phrase.rule == "in_calendar":
        number, before = token_of(phrase.parts[1]), word_of(phrase.parts[3]).startswith("before")
        digits = number.text[: -len("th")]
        if not digits.isdigit():
            raise meaningless(reader.span(number, place), "a whole number is needed here")
        unit = word_of(phrase.parts[2]).removeprefix("calendar ")
        return During(operand, unit, span, int(digits), anchor, before)
    lengths = [_length(reader, one, place) for one in phrase.parts if isinstance(one, Phrase) and "length" in one.rule]
    if phrase.rule == "from_to":
        return Within(operand, True, lengths[1], anchor, span, False, lengths[0])
    before = word_of(phrase.parts[2]) == "before"
    return Within(operand, phrase.rule == "on_or_within", lengths[0], anchor, span, before)


def _spanned(reader: Reading, path: Phrase, place: Place, *, around: int) -> None:
    """Refuse the span of any other record than the nearest one that has a span, which a formula means by it."""
    span, words = reader.span(path, place), reader.names.words
    steps, at, _ = named_record(path, place.sight, reader.names, span)
    having = [one for one in range(around, len(place.sight)) if words.table(place.sight[one].table).interval]
    meant = having[0] if having else around
    if steps or (at != meant and meant < len(place.sight)):
        called = place.sight[meant].called
        raise meaningless(span, f"the span that can be meant here is that of the {called}", f"Write “the {called}”.")


def _length(reader: Reading, phrase: Phrase, place: Place) -> Length | Formula:
    values = {"length_path": "path_value", "length_letter": "letter", "length_value": "bracketed"}
    if phrase.rule in values:
        return reader.value(phrase._replace(rule=values[phrase.rule]), place).formula
    number, span = token_of(phrase.parts[0]), reader.span(phrase, place)
    if phrase.rule == "business_length":
        calendar = titled(token_of(phrase.parts[2]), reader.names.calendars, "calendar", reader, place)
        return length(number, Counted("business day", calendar), reader.span(number, place), span)
    return length(number, Counted(word_of(phrase.parts[1]).removesuffix("s")), reader.span(number, place), span)


def _open_on(*, negated: bool) -> Read:
    def read(reader: Reading, phrase: Phrase, place: Place) -> Formula:
        _own(reader, phrase, place)
        span = reader.span(phrase, place)
        found = OpenOn(reader.value(phrase.parts[2], place).formula, span)
        return Not(found, span) if negated else found

    return read


def _active(*, negated: bool) -> Read:
    def read(reader: Reading, phrase: Phrase, place: Place) -> Formula:
        _own(reader, phrase, place)
        span = reader.span(phrase, place)
        found = Active(own_window(reader, phrase_of(phrase.parts[2]), place), span)
        return Not(found, span) if negated else found

    return read


def _lasts(*, negated: bool) -> Read:
    def read(reader: Reading, phrase: Phrase, place: Place) -> Formula:
        _own(reader, phrase, place)
        span = reader.span(phrase, place)
        anchor = reader.value(phrase.parts[4], place).formula if len(phrase.parts) > 3 else None  # noqa: PLR2004
        found = Lasts(_length(reader, phrase_of(phrase.parts[2]), place), anchor, span)
        return Not(found, span) if negated else found

    return read


def _own(reader: Reading, phrase: Phrase, place: Place) -> None:
    """Refuse what is said of the span of any other record than the one at hand."""
    own_record(phrase_of(phrase.parts[0]), place.sight, reader.span(phrase_of(phrase.parts[0]), place))


def own_window(reader: Reading, phrase: Phrase, place: Place) -> Window:
    """The days that a record's own span is held against."""
    return _window(reader, None, phrase, reader.span(phrase, place), place)


def _texts_ordered(reader: Reading, phrase: Phrase, place: Place) -> Formula:
    left = reader.value(phrase.parts[0], place)
    right = _against(reader, left, phrase.parts[2], place)
    return Binary(_ORDERS[word_of(phrase.parts[1])], left.formula, right, reader.span(phrase, place))


CONDITIONS: Mapping[str, Read] = {
    "both": _both("and"),
    "either": _both("or"),
    "listed": _listed,
    "exists": question,
    "exists_named": question,
    "exists_which": question,
    "exists_listed": question,
    "says": _says,
    "letter_true": _letter_true,
    "open_on": _open_on(negated=False),
    "not_open_on": _open_on(negated=True),
    "active": _active(negated=False),
    "not_active": _active(negated=True),
    "lasts": _lasts(negated=False),
    "lasts_after": _lasts(negated=False),
    "does_not_last": _lasts(negated=True),
    "does_not_last_after": _lasts(negated=True),
    "always": _truth(value=True),
    "never": _truth(value=False),
    "known": _known(known=True),
    "missing": _known(known=False),
    "found": _found(found=True),
    "not_found": _found(found=False),
    "is": _is,
    "texts_ordered": _texts_ordered,
    "is_not": _is_not,
    "recorded_is_not": _is_not,
    "other_recorded": _recorded,
    "all_recorded": _recorded,
}
