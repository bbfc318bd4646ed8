"""What to say of numbers written otherwise: with commas, points, letters and words; it changes nothing accepted."""

from collections.abc import Callable
from fractions import Fraction

from acmspec.formula.advice_calls import INSTEAD
from acmspec.formula.advice_place import A_NUMBER, BAD_CALL, UNEXPECTED, Place, call_around
from acmspec.formula.lexer import NAME, RESERVED, Token
from acmspec.formula.literals import BAD_NUMBER
from acmspec.ground.diagnostic import Diagnostic
from acmspec.ground.exact import significant

_ZEROS = {
    "k": 3, "thousand": 3, "thousands": 3, "m": 6, "mn": 6, "million": 6, "millions": 6, "bn": 9, "billion": 9,
}  # fmt: skip


def with_sign(place: Place) -> Diagnostic | None:
    """`1,000`, `.5`, `5.`, `1..5`."""
    before, token, after = place.token(-1), place.token(), place.token(1)
    if before.kind in {A_NUMBER, "A_MONEY"} and token.kind == "," and after.kind == A_NUMBER:
        return _with_comma(place)
    if token.text == "." and after.kind == A_NUMBER and place.wants_value:
        fix = f"Write `0.{after.text}`."
        return BAD_NUMBER.at(place.span(0, 1), "a number starts with a digit", label="starts with a point", fix=fix)
    if before.kind != A_NUMBER or token.text != ".":
        return None
    if after.text == ".":
        last = 2 if place.token(2).kind == A_NUMBER else 1
        fix = f"Write `X between {before.text} and {place.text(last) if last > 1 else '…'}`: both ends count."
        return UNEXPECTED.at(place.span(-1, last), "a stretch of numbers is no list", label="from … to?", fix=fix)
    fix = f"Write `{before.text}` or `{before.text}.0`."
    return BAD_NUMBER.at(place.span(-1), "a number ends with a digit", label="ends with a point", fix=fix)


def with_word(place: Place) -> Diagnostic | None:
    """`50 percent`, `100 dollars`, `100 EUR`, `1 000`, `$5 million`, `65k`, `1e5`."""
    before, token = place.token(-1), place.token()
    if before.kind in {A_NUMBER, "A_MONEY"} and (fix := _in_thousands(place)):
        what = "an amount" if before.kind == "A_MONEY" else "a number"
        return BAD_NUMBER.at(place.span(-1), f"{what} is written in digits", label="one number?", fix=fix)
    if before.kind != A_NUMBER:
        return None
    if token.text in {"percent", "pct", "per"}:
        return BAD_NUMBER.at(
            place.span(-1), "a percentage is written with %", label="a percentage", fix=f"Write `{before.text}%`."
        )
    dollars = token.text in {"dollars", "dollar", "usd", "USD"}
    if dollars or (_is_currency(token) and token.text not in RESERVED):
        fix = f"Write `${before.text}`." if dollars else f"Write `{token.text} {before.text}`."
        return BAD_NUMBER.at(place.span(-1), "money is written with its sign first", label="an amount", fix=fix)
    if token.kind == NAME and place.is_touching:
        message = f"“{before.text}{token.text}” is no number and no name"
        return BAD_NUMBER.at(place.span(-1), message, label="here", fix=_with_letters(before.text, token.text))
    return None


def _in_thousands(place: Place) -> str:
    """What to write for `1 000`, `$1 million` and `$5k`; "" for anything else."""
    before, token = place.text(-1), place.token()
    if token.kind == A_NUMBER and _is_thousand(token.text) and not place.is_touching:
        return f"Write `{before}{token.text}`."
    zeros = _ZEROS.get(token.text.lower(), 0) if token.kind == NAME else 0
    sign = before.rstrip("0123456789.,")
    if not zeros or (place.is_touching and not sign):
        return ""
    number = Fraction(before.removeprefix(sign).replace(",", "")) * 10**zeros
    return f"Write `{sign}{significant(number, 30)}`."


def _with_letters(number: str, letters: str) -> str:
    """What to write for `90th`, `65k`, `1_000` and `2024Q1`; "" for anything else."""
    if letters in {"st", "nd", "rd", "th"}:
        return f"Write `{number}`; a percentile is `percentile({number}, NUMBER over SET)`."
    if letters in {"k", "K", "m", "M"} and "." not in number:
        return f"Write `{number}{'000' if letters in {'k', 'K'} else '000000'}`."
    if letters[:1] in {"e", "E"} and letters[1:].isdigit() and len(letters) <= len("e12"):
        return f"Write `{significant(Fraction(number) * 10 ** int(letters[1:]))}`."
    if letters.startswith("_") and letters.replace("_", "").isdigit():
        return f"Write `{number}{letters.replace('_', '')}`."
    quarter = letters[:1] in {"Q", "q"} and letters[1:] in {"1", "2", "3", "4"}
    return f"Write {number}-Q{letters[1:]}." if quarter and len(number) == len("2025") else ""


def _with_comma(place: Place) -> Diagnostic:
    """`1,000,000` has commas between thousands; `2,5` and `1.000,50` have one before decimals."""
    open_at = call_around(place)
    word = place.tokens[open_at - 1].text if open_at is not None else ""
    if word.lower() in INSTEAD:
        # `IF(score > 3, 1, 0)`: the comma parts what the function is given, and no thousands.
        message = f"the parts of `{word}(…)` are joined by words, not by commas"
        return BAD_CALL.at(place.span(), message, label="a comma", fix=INSTEAD[word.lower()])
    before, after, last = place.text(-1), place.text(1), 1
    if (place.text(-3), place.text(-2)) == ("between", "("):
        fix = f"Write `between {before} and {after}`: both ends count."
        return UNEXPECTED.at(place.span(-3, 1), "“between” takes no list", label="from … to?", fix=fix)
    if "." in before:
        joined = f"{before.replace('.', '')}.{after}"
    elif not _is_thousand(after):
        joined = f"{before}.{after}"
    else:
        joined = f"{before}{after}"
        while place.text(last + 1) == "," and _is_thousand(place.text(last + 2)) and "." not in joined:
            last += 2
            joined += place.text(last)
    if place.token(-1).kind == A_NUMBER and _is_currency(place.token(last + 1)):
        joined = f"{place.text(last + 1)} {joined}"
    fix = f"Write `{joined}`."
    return BAD_NUMBER.at(place.span(-1, last), "numbers have no commas", label="one number?", fix=fix)


def _is_thousand(text: str) -> bool:
    whole = text.partition(".")[0]
    return len(whole) == len("000") and whole.isdigit()


def _is_currency(token: Token) -> bool:
    """Whether a word looks like the code of a currency."""
    return token.kind == NAME and len(token.text) == len("EUR") and token.text.isalpha() and token.text.isupper()


HABITS: tuple[Callable[[Place], Diagnostic | None], ...] = (with_sign, with_word)
"""All of them, in the order in which they are asked."""
