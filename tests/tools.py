"""Programs of the system that tests drive."""

from __future__ import annotations

import os
import shutil

import pytest


def chromium() -> str:
    """Debian's browser. Without it the test is skipped; under CI it fails."""
    program = shutil.which("chromium")
    if program is None and os.environ.get("CI") == "true":
        pytest.fail("chromium is not installed: CI needs it")
    if program is None:
        pytest.skip("chromium is not installed")
    return program
