"""What the author wrote, key by key. Knows nothing of what names refer to."""
