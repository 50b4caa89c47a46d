"""Settings of the scratch database: the product's own, without what would count, keep or send
anything outside it.
"""

from __future__ import annotations

from config.settings import *  # noqa: F403

NOTHING_REMEMBERED = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
CACHES = {"default": NOTHING_REMEMBERED, "process": NOTHING_REMEMBERED}  # and no limits
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # thousands of logins are tried
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # taken back with all that a call wrote
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "sid"
CSRF_COOKIE_NAME = "csrf"
LOGGING["root"]["level"] = "CRITICAL"  # type: ignore[index]  # noqa: F405
LOGGING["loggers"]["django.request"]["level"] = "CRITICAL"  # type: ignore[index]  # noqa: F405
SPECTACULAR_SETTINGS = {
    **SPECTACULAR_SETTINGS,  # noqa: F405
    "DISABLE_ERRORS_AND_WARNINGS": True,
}
