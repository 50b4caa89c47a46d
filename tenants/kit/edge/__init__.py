"""The edge: one reader for each kind of input. Forms, bodies of the API, searches and imports use
the same ones.
"""
