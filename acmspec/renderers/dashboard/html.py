"""Pieces of a page: whatever is put into one is escaped, unless it is a piece itself; knows no dashboard."""

from collections.abc import Iterable

from acmspec.ground.node import node


@node
class Html:
    """Text that is markup already."""

    text: str


NOTHING = Html("")


def fill(shape: str, *values: "str | Html") -> Html:
    """A piece of our own with each `{}` in it filled."""
    return Html(shape.format(*(one.text if isinstance(one, Html) else escaped(one) for one in values)))


def where(condition: object, shape: str, *values: "str | Html") -> Html:
    """The same if a condition is met, else nothing."""
    return fill(shape, *values) if condition else NOTHING


def joined(pieces: Iterable[Html]) -> Html:
    """Pieces one after the other."""
    return Html("".join(one.text for one in pieces))


def escaped(text: str) -> str:
    """A text as it stands in markup and in attributes."""
    for sign, reference in _REFERENCES:
        if sign in text:
            text = text.replace(sign, reference)
    return text


_REFERENCES = (("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), ("'", "&#39;"), ('"', "&#34;"))
