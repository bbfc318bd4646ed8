"""Whatever is done to a spec, something whole is said of it, or nothing; never a traceback."""

from hypothesis import given
from hypothesis import strategies as st

from tests.messages.judge import Judge
from tests.messages.places import Example

HOSTILE = st.sampled_from(
    [
        *(
            "\t",
            "\n",
            "\r\n",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "!!python/object ",
            "<<: *a",
            "'",
            '"',
            "|\n",
        ),
        *(">\n", "# ", "%", "@", "`", "?", "---\n", "...\n", "\x00", "\x85", "\ufeff", "\u2028", "\ud7ff", "𝔘", "é"),
        *(
            "1:30",
            "no",
            "0x1F",
            "1e9",
            "9" * 400,
            "(" * 200,
            "a." * 300,
            "{" * 60,
            "- " * 60,
            "2024-02-30",
            "$1,0",
            "==",
        ),
    ]
)


@given(st.data())
def test_an_edit_anywhere_is_never_a_traceback(example: Example, judge: Judge, data: st.DataObject) -> None:
    text = example.text
    for _ in range(data.draw(st.integers(1, 3), label="edits")):
        start = data.draw(st.integers(0, len(text)), label="start")
        length = data.draw(st.one_of(st.just(0), st.integers(0, 60)), label="length")
        new = data.draw(st.one_of(HOSTILE, st.text(max_size=12)), label="new")
        text = text[:start] + new + text[start + length :]
    assert judge.whole(text) == []
