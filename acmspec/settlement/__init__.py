"""What is owed and why, to the cent. Knows nothing of how a result was measured or how a page looks."""
