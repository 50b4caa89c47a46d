"""Fixtures of every test. Tests run as the walled `app` login, each in a transaction that is rolled
back.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from tests import servers
from tests.browser_client import Browser
from tests.world import Cast, load

settings.register_profile(
    "shared",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # two busy cores
settings.load_profile("shared")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> None:
    """The database is there already: a copy of the template (tests/servers.py). The first
    connection asks the server's version, which needs a scope."""
    from django.db import connection

    from tenants.context import GATE, inside

    with django_db_blocker.unblock(), inside(GATE):
        connection.ensure_connection()


def pytest_unconfigure(config: pytest.Config) -> None:
    if name := os.environ.get("TEST_DATABASE"):
        from django.db import connections

        connections.close_all()
        servers.drop(name)


@pytest.fixture(scope="session")
def _casts(django_db_setup: None, django_db_blocker: Any) -> dict[str, Cast]:
    with django_db_blocker.unblock():
        return {slug: load(slug) for slug in ("alpha", "beta")}


@pytest.fixture(autouse=True)
def fresh_brand(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page keeps a reseller's look for some seconds: it must not run out amid a count of
    statements, however slow the machine is.
    """
    from config import page

    page._brands.clear()
    monkeypatch.setattr(page, "BRAND_SECONDS", 3600.0)


@pytest.fixture
def alpha(db: None, _casts: dict[str, Cast]) -> Cast:
    """The reseller that acts."""
    return _casts["alpha"]


@pytest.fixture
def beta(db: None, _casts: dict[str, Cast]) -> Cast:
    """The other reseller: it must see nothing."""
    return _casts["beta"]


@pytest.fixture
def in_alpha(alpha: Cast) -> Iterator[Cast]:
    """Alpha, with its scope open for the whole test."""
    from tenants.context import inside

    with inside(alpha.scope):
        yield alpha


@pytest.fixture
def browse() -> Any:
    """browse(cast, "dispatcher") is a browser signed in as that person; browse() one that is not."""

    def open_browser(cast: Cast | None = None, name: str = "head") -> Client:
        browser = Browser()
        if cast:
            browser.sign_in(cast.actor(name))
        return browser

    return open_browser


@pytest.fixture
def call() -> Any:
    """call(cast, "dispatcher") is an API client with that person's token."""
    from tests.browser_client import ApiClient

    def open_client(cast: Cast, name: str = "head") -> ApiClient:
        return ApiClient(cast.actor(name))

    return open_client


_copies = itertools.count()


@pytest.fixture
def committed(django_db_blocker: Any) -> Iterator[None]:
    """A database of the test's own where commits are real: for races, threads and processes."""
    with own_database(django_db_blocker):
        yield


@contextmanager
def own_database(django_db_blocker: Any) -> Iterator[None]:
    """A copy of the template for one test or one module, dropped at the end."""
    from django.db import connections

    name = f"{os.environ['TEST_DATABASE']}_{next(_copies)}"
    own = os.environ["TEST_DATABASE"]
    connections.close_all()
    servers.copy_of_template(name)
    _use(name)
    with django_db_blocker.unblock():
        yield
        connections.close_all()
    _use(own)
    servers.drop(name)


def _use(name: str) -> None:
    from django.db import connections

    servers._point_to(name)
    for alias in ("default", "owner"):
        connections.settings[alias]["NAME"] = name
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
