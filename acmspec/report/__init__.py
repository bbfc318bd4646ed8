"""Neutral pages: clauses and dashboard as structure and words. Knows nothing of file formats."""
