"""Statements of banks: read in a child process, compared with the books, confirmed by a person.

`door.statements_in` reads a file; `reading.read` is the pure function behind it. The modules that
read know neither Django nor the database.
"""
