"""Files that a killed worker left unfinished."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tenants.kit.sweeping import sweep_up

NOW = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_yesterdays_unfinished_files_go_and_todays_and_whole_ones_stay(
    tmp_path: Path, settings: Any
) -> None:
    settings.STORAGE_DIR = tmp_path
    kept = {"old.part": 30, "new.part": 1, "old": 30}
    (tmp_path / "t_x/ab").mkdir(parents=True)
    for name, hours in kept.items():
        path = tmp_path / "t_x/ab" / name
        path.touch()
        moment = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(path, (moment, moment))
    sweep_up(at=NOW)
    assert sorted(path.name for path in (tmp_path / "t_x/ab").iterdir()) == ["new.part", "old"]
