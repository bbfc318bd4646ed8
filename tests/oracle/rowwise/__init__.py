"""The oracle: a slow, plain, row-by-row reading of the language's law, written apart from the engine.

It reads files, types cells, counts days and adds up by itself. Of the product it knows the spec and formula trees only.
"""
