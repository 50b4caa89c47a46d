"""A page left open after switching to another reseller writes nothing: the stamp on its forms is
the other one's.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.signing import Signer

from companies.models import Company
from tests.world import Cast

FIELDS = {
    "name": "x",
    "position": "",
    "phone": "+996555112233",
    "email": "x@example.test",
}


@pytest.fixture
def left_open(alpha: Cast, beta: Cast, browse: Any) -> Any:
    """Alpha's dispatcher with a form that carries Beta's stamp."""
    browser = browse(alpha, "dispatcher")
    browser.defaults["HTTP_X_RESELLER"] = Signer(salt="reseller-stamp").sign(
        str(beta.actor("head").member_id)
    )
    return browser


def contacts(cast: Cast) -> str:
    return f"/companies/{cast.company_id('client')}/contacts/"


def test_a_form_of_another_reseller_writes_nothing(alpha: Cast, left_open: Any) -> None:
    from tenants.context import inside

    answer = left_open.post(contacts(alpha), FIELDS)
    assert answer.status_code == 409
    with inside(alpha.scope):
        assert Company.objects.get(pk=alpha.company_id("client")).contacts.count() == 0


def test_with_the_stamp_off_it_would_write(
    alpha: Cast, left_open: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tenants.context import inside

    monkeypatch.setattr(
        "tenants.entry.middleware.stamp_matches",
        lambda request: True,
    )
    assert left_open.post(contacts(alpha), FIELDS).status_code == 302
    with inside(alpha.scope):
        assert Company.objects.get(pk=alpha.company_id("client")).contacts.count() == 1


def test_a_form_without_a_stamp_is_refused_as_well(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "dispatcher")
    del browser.defaults["HTTP_X_RESELLER"]
    assert browser.post(contacts(alpha), FIELDS).status_code == 409
