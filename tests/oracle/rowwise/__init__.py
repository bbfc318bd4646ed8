"""The oracle: a slow, plain, row-by-row reading of the language's law, written apart from the engine.

It reads files, types cells, counts days and adds up by itself. Of the product it uses the spec and the formula trees only.
"""
