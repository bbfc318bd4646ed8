"""What was certified, closing by closing: the entries of a ledger, its text and its chain; it opens no file."""
