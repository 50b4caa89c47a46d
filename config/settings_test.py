"""Settings of the tests: the same, but quick where nothing depends on it."""

from __future__ import annotations

import os

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["tests.hasher.QuickHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = False
LOG_LEVEL = "ERROR"
LOGGING["root"]["level"] = "ERROR"  # type: ignore[index]  # noqa: F405
CACHES = {
    "default": {
        "BACKEND": "config.cache.SurvivingCache",
        "LOCATION": f"{os.environ['REDIS_URL']}/1",
        "KEY_PREFIX": os.environ.get("PYTEST_XDIST_WORKER", "main"),
    }
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
