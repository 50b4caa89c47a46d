"""Reads a PDF back as its users do: by a library and by Poppler."""

import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from tests import tools

NO_BREAK = "\u00a0"


def plain(text: str) -> str:
    """Readers give «ำ» whole or in its two parts; spaces and lines are theirs to choose."""
    return "".join(text.replace("ำ", "ํา").split())


def by_library(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def by_poppler(pdf: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(
            [tools.program("pdftotext"), str(path), "-"],
            capture_output=True,
            check=True,
            timeout=30,
        )
    return done.stdout.decode().replace(NO_BREAK, " ")
