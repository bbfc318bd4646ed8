"""What is written as CSV comes back from a standard reader, whatever the text."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from acmspec.renderers.csv_lines import encode

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.sampled_from(
    ["\r", "\n", ",", '"', "a\rb", '""', "=1+1", " "]
)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), max_size=4))
def test_a_standard_reader_gets_back_what_was_written(rows):
    assert list(csv.reader(io.StringIO(encode(rows).decode(), newline=""))) == rows


def test_plain_texts_stay_plain():
    assert encode([("a", "b c", "=1")]) == b"a,b c,=1\n"
