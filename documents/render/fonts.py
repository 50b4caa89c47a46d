"""The shipped fonts and no others, so that a paper looks the same on every machine.

Fontconfig is told by a file of its own that names one folder. Without it a missing character would
be taken from whatever the server happens to have.
"""

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts" / "pdf"
FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Italic.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansThai-Bold.ttf",
)
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_environment = threading.Lock()


class FontsMissing(Exception):
    """The fonts of the papers are not where they are vendored."""


@cache
def config_file() -> Path:
    """Written once per process, in a folder that goes with it; fontconfig keeps its cache beside
    it.
    """
    if missing := [name for name in FILES if not (FOLDER / name).is_file()]:
        raise FontsMissing(f"{', '.join(missing)} not in static/vendor/fonts/pdf")
    room = _room()
    path = room / "fonts.conf"
    path.write_text(
        CONFIG.format(
            folder=escape(str(FOLDER)),
            cache=escape(str(room / "cache")),
        ),
        encoding="utf-8",
    )
    return path


@contextmanager
def only_ours() -> Iterator[None]:
    """FONTCONFIG_FILE names our file while a font configuration is made, and is put back for child
    processes.
    """
    with _environment:
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(config_file())
        try:
            yield
        finally:
            os.environ.pop("FONTCONFIG_FILE")
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


_rooms: list[tempfile.TemporaryDirectory[str]] = []


def _room() -> Path:
    _rooms.append(tempfile.TemporaryDirectory(prefix="papers-"))
    return Path(_rooms[-1].name)
