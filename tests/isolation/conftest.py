"""The marked world of checks/isolation in the test's own transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checks.isolation import world as marked
from tenants.kit import clock
from tests.world import Cast


@pytest.fixture
def world(alpha: Cast, beta: Cast, settings: Any, tmp_path: Path) -> marked.World:
    """Alpha and Beta with data in every app; limits and caches are out of the way."""
    forgetful = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {"default": forgetful, "process": forgetful}
    settings.STORAGE_DIR = tmp_path
    return marked.build(alpha.info, beta.info, now=clock.now())
