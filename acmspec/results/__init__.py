"""Values, states and comparisons. Knows nothing of files, money or pages."""
