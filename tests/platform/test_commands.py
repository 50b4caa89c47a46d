"""reseller_create and db_bootstrap."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tenants.context import PLATFORM, inside
from tenants.platform.models import Reseller


def create(**more: Any) -> None:
    call_command(
        "reseller_create",
        **(
            {
                "slug": "gamma",
                "name": "Gamma",
                "email": "head@gamma.test",
            }
            | more
        ),
    )


def printed_password(output: str) -> str:
    return output.split()[-1]


def test_the_printed_password_opens_once_and_must_be_changed(
    committed: None, browse: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    create()
    address, email, password = capsys.readouterr().out.split()
    assert address.endswith("/login/") and email == "head@gamma.test"
    browser = browse()
    assert browser.post("/login/", {"login": email, "password": password}).status_code == 302
    for page in ("/", "/companies/", "/orders/", "/my-company/"):
        answer = browser.get(page)
        assert (answer.status_code, answer["Location"]) == (
            302,
            "/password/new/",
        ), page
    answer = browser.post(
        "/password/new/",
        {"new": "gamma-gamma-1", "again": "gamma-gamma-1"},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get("/my-company/").status_code == 200
    assert (
        browse().post("/login/", {"login": email, "password": password}).status_code == 200
    )  # the form again


def test_a_reseller_gets_its_country_s_money_and_hours(
    committed: None,
) -> None:
    create(country="TH", cargo=True)
    with inside(PLATFORM):
        reseller = Reseller.objects.get(slug="gamma")
    assert (
        reseller.currency,
        reseller.language,
        reseller.time_zone,
        reseller.cargo,
    ) == ("THB", "th", "Asia/Bangkok", True)


@pytest.mark.parametrize("slug", ["alpha", "ALPHA"])
def test_a_taken_slug_is_refused_and_nothing_is_made(committed: None, slug: str) -> None:
    with pytest.raises(CommandError, match="taken"):
        create(slug=slug)
    with inside(PLATFORM):
        assert Reseller.objects.filter(slug__iexact="alpha").count() == 1


def test_a_known_head_keeps_the_password_they_have(
    committed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    create(email="head@alpha.test")
    assert "keeps the password" in capsys.readouterr().out


def test_without_the_owner_s_login_it_says_what_to_do(
    committed: None,
) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(CommandError, match="start the provisioner"),
    ):
        patch.delitem(settings.DATABASES, "owner")
        create()


def test_bootstrap_prints_the_sql_a_superuser_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("db_bootstrap", only_print=True)
    output = capsys.readouterr().out
    for part in (
        "CREATE ROLE app LOGIN NOINHERIT",
        "REVOKE EXECUTE ON FUNCTION pg_catalog.set_config",
        "REVOKE USAGE ON LANGUAGE plpgsql",
        r"\password app",
        r"\password owner",
    ):
        assert part in output
