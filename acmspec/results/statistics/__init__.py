"""Statistics on exact counts. Knows nothing of metrics or targets as a contract sees them."""
