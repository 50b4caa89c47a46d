"""The JavaScript modules that a page's entry imports, so that the browser may fetch them at once."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

IMPORT = re.compile(r'^import\b[^;]*?"(\.[^"]+)";', re.MULTILINE)


@lru_cache(maxsize=50)
def imports_of(entry: str) -> tuple[str, ...]:
    """Names under static/ of all modules that an entry needs, in the order they are named."""
    needed: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        module = waiting.pop(0)
        for imported in imported_by(module):
            if imported not in needed:
                needed[imported] = None
                waiting.append(imported)
    return tuple(needed)


def imported_by(module: str) -> list[str]:
    """Names under static/ of the modules that one module imports itself."""
    path = finders.find(module)
    if path is None:
        raise FileNotFoundError(f"static/{module}")
    source = Path(path).read_text(encoding="utf-8")
    folder = posixpath.dirname(module)
    return [posixpath.normpath(posixpath.join(folder, name)) for name in IMPORT.findall(source)]
