"""The table of steps in orders/README.md is the one that the code obeys."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from orders.stages import ORDER


def test_the_table_of_steps_is_the_one_in_stages() -> None:
    text = (Path(settings.BASE_DIR) / "orders" / "README.md").read_text(encoding="utf-8")
    start = text.index("| from | act | to | needs |")
    table = text[start : text.index("\n\n", start)].splitlines()[2:]
    steps = [
        f"| {stage} | {act} | {step.to} | {', '.join(step.needs) or '–'} |"
        for (stage, act), step in ORDER.items()
    ]
    assert table == steps
