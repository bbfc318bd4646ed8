"""A formula's syntax: text to tree and back. Knows no table, no type, no spec."""
