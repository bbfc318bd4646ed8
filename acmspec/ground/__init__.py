"""The floor everything stands on: source text, diagnostics, exact numbers, calendar. Knows nothing of specs."""
