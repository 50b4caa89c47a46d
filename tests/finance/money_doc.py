"""The tables of docs/money.md, which tests read and assert number for number."""

from pathlib import Path

DOC = (Path(__file__).parents[2] / "docs" / "money.md").read_text()


def table(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its own heading row."""
    part = DOC.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line.startswith("|")
    ]
    return rows[2:]
