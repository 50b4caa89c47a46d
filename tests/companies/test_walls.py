"""Who may open what: Beta sees nothing of Alpha, a client nothing of another, colleagues what their
role says.
"""

from __future__ import annotations

from typing import Any

import pytest

from companies.models import Company
from tenants.context import inside
from tests.world import Cast

OFFICE = [
    "/companies/",
    "/companies/export/?format=csv",
    "/my-company/",
    "/my-company/images/",
    "/my-company/look/",
    "/my-company/terms/",
    "/my-company/support/",
    "/fleet/",
    "/fleet/vehicles/",
]
CARD = [
    "",
    "edit/",
    "contacts/",
    "history/",
    "contract/",
    "contract/paper/",
]


@pytest.mark.parametrize("path", OFFICE)
def test_pages_open_for_the_head_and_not_for_strangers(alpha: Cast, browse: Any, path: str) -> None:
    assert browse(alpha).get(path).status_code == 200
    assert browse().get(path).status_code == 302
    assert browse(alpha, "client").get(path).status_code == 404
    assert browse(alpha, "cargo_staff").get(path).status_code == 403


@pytest.mark.parametrize("tab", CARD)
def test_card_of_another_reseller_is_not_found(
    alpha: Cast, beta: Cast, browse: Any, tab: str
) -> None:
    path = f"/companies/{alpha.company_id('client')}/{tab}"
    assert browse(alpha).get(path).status_code == 200
    assert browse(beta).get(path).status_code == 404


def test_list_and_export_hold_the_own_companies_alone(alpha: Cast, beta: Cast, browse: Any) -> None:
    for path in (
        "/companies/",
        "/companies/?q=alpha",
        "/companies/export/?format=csv",
    ):
        assert "of alpha" not in browse(beta).get(path).content.decode()
        assert "client of alpha" in browse(alpha).get(path).content.decode()


def test_client_sees_its_own_company_alone(alpha: Cast, browse: Any) -> None:
    page = browse(alpha, "client").get("/cabinet/company/").content.decode()
    assert "client of alpha" in page and "client2" not in page
    assert browse(alpha, "client").get("/partner/company/").status_code == 404
    assert browse(alpha, "partner").get("/cabinet/contract/").status_code == 404


def test_accountant_reads_and_does_not_write(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "accountant")
    company = alpha.company_id("client")
    assert browser.get(f"/companies/{company}/").status_code == 200
    for path in (
        f"/companies/{company}/edit/",
        f"/companies/{company}/archive/",
        "/companies/invite/",
        "/companies/new/",
        f"/companies/{company}/invite/",
        "/my-company/",
        f"/companies/{company}/contacts/",
    ):
        assert browser.post(path, {"name": "X"}).status_code == 403, path
    with inside(alpha.scope):
        assert Company.objects.get(pk=company).name == "client of alpha"


def test_acts_on_another_reseller_s_company_are_not_found(
    alpha: Cast, beta: Cast, browse: Any
) -> None:
    company = alpha.company_id("client")
    for path in (
        "edit/",
        "archive/",
        "invite/",
        "invite/revoke/",
        "contacts/",
        "contract/paper/",
    ):
        assert (
            browse(beta).post(f"/companies/{company}/{path}", {"name": "X"}).status_code == 404
        ), path
