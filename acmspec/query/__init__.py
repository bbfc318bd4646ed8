"""What to ask a database: exact SQL. Knows nothing of who runs it or what the answer is for."""
