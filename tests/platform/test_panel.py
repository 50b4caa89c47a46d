"""The platform managers' panel."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tenants.accounts.models import Membership, User
from tenants.context import PLATFORM, inside
from tenants.kit.outbox import work_off
from tenants.office.models import AuditEvent, Member
from tenants.platform import provisioning
from tenants.platform.models import Reseller, SchemaSlot
from tests.accounts.conftest import person, sign_in, visitor
from tests.world import Cast

__all__ = ["person", "visitor"]
ADD = "/admin/platform/reseller/add/"
STAFF = "/admin/accounts/membership/add/"
FORM = {
    "name": "Gamma Trans",
    "slug": "gamma",
    "country": "KG",
    "head_name": "Gulnara",
    "head_email": "head@gamma.test",
}


@pytest.fixture
def panel(db: None, visitor: Any, settings: Any) -> Any:
    """A platform manager's browser, past the second step."""
    settings.DEMO = True
    browser = visitor()
    sign_in(browser, "manager@platform.test")
    return browser


def act(panel: Any, model: str, action: str, *ids: Any) -> Any:
    return panel.post(
        f"/admin/{model}/",
        {"action": action, "_selected_action": [str(i) for i in ids]},
        follow=True,
    )


def resellers_now() -> int:
    with inside(PLATFORM):
        return Reseller.objects.count()


def test_a_reseller_is_made_and_its_head_gets_a_letter_that_opens(
    committed: None, settings: Any
) -> None:
    from django.test import Client

    settings.DEMO = True
    provisioning.refill(spares=1, at=timezone.now())
    panel = Client()
    mail.outbox = []
    sign_in(panel, "manager@platform.test")
    answer = panel.post(ADD, FORM)
    assert answer.status_code == 302, answer.content.decode()
    with inside(PLATFORM):
        reseller = Reseller.objects.get(slug="gamma")
        assert SchemaSlot.objects.get(reseller=reseller).name == reseller.schema_name
    work_off()
    (letter,) = [m for m in mail.outbox if m.to == ["head@gamma.test"]]
    assert "track" not in str(letter.body).lower()
    password = re.search(r": (\S{12})\n", str(letter.body))
    assert password
    head = Client()
    assert sign_in(head, "head@gamma.test", password[1])["Location"] in (
        "/",
        "/password/new/",
    )
    assert head.get("/")["Location"] == "/password/new/"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "alpha"}, "slug"),
        ({"slug": "ALPHA"}, "slug"),
        ({"slug": "not a slug"}, "slug"),
        ({"name": ""}, "name"),
        ({"head_email": "nobody"}, "head_email"),
        ({"country": "XX"}, "country"),
    ],
)
def test_a_bad_form_says_why_and_keeps_what_was_typed(
    panel: Any,
    alpha: Cast,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, str],
    field: str,
) -> None:
    monkeypatch.setattr(provisioning, "spares_ready", lambda: 1)
    before = resellers_now()
    answer = panel.post(ADD, FORM | changes)
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {field}
    assert 'value="Gulnara"' in answer.content.decode()
    assert resellers_now() == before


def test_without_a_spare_the_form_says_to_wait(panel: Any, alpha: Cast) -> None:
    with inside(PLATFORM):
        SchemaSlot.objects.filter(state="spare").update(applied=[])
    answer = panel.post(ADD, FORM)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.non_field_errors()
    assert 'value="Gamma Trans"' in answer.content.decode()


def test_the_last_spare_taken_meanwhile_is_a_message_and_no_error(
    panel: Any, alpha: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with inside(PLATFORM):
        SchemaSlot.objects.filter(state="spare").update(applied=[])
    monkeypatch.setattr(provisioning, "spares_ready", lambda: 1)
    before = resellers_now()
    answer = panel.post(ADD, FORM, follow=True)
    assert answer.status_code == 200
    assert "error" in [message.level_tag for message in answer.context["messages"]]
    assert resellers_now() == before


def test_a_suspended_reseller_and_back(panel: Any, alpha: Cast, browse: Any) -> None:
    browser = browse(alpha, "dispatcher")
    act(panel, "platform/reseller", "suspend", alpha.info.id)
    assert browser.get("/companies/").status_code == 403
    act(panel, "platform/reseller", "resume", alpha.info.id)
    assert browser.get("/companies/").status_code == 200
    with inside(alpha.scope):
        rows = AuditEvent.objects.order_by("at").values_list("action", "title")
        assert list(rows) == [
            ("reseller.suspend", "Alpha"),
            ("reseller.resume", "Alpha"),
        ]


def test_a_dispatcher_is_registered(panel: Any, alpha: Cast, visitor: Any) -> None:
    mail.outbox.clear()
    form = {
        "reseller": str(alpha.info.id),
        "role": "dispatcher",
        "name": "Nurlan",
        "email": "nurlan@alpha.test",
    }
    assert panel.post(STAFF, form).status_code == 302
    with inside(PLATFORM):
        membership = Membership.objects.get(user__email="nurlan@alpha.test")
        assert (
            membership.role,
            membership.reseller_id,
            membership.user.must_change_password,
        ) == ("dispatcher", alpha.info.id, True)
    with inside(alpha.scope):
        assert Member.objects.get(pk=membership.pk).name == "Nurlan"
    work_off()
    assert [m.to for m in mail.outbox] == [["nurlan@alpha.test"]]


@pytest.mark.parametrize("role", ["client", "partner", "platform", "cargo_sale"])
def test_only_staff_is_registered_here(panel: Any, alpha: Cast, role: str) -> None:
    form = {
        "reseller": str(alpha.info.id),
        "role": role,
        "name": "N",
        "email": "n@alpha.test",
    }
    answer = panel.post(STAFF, form)
    assert answer.status_code == 200 and "role" in answer.context["adminform"].form.errors


def test_nobody_is_registered_twice(panel: Any, alpha: Cast) -> None:
    form = {
        "reseller": str(alpha.info.id),
        "role": "dispatcher",
        "name": "N",
        "email": "HEAD@alpha.test",
    }
    answer = panel.post(STAFF, form)
    assert answer.status_code == 200 and "email" in answer.context["adminform"].form.errors


def test_access_is_reset_and_nobody_sees_the_password(
    panel: Any, alpha: Cast, person: Any, visitor: Any
) -> None:
    user = person(alpha)
    browser = visitor()
    sign_in(browser, user.email)
    mail.outbox.clear()
    page = act(panel, "accounts/user", "reset_access", user.pk).content.decode()
    assert browser.get("/companies/").status_code == 302
    work_off()
    (letter,) = [m for m in mail.outbox if m.to == [user.email]]
    password = re.search(r": (\S{12})\n", str(letter.body))
    assert password and password[1] not in page


def test_nobody_resets_another_manager(panel: Any, person: Any) -> None:
    other = person(is_platform_manager=True)
    page = act(panel, "accounts/user", "reset_access", other.pk).content.decode()
    assert "Одноразовые пароли" not in page
    assert "Доступ менеджеров платформы здесь не сбрасывается." in page
    with inside(PLATFORM):
        assert User.objects.get(pk=other.pk).must_change_password is False


def test_nothing_is_deleted_and_no_password_is_shown(panel: Any, alpha: Cast) -> None:
    user = alpha.actor("head").user_id
    assert panel.post(f"/admin/accounts/user/{user}/delete/", {"post": "yes"}).status_code == 403
    page = panel.get(f"/admin/accounts/user/{user}/change/")
    assert page.status_code == 200 and "password" not in page.context["adminform"].form.fields


def test_an_e_mail_and_a_role_are_not_edited(panel: Any, alpha: Cast) -> None:
    who = alpha.actor("dispatcher")
    panel.post(
        f"/admin/accounts/user/{who.user_id}/change/",
        {
            "name": "X",
            "language": "ru",
            "is_active": "on",
            "email": "evil@x.test",
            "is_platform_manager": "on",
        },
    )
    panel.post(
        f"/admin/accounts/membership/{who.member_id}/change/",
        {"is_active": "on", "role": "head"},
    )
    with inside(PLATFORM):
        user = User.objects.get(pk=who.user_id)
        assert (user.email, user.is_platform_manager) == (
            who.email,
            False,
        )
        assert Membership.objects.get(pk=who.member_id).role == "dispatcher"


@pytest.mark.parametrize(
    "page",
    [
        "",
        "platform/reseller/",
        "platform/reseller/?q=alp",
        "accounts/user/",
        "accounts/membership/",
        "platform/ladder/",
        "platform/ladder/add/",
        "platform/feeline/",
        "accounts/membership/add/",
    ],
)
def test_every_page_of_the_panel_opens(panel: Any, alpha: Cast, page: str) -> None:
    assert panel.get(f"/admin/{page}").status_code == 200


def test_no_reseller_s_own_table_is_in_the_panel() -> None:
    from django.conf import settings as configured

    from config.admin import site

    labels = {name.rpartition(".")[2] for name in configured.TENANT_APPS}
    assert {model._meta.app_label for model in site._registry} == {
        "accounts",
        "platform",
    }
    assert not labels & {model._meta.app_label for model in site._registry}
