"""Settings of the tests: the same, but quick where nothing depends on it."""

from __future__ import annotations

import os

os.environ.setdefault("IDLE_TIMEOUT", "25min")  # tests do the worker's work themselves

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["tests.hasher.QuickHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = False
LOG_LEVEL = "ERROR"
LOGGING["root"]["level"] = "ERROR"  # type: ignore[index]  # noqa: F405
# A Redis database for each worker of the test run: clearing a cache empties the whole database.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
_redis_database = 1 + int(_worker.removeprefix("gw")) % 15
CACHES = {
    "default": {
        "BACKEND": "config.cache.SurvivingCache",
        "LOCATION": f"{os.environ['REDIS_URL']}/{_redis_database}",
        "OPTIONS": {"patience": 30.0},  # a busy machine is not a lost cache
        "KEY_PREFIX": _worker,
    },
    "process": CACHES["process"],  # noqa: F405
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
