"""One clock for all demo stories: each yields the moment of its next step."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

Story = Iterator[datetime]
BATCH = 60  # steps that share one commit


class Clock:
    """Stories wait in a heap; `now` is the moment of the step being taken."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._count = 0

    def add(self, story: Story) -> None:
        """Ask for the first moment and put the story in its place."""
        if (moment := next(story, None)) is not None:
            self._put(moment, story)

    def _put(self, moment: datetime, story: Story) -> None:
        self._count += 1
        heapq.heappush(self._waiting, (moment, self._count, story))

    def run(self, *, until: datetime) -> None:
        """Take all steps before `until`; what comes later stays as the demo's present."""
        while self._waiting and self._waiting[0][0] <= until:
            with transaction.atomic():
                self._some(until)

    def _some(self, until: datetime) -> None:
        for _ in range(BATCH):
            if not self._waiting or self._waiting[0][0] > until:
                return
            moment, _number, story = heapq.heappop(self._waiting)
            if (following := next(story, None)) is not None:
                self._put(max(following, moment), story)
