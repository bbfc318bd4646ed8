"""Exact numbers that came back and the quality of the data beside them; the only impure room of the spine."""
