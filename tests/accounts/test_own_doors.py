"""A reseller's own domain as a door: its people come in, others do not, and links lead there."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as configured
from django.core import mail
from django.test import Client

from companies import invites
from companies.queries import letterhead
from config.page import _brands as brands
from tenants.accounts import access_links, driver_login, invitations
from tenants.accounts.models import DriverAccess, Membership, User
from tenants.context import GATE, PLATFORM, inside
from tenants.drivers import pool
from tenants.entry.identify import from_driver
from tenants.kit import clock, events
from tenants.kit.doors import Door, through
from tenants.kit.outbox import work_off
from tenants.kit.public_url import public_url
from tenants.permissions import Role
from tenants.platform.domains import own_url, site_of
from tenants.platform.models import Domain, Reseller
from tests.accounts.conftest import NewPerson
from tests.companies.conftest import upload
from tests.documents.papers import issued
from tests.world import PASSWORD, Cast

HOST = "cabinet.alpha.kg"
SITE = site_of(HOST)


@pytest.fixture
def door(alpha: Cast) -> Door:
    """Alpha's proven domain."""
    with inside(PLATFORM):
        Domain.objects.create(domain=HOST, tenant_id=alpha.info.id)
    return Door(alpha.info.id, SITE)


@pytest.fixture
def at_door(door: Door, visitor: Callable[..., Client]) -> Client:
    """A browser that comes by Alpha's own domain."""
    browser = visitor()
    browser.defaults["HTTP_HOST"] = HOST
    return browser


def sign_in(browser: Client, login: str) -> Any:
    return browser.post("/login/", {"login": login, "password": PASSWORD})


@pytest.mark.parametrize("host", [HOST, f"{HOST}:80", "CABINET.Alpha.kg", f"{HOST}."])
def test_a_proven_host_answers_with_the_reseller_s_name(at_door: Client, host: str) -> None:
    answer = at_door.get("/login/", HTTP_HOST=host)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Alpha" in text and "Track.com" not in text


@pytest.mark.parametrize(
    "host", [f"x.{HOST}", "alpha.kg", f"{HOST}.evil.example", "cabinet.beta.th"]
)
def test_a_host_that_is_not_proven_is_refused_as_any(at_door: Client, host: str) -> None:
    assert at_door.get("/login/", HTTP_HOST=host).status_code == 400


def test_a_reseller_that_is_suspended_has_no_door(at_door: Client, alpha: Cast) -> None:
    with inside(PLATFORM):
        Reseller.objects.filter(pk=alpha.info.id).update(suspended_at=clock.now())
    assert at_door.get("/login/").status_code == 400


def test_people_of_the_reseller_come_in(at_door: Client, alpha: Cast) -> None:
    answer = sign_in(at_door, alpha.actor("client").email)
    assert answer["Location"] == "/cabinet/"
    assert at_door.get("/cabinet/").status_code == 200


@pytest.mark.parametrize("who", ["beta", "manager"])
def test_others_hear_what_a_wrong_password_hears(
    at_door: Client, alpha: Cast, beta: Cast, who: str
) -> None:
    with inside(GATE):
        manager = User.objects.get(is_platform_manager=True)
    email = beta.actor().email if who == "beta" else manager.email
    stranger = sign_in(at_door, email)
    wrong = at_door.post("/login/", {"login": alpha.actor().email, "password": "wrong-1"})
    assert (stranger.status_code, wrong.status_code) == (200, 200)
    errors = [re.findall(r"<li>(.*?)</li>", one.content.decode()) for one in (stranger, wrong)]
    assert errors[0] == errors[1] != []
    assert at_door.get("/companies/").status_code == 302
    answer = at_door.post(
        "/api/v1/auth/token",
        {"email": email, "password": PASSWORD},
        content_type="application/json",
    )
    assert answer.status_code == 401


def test_a_person_of_both_sees_the_places_of_the_door_alone(
    at_door: Client, alpha: Cast, beta: Cast, person: NewPerson
) -> None:
    user = person(beta, alpha)
    sign_in(at_door, user.email)
    text = at_door.get("/switch/").content.decode()
    assert "Alpha" in text and "Beta" not in text
    with inside(GATE):
        theirs = Membership.objects.get(user=user, reseller_id=beta.info.id)
    assert at_door.post("/switch/", {"membership": str(theirs.pk)}).status_code == 404


def test_a_session_of_elsewhere_opens_nothing_here(
    at_door: Client, beta: Cast, browse: Any
) -> None:
    """Cookies are of one host; whoever carries one over finds no place."""
    browser = browse(beta)
    assert browser.get("/companies/").status_code == 200
    assert browser.get("/companies/", HTTP_HOST=HOST).status_code == 403


def test_a_session_of_the_door_opens_nothing_elsewhere(
    at_door: Client, alpha: Cast, beta: Cast, person: NewPerson
) -> None:
    """Whoever holds the domain could take its cookies."""
    user = person(alpha, beta)
    sign_in(at_door, user.email)
    assert at_door.get("/companies/").status_code == 200
    with inside(PLATFORM):
        Domain.objects.create(domain="cabinet.beta.th", tenant_id=beta.info.id)
    for host in ("testserver", "cabinet.beta.th"):
        for path in ("/companies/", "/switch/", "/account/security/"):
            answer = at_door.get(path, HTTP_HOST=host)
            text = answer.content.decode()
            assert (path, answer.status_code) in ((path, 302), (path, 404)), text[:300]
    assert at_door.get("/companies/").status_code == 200
    sign_in(at_door, user.email)
    at_door.defaults["HTTP_HOST"] = "testserver"
    sign_in(at_door, user.email)
    assert "Beta" in at_door.get("/switch/").content.decode()


def test_the_panel_is_behind_no_door(at_door: Client) -> None:
    with inside(GATE):
        at_door.force_login(User.objects.get(is_platform_manager=True))
    assert at_door.get("/admin/").status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        f"evil@{HOST}",
        f"{HOST}@evil.example",
        f"{HOST}:x",
        f"{HOST}/evil",
        f"{HOST} ",
        f"{HOST}..",
        f".{HOST}",
        "xn--",
        "xn--80aswg.xn--p1ai'--",
        "a" * 5000,
        "кабинет.рф",
        "[::2]",
        "",
    ],
)
def test_a_host_that_is_none_is_refused(at_door: Client, host: str) -> None:
    assert at_door.get("/login/", HTTP_HOST=host).status_code == 400


def test_a_token_of_another_reseller_is_none_here(
    door: Door, alpha: Cast, beta: Cast, call: Any
) -> None:
    for cast, status in ((alpha, 200), (beta, 401)):
        answer = call(cast).get("/api/v1/companies", HTTP_HOST=HOST)
        assert answer.status_code == status
    assert call(beta).get("/api/v1/companies").status_code == 200


def test_a_driver_of_another_fleet_is_none_here(door: Door, alpha: Cast, beta: Cast) -> None:
    now = clock.now()
    for cast in (alpha, beta):
        phone = f"+99655{random.randrange(10**7):07d}"
        with inside(cast.scope):
            driver = pool.register_driver(name="Azamat", on=now.date(), at=now, phone=phone)
        driver_login.give_access(driver_id=driver.pk, phone=phone, at=now)
        with inside(PLATFORM):
            DriverAccess.objects.filter(driver_id=driver.pk).update(any_device=True)
        with inside(GATE):
            assert from_driver(driver.pk) is not None
            with through(door):
                assert (from_driver(driver.pk) is not None) == (cast is alpha)


def test_a_form_of_the_door_is_taken_and_one_of_another_site_is_not(
    door: Door, alpha: Cast, settings: Any
) -> None:
    browser = Client(enforce_csrf_checks=True, HTTP_HOST=HOST)
    browser.get("/login/")
    typed = {
        "login": alpha.actor().email,
        "password": PASSWORD,
        "csrfmiddlewaretoken": browser.cookies[settings.CSRF_COOKIE_NAME].value,
    }
    for origin in ("http://evil.example", "http://cabinet.beta.th", f"http://x.{HOST}"):
        assert browser.post("/login/", typed, HTTP_ORIGIN=origin).status_code == 403
    assert browser.post("/login/", typed, HTTP_ORIGIN=f"http://{HOST}").status_code == 302
    cookies = [browser.cookies[name] for name in (settings.SESSION_COOKIE_NAME, "csrf")]
    assert [cookie["domain"] for cookie in cookies] == ["", ""]


def test_https_is_ordered_for_the_own_host_and_for_no_name_below_it(
    at_door: Client, settings: Any
) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    header = "Strict-Transport-Security"
    browser = Client(HTTP_HOST=HOST)
    assert browser.get("/login/", secure=True)[header] == "max-age=31536000"
    assert "includeSubDomains" in Client().get("/login/", secure=True)[header]


# -- links


def test_a_reset_letter_leads_to_the_door_and_goes_to_its_people_alone(
    at_door: Client, alpha: Cast, beta: Cast, person: NewPerson
) -> None:
    ours, theirs = person(alpha), person(beta)
    mail.outbox.clear()
    answers = [at_door.post("/password/reset/", {"email": one.email}) for one in (ours, theirs)]
    assert len({(one.status_code, one["Location"]) for one in answers}) == 1
    work_off()
    (letter,) = mail.outbox
    assert letter.to == [ours.email]
    assert re.findall(r"https?://[^/\s]+", str(letter.body)) == [SITE]


def test_the_key_of_a_login_that_opens_more_never_lies_behind_a_door(
    at_door: Client, door: Door, alpha: Cast, beta: Cast, person: NewPerson
) -> None:
    """Whoever holds the domain may lead it elsewhere, and would take the key."""
    of_both, invited = person(alpha, beta), person(beta)
    with inside(alpha.scope):
        invites.invite(
            kind="client",
            name="Третья",
            full_name="Анна Белова",
            email=invited.email,
            phone="",
            language="ru",
            by=alpha.actor(),
            at=clock.now(),
        )
    work_off()
    for user in (of_both, invited):
        mail.outbox.clear()
        at_door.post("/password/reset/", {"email": user.email})
        work_off()
        (letter,) = mail.outbox
        assert letter.to == [user.email]
        assert re.findall(r"https?://[^/\s]+", str(letter.body)) == [configured.PUBLIC_URL]
    ours = person(alpha)
    for user, site in ((ours, SITE), (of_both, configured.PUBLIC_URL)):
        with inside(alpha.scope):
            assert access_links.make(user, is_by_mail=True).startswith(f"{site}/")
        with inside(PLATFORM), through(door):
            assert access_links.make(user, is_by_mail=True).startswith(f"{site}/")


def test_links_of_its_office_lead_to_the_door(door: Door, alpha: Cast, beta: Cast) -> None:
    with inside(alpha.scope):
        assert own_url("/x/") == f"{SITE}/x/"
        assert letterhead().site == SITE
        invited = invites.invite(
            kind="client",
            name="Новая",
            full_name="Анна Белова",
            email="anna@new.test",
            phone="",
            language="ru",
            by=alpha.actor(),
            at=clock.now(),
        )
        assert invited.link.startswith(f"{SITE}/invitations/")
        work_off()
        assert invited.link in str(mail.outbox[-1].body)
    with inside(beta.scope):
        assert own_url("/x/") == f"{configured.PUBLIC_URL}/x/"
        assert letterhead().site == configured.VERIFY_URL
    with inside(PLATFORM):
        assert own_url("/x/") == f"{configured.PUBLIC_URL}/x/"


def test_an_invitation_of_another_reseller_does_not_open_here(
    at_door: Client, alpha: Cast, beta: Cast
) -> None:
    for cast, status in ((alpha, 200), (beta, 404)):
        with inside(cast.scope):
            token = invitations.issue(
                role=Role.CLIENT,
                company_id=cast.company_id("client"),
                name="Гость",
                email=f"guest@{cast.info.slug}.test",
                phone="",
                login_name="",
                language="ru",
                at=clock.now(),
            )
        assert at_door.get(f"/invitations/{token}/").status_code == status


def test_a_person_of_elsewhere_who_is_invited_comes_in_and_joins(
    at_door: Client, alpha: Cast, beta: Cast, person: NewPerson
) -> None:
    client = person(beta)
    assert sign_in(at_door, client.email).status_code == 200
    with inside(alpha.scope):
        invited = invites.invite(
            kind="client",
            name="Вторая",
            full_name="Анна Белова",
            email=client.email,
            phone="",
            language="ru",
            by=alpha.actor(),
            at=clock.now(),
        )
    path = invited.link.removeprefix(SITE)
    typed = {"name": "Анна", "password": "correct-horse-1"}
    assert at_door.post(path, typed)["Location"] == f"{path}?letter=sent"
    work_off()
    letter = str(mail.outbox[-1].body)  # the usual password opens Beta, too: it is typed at no door
    assert f"{configured.PUBLIC_URL}/login/?next={path}" in letter and SITE not in letter
    login = {"login": client.email, "password": PASSWORD, "next": path}
    assert at_door.post("/login/", login)["Location"] == path
    assert at_door.get("/companies/").status_code == 403  # it grants nothing before
    assert at_door.post(path, {})["Location"] == "/cabinet/company/"
    assert at_door.get("/cabinet/").status_code == 200


def test_a_one_time_link_opens_for_its_people_alone(
    at_door: Client, alpha: Cast, beta: Cast, person: NewPerson
) -> None:
    for cast, status in ((alpha, 200), (beta, 404)):
        user = person(cast)
        with inside(GATE):
            link = access_links.make(user, is_by_mail=False)
        path = link.removeprefix(configured.PUBLIC_URL)
        assert at_door.get(path).status_code == status


def test_papers_of_another_reseller_are_nobody_s_here(
    at_door: Client, alpha: Cast, beta: Cast
) -> None:
    for cast, status in ((alpha, 200), (beta, 404)):
        with inside(cast.scope):
            code = issued(cast).verify_code
        assert at_door.get(f"/verify/{code}/").status_code == status
        assert Client().get(f"/verify/{code}/").status_code == 200


def test_streams_are_of_the_own_origin(door: Door, alpha: Cast) -> None:
    with inside(alpha.scope), through(door):
        assert events.stream_url("x").startswith("/events/?ticket=")
        assert public_url("/x/") == f"{SITE}/x/"


def test_the_logo_of_the_door_is_public_and_of_no_other_host(
    at_door: Client, alpha: Cast, browse: Any, settings: Any, tmp_path: Any
) -> None:
    settings.STORAGE_DIR = tmp_path
    assert at_door.get("/login/logo/").status_code == 404
    head = browse(alpha)
    head.post("/my-company/images/logo/save/", {"logo-picture": upload()})
    brands.clear()
    assert at_door.get("/login/logo/")["Content-Type"] == "image/png"
    assert "/login/logo/" in at_door.get("/login/").content.decode()
    assert Client().get("/login/logo/").status_code == 404


# -- the proxy's question


@pytest.mark.parametrize(
    ("domain", "status"),
    [
        (HOST, 200),
        (HOST.upper(), 200),
        ("testserver", 200),
        ("cabinet.beta.th", 404),
        (f"x.{HOST}", 404),
        ("", 404),
        ("a" * 5000, 404),
        ("*", 404),
        ("' OR 1=1 --", 404),
        ("кабинет.рф", 404),
        (f"{HOST}\n", 404),
        (f"{HOST}:443", 404),
        (f"u@{HOST}", 404),
        ("\x00", 400),
    ],
)
def test_the_proxy_hears_which_hosts_are_answered(
    door: Door, settings: Any, domain: str, status: int
) -> None:
    settings.SECURE_SSL_REDIRECT = True  # the proxy asks by http
    inside_host = Client(HTTP_HOST="web:8000")
    answer = inside_host.get("/domain-check", {"domain": domain})
    assert (answer.status_code, answer.content) == (status, b"")


def test_nobody_outside_hears_it(door: Door) -> None:
    answer = Client().get("/domain-check", {"domain": HOST}, HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert (answer.status_code, answer.content) == (404, b"")
