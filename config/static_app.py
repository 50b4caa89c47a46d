"""The app of static files, without what no page of ours shows."""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",  # its browsable pages are off
        "redoc",  # the API is shown by Swagger UI
        "*.md",
        "swagger-ui-es-*",
    ]
