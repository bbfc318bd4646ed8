"""Formulas as controlled English, and back: one phrase, one meaning. Knows nothing of SQL, results or pages."""
