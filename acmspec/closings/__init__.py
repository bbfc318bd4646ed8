"""Closings and their repetition: evaluates, asks the ledger, keeps rows and text; it decides no amount."""
