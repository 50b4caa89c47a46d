"""Settings, read from the environment once; a value that matters and is missing fails loudly."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config.contacts import platform_contacts
from config.embedded import remembered
from config.hosts import own_hosts, source_of_tiles
from config.logs import logging_of

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = Path(env.str("STATE_DIR", str(BASE_DIR / ".state"))).resolve()


def _kept_secret() -> str:
    """A key of this installation, made at the first start and kept beside its data."""
    path = STATE_DIR / "secret"
    if not path.exists():
        STATE_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", None) or _kept_secret()
# Locks the private keys of seals. "new,old": the first locks, all of them open (docs/signing.md).
SEAL_SECRETS = env.list("SEAL_SECRETS", []) or [SECRET_KEY]
TSA_URL = env.str("TSA_URL", "")  # a time stamping service; without: seals carry our own clock
DEBUG = False
DEMO = env.bool("DEMO", False)
TESTING = env.bool("TESTS", False)  # tests/servers.py says so to every process of a test run
TRACK_TODAY = env.date("TRACK_TODAY", None)  # the day the business pretends: tenants/kit/clock.py
TRACK_SINCE = env.date("TRACK_SINCE", datetime.now(UTC).date())  # the real day that stands for it
if TRACK_TODAY and not (DEMO or TESTING):
    raise ImproperlyConfigured("TRACK_TODAY pretends a day: only with DEMO=1 or in tests")
_home = f"http://{env.str('HOST', '127.0.0.1')}:{env.str('PORT', '8000')}"
PUBLIC_URL = env.str("PUBLIC_URL", _home).rstrip("/")
_port = env.int("PORT", 8000)
EVENTS_URL = env.str("EVENTS_URL", f"http://{env.str('HOST', '127.0.0.1')}:{_port + 1}").rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")
# Where papers are checked: a neutral name, which opens nothing else (tenants/entry/middleware.py).
VERIFY_URL = (env.str("VERIFY_URL", "") or PUBLIC_URL).rstrip("/")
ALLOWED_HOSTS = own_hosts(PUBLIC_URL) + own_hosts(VERIFY_URL) * (VERIFY_URL != PUBLIC_URL)
MAP_TILE_URL = env.str("MAP_TILE_URL", "")
ROUTING_URL = env.str("ROUTING_URL", "")  # OSRM, or valhalla+http://…; without: the main roads

# host:port of the name server to ask; without: those of the machine. For tests and development.
DNS_SERVER = env.str("DNS_SERVER", "")

# -- apps: the public schema, then what each reseller's schema holds
# ----------------------------------------------
SHARED_APPS = [
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.static_app.StaticFiles",
    "django.contrib.admin.apps.SimpleAdminConfig",  # the panel has a site of its own
    "tenants.kit",
    "tenants.accounts",
    "tenants.platform",
    "tenants.drivers",
    "tenants.exchange",
    "tenants.panel",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django_htmx",
    "config",
    "checks",
    "demo",
]
TENANT_APPS = [
    "tenants.office",
    "documents",
    "companies",
    "fleet",
    "tariffs",
    "orders",
    "commission.cargo",
    "finance",
]
INSTALLED_APPS = SHARED_APPS + TENANT_APPS
TENANT_MODEL = "platform.Reseller"
TENANT_DOMAIN_MODEL = "platform.Domain"

DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- servers
# ------------------------------------------------------------------------------------------------------
_servers = remembered(STATE_DIR)
DATABASE_URL = env.str("DATABASE_URL", _servers.get("database", "postgresql://app@/track"))
OWNER_DATABASE_URL = env.str(
    "OWNER_DATABASE_URL",
    "" if "DATABASE_URL" in os.environ else _servers.get("owner", ""),
)
# the worker waits longer: a child of its reads a workbook meanwhile
IDLE_TIMEOUT = env.str("IDLE_TIMEOUT", "60s")
REDIS_URL = env.str("REDIS_URL", _servers.get("redis", "redis://127.0.0.1:6379"))


def _database(url: str, engine: str, **options: str) -> dict[str, object]:
    parsed: dict[str, object] = {
        **dj_database_url.parse(
            url,
            engine=engine,
            conn_max_age=600,
            conn_health_checks=True,
        )
    }
    seconds = options.pop("statement_timeout", "15s")
    idle = f"-c idle_in_transaction_session_timeout={IDLE_TIMEOUT}"
    flags = f"-c statement_timeout={seconds} -c lock_timeout=5s {idle}"
    return parsed | {
        "OPTIONS": {
            **cast("dict[str, object]", parsed.get("OPTIONS", {})),
            "connect_timeout": 5,
            "options": flags,
        }
        | options
    }


STATEMENT_TIMEOUT = env.str("STATEMENT_TIMEOUT", "15s")  # the worker says 10min
DATABASES = {"default": _database(DATABASE_URL, "config.wall", statement_timeout=STATEMENT_TIMEOUT)}
if OWNER_DATABASE_URL:  # only for commands that change schemas; web and worker never have it
    DATABASES["owner"] = _database(
        OWNER_DATABASE_URL,
        "django_tenants.postgresql_backend",
        statement_timeout="30min",
    )
TENANT_DB_ALIAS = "owner"  # absent where schemas may not be changed
CACHES = {
    "default": {
        "BACKEND": "config.cache.SurvivingCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"table": "kit_cache"},
    },
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
    },  # answers of Django itself
}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_BEAT_SCHEDULE = {
    "expire": {"task": "exchange.expire", "schedule": 60.0},
    "retention": {"task": "platform.retention", "schedule": 3600.0},
    "own domains": {"task": "platform.own_domains", "schedule": 3600.0},
}
STORAGE_DIR = Path(env.str("STORAGE_DIR", str(STATE_DIR / "files")))
if "STORAGE_DIR" not in os.environ:  # one that is named must be there: a disk may not be mounted
    STORAGE_DIR.mkdir(parents=True, exist_ok=True)
EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "config.mail.EmlBackend"
    EMAIL_FILE_PATH = str(STATE_DIR / "mail")
PLATFORM_CONTACTS = platform_contacts(is_demo=DEMO)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "no-reply@localhost")
EMAIL_TIMEOUT = 10  # seconds; a silent mail server must not hold a worker

# -- a request
# ----------------------------------------------------------------------------------------------------
MIDDLEWARE = [
    "tenants.entry.middleware.probes",
    "tenants.entry.middleware.own_doors",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.compressed",
    "csp.middleware.CSPMiddleware",
    "config.stock_pages.policy",
    "tenants.entry.middleware.request_id",
    "tenants.entry.middleware.neutral",
    "tenants.entry.middleware.gate",
    "tenants.kit.sent_forms.where_in_header",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tenants.entry.middleware.actor",
    "tenants.entry.middleware.language",
    "tenants.kit.body_limit.bounded",
    "tenants.entry.middleware.doors",
    "tenants.kit.idempotency.idempotent",
    "tenants.kit.sent_forms.once",
    "tenants.entry.middleware.scope",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True
AUTHENTICATION_BACKENDS = ["tenants.accounts.backends.Backend"]
ACCOUNT_ADAPTER = "tenants.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # by default the host that the request named
MFA_TOTP_ISSUER = urlsplit(PUBLIC_URL).hostname  # likewise
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {"login": "tenants.accounts.forms.SignInForm"}
ACCOUNT_RATE_LIMITS = {  # passwords are counted by tenants/accounts/tries.py
    "login": None,
    "login_failed": "5/300s/key",  # codes of the second step
    "reset_password": "5/m/key",
    "reset_password_from_key": None,
}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # the adapter says when a code is asked
# How many proxies of our own stand before the pages: what the nearest saw is the caller's address.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1 if SECURE else 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/login/"
PASSWORD_HASHERS = ["tenants.accounts.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600

_host = "__Host-" if SECURE else ""
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_NAME = f"{_host}sid"
CSRF_COOKIE_NAME = f"{_host}csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL, VERIFY_URL]
CSRF_FAILURE_VIEW = "config.errors.expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz/?$", r"^readyz/?$", r"^domain-check/?$"]
_behind_tls_proxy = env.bool("BEHIND_TLS_PROXY", SECURE)
if _behind_tls_proxy and TRUSTED_PROXY_COUNT < 1:
    raise ImproperlyConfigured(
        "TRUSTED_PROXY_COUNT must be 1 or more behind a TLS proxy: every caller would have its address"
    )
if _behind_tls_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [NONCE, "'strict-dynamic'"],
        "style-src": [SELF, NONCE],
        "img-src": [
            SELF,
            "data:",
            *([source_of_tiles(MAP_TILE_URL)] if MAP_TILE_URL else []),
        ],
        "connect-src": [SELF, *([EVENTS_URL] if EVENTS_URL else [])],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an order of 50 stops and 200 lines of cargo has 2,400
FILE_UPLOAD_PERMISSIONS = 0o640

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "config.jinja.environment",
            "context_processors": ["config.page.page_context"],
        },
    },
    {  # the admin and third-party pages only
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "panel"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "config.widgets.Renderer"

# -- words
# --------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "ru"
LANGUAGES = [
    ("ru", "Русский"),
    ("th", "ไทย"),
    ("en", "English"),
    ("ky", "Кыргызча"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", STATE_DIR / "static")  # `collectstatic` fills it
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage"
    },  # files go through office.files alone
    "staticfiles": {
        "BACKEND": env.str("STATIC_STORAGE", "config.static_files.HashedFiles"),
    },
}
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # /favicon.ico, which the admin's pages ask for
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# -- API
# ----------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["tenants.accounts.api_auth.ActorAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["tenants.accounts.api_auth.NamedPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["tenants.kit.edge.json_body.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "tenants.kit.describing.Described",
    "DEFAULT_THROTTLE_CLASSES": ["tenants.kit.throttle.ActorThrottle"],
    "DEFAULT_THROTTLE_RATES": {"actor": "1200/min"},
    "EXCEPTION_HANDLER": "tenants.kit.problem_handler.problem",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CRM API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "StopKindEnum": "orders.models.StopKind",
        "IncidentKindEnum": "orders.models.IncidentKind",
        "CompanyKindEnum": "companies.models.Company.Kind",
        "SideEnum": "tenants.exchange.models.Side",
        "CurrencyEnum": "orders.api.bodies.CODES",
        "FormEnum": "orders.models.Form",
    },
}

# -- logs: JSON, UTC, with the request id
# ---------------------------------------------------------------------------
LOGGING = logging_of(level=env.str("LOG_LEVEL", "INFO"))
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # unique by a constraint on lower(email)
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",  # follow PUBLIC_URL's scheme
]
