"""What a spec means: names, types, units, maturity, a small closed core. Knows nothing of SQL or pages."""
