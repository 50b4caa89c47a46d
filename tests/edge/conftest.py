"""What every test of the edge stands on."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _own_ground(settings: Any, tmp_path: Any) -> None:
    """Counters outlive a rolled-back test: each starts from nothing; papers lie in a folder of the
    test's own.
    """
    cache.clear()
    settings.STORAGE_DIR = tmp_path
