"""Companies out of a table: read by its headings, looked at, saved all together."""
