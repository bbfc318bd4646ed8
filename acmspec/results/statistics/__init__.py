"""Exact statistics over counts; knows nothing of metrics or pages."""
