"""The pieces of the page: what is put into one is escaped, once, unless it is a piece itself."""

from acmspec.renderers.dashboard.html import NOTHING, Html, fill, joined, where


def test_text_is_escaped_in_markup_and_attributes() -> None:
    assert fill('<b title="{}">{}</b>', '"it\'s"', "a < b & c > d") == Html(
        '<b title="&#34;it&#39;s&#34;">a &lt; b &amp; c &gt; d</b>'
    )


def test_a_piece_is_put_in_as_it_stands() -> None:
    inner = fill("<i>{}</i>", "<x>")
    assert fill("<b>{}</b>", inner).text == "<b><i>&lt;x&gt;</i></b>"
    assert joined((inner, inner)).text == inner.text * 2


def test_braces_in_a_text_fill_nothing() -> None:
    assert fill("{}{}", "{}", "{0}").text == "{}{0}"


def test_what_is_not_so_leaves_nothing() -> None:
    assert where((), "<b>{}</b>", "x") == NOTHING
    assert where("yes", "<b>{}</b>", "x").text == "<b>x</b>"
