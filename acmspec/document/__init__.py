"""YAML as nodes with positions. Knows nothing of what a spec may contain."""
