"""A reseller's own domain: typed, proven by a record, removed; looked at again by the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from companies import own_domain
from companies.own_domain import CannotClaim
from tenants.context import PLATFORM, inside
from tenants.kit import clock
from tenants.kit.outbox import work_off
from tenants.office.models import AuditEvent, Notification
from tenants.platform import domains
from tenants.platform.domains import ClaimChanged, Outcome, OwnDomain
from tenants.platform.models import Domain, DomainClaim
from tests.name_server import FAILED, NameServer, running
from tests.world import Cast

DOMAIN = "cabinet.firm.kg"
RECORD = f"_cabinet-check.{DOMAIN}"
PAGE = "/my-company/domain/"
HERE = {("crm.example", "A"): ["192.0.2.1"], (DOMAIN, "A"): ["192.0.2.1"]}


@pytest.fixture
def server(settings: Any) -> Iterator[NameServer]:
    with running() as one:
        settings.DNS_SERVER = one.setting
        settings.PUBLIC_URL = "https://crm.example"
        one.rows = dict(HERE)
        yield one


def claimed(cast: Cast) -> OwnDomain:
    with inside(cast.scope):
        own_domain.claim(domain=DOMAIN, by=cast.actor(), at=clock.now())
        own = domains.own_domain()
    assert own
    return own


def set_record(server: NameServer, *owns: OwnDomain) -> None:
    server.rows = dict(HERE) | {(RECORD, "TXT"): [f'"{own.token}"' for own in owns]}


def checked(cast: Cast, own: OwnDomain) -> OwnDomain:
    with inside(cast.scope):
        return own_domain.check(own=own, by=cast.actor(), at=clock.now())


def opened(cast: Cast, server: NameServer) -> OwnDomain:
    own = claimed(cast)
    set_record(server, own)
    return checked(cast, own)


def doors() -> list[str]:
    with inside(PLATFORM):
        return list(Domain.objects.values_list("domain", flat=True))


def acts() -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(action__startswith="own.domain").order_by("at", "id")
    return [(row.action, row.by_name) for row in rows]


def test_the_head_proves_a_domain_on_the_page(
    in_alpha: Cast, browse: Any, server: NameServer
) -> None:
    head = browse(in_alpha)
    assert "Ваш домен" in head.get(PAGE).content.decode()
    assert head.post(PAGE, {"domain": " Cabinet.Firm.KG "})["Location"] == PAGE
    own = domains.own_domain()
    assert own and (own.domain, own.is_open, own.outcome) == (DOMAIN, False, "")
    shown = head.get(PAGE).content.decode()
    for text in (RECORD, own.token, "CNAME", "crm.example"):
        assert f'data-copy="{text}"' in shown or text == "CNAME"
    head.post(f"{PAGE}check/", {})
    assert "ещё нет" in head.get(PAGE).content.decode()
    assert doors() == []
    set_record(server, own)
    head.post(f"{PAGE}check/", {})
    assert f"https://{DOMAIN}" in head.get(PAGE).content.decode()
    assert doors() == [DOMAIN]
    head.post(f"{PAGE}remove/", {})
    assert (doors(), domains.own_domain()) == ([], None)
    name = in_alpha.actor().name
    assert acts() == [
        ("own.domain_claim", name),
        ("own.domain_check", name),
        ("own.domain_open", name),
        ("own.domain_remove", name),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({(RECORD, "TXT"): ['"check=<b>"']}, "check=&lt;b&gt;"),
        ({(RECORD, "TXT"): FAILED}, "не отвечает"),
        ({(DOMAIN, "A"): ["192.0.2.7"]}, "192.0.2.7"),
    ],
)
def test_the_page_says_what_stands_there_instead(
    in_alpha: Cast, browse: Any, server: NameServer, rows: Any, words: str
) -> None:
    set_record(server, claimed(in_alpha))
    server.rows |= rows
    head = browse(in_alpha)
    head.post(f"{PAGE}check/", {})
    assert words in head.get(PAGE).content.decode()
    assert doors() == []


@pytest.mark.parametrize(
    "typed", ["", "192.0.2.1", "firm", "a.crm.example", "*.firm.kg", "x" * 400]
)
def test_bad_input_is_said_at_the_field_and_stays(
    in_alpha: Cast, browse: Any, server: NameServer, typed: str
) -> None:
    answer = browse(in_alpha).post(PAGE, {"domain": typed})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_domain-error"' in text
    assert f'value="{typed}"' in text or not typed
    assert (domains.own_domain(), acts()) == (None, [])


def test_a_colleague_reads_the_page_and_changes_nothing(
    in_alpha: Cast, browse: Any, server: NameServer
) -> None:
    colleague = browse(in_alpha, "dispatcher")
    assert colleague.post(PAGE, {"domain": DOMAIN}).status_code == 403
    claimed(in_alpha)
    page = colleague.get(PAGE)
    assert page.status_code == 200 and "domain/check" not in page.content.decode()
    for act in ("check/", "remove/"):
        assert colleague.post(PAGE + act, {}).status_code == 403
    for stranger in ("client", "partner"):
        assert browse(in_alpha, stranger).get(PAGE).status_code == 404
    assert domains.own_domain() is not None


def test_two_may_claim_a_host_and_the_first_proof_wins(
    alpha: Cast, beta: Cast, server: NameServer
) -> None:
    ours, theirs = claimed(alpha), claimed(beta)
    assert ours.token != theirs.token
    set_record(server, ours, theirs)
    assert checked(beta, theirs).is_open
    late = checked(alpha, ours)
    assert (late.is_open, late.outcome) == (False, Outcome.TAKEN)
    assert doors() == [DOMAIN]
    with inside(beta.scope):
        own_domain.remove(by=beta.actor(), at=clock.now())
    assert checked(alpha, ours).is_open


def test_a_proven_host_cannot_be_claimed_and_nobody_hears_whose_it_is(
    alpha: Cast, beta: Cast, browse: Any, server: NameServer
) -> None:
    opened(beta, server)
    with inside(alpha.scope):
        answer = browse(alpha).post(PAGE, {"domain": DOMAIN})
        assert domains.own_domain() is None
    text = answer.content.decode()
    assert answer.status_code == 422 and "уже используется" in text
    assert beta.info.name not in text


def test_a_second_domain_waits_until_the_first_is_removed(
    in_alpha: Cast, browse: Any, server: NameServer
) -> None:
    claimed(in_alpha)
    with pytest.raises(CannotClaim):
        own_domain.claim(domain="other.kg", by=in_alpha.actor(), at=clock.now())
    assert browse(in_alpha).post(PAGE, {"domain": "other.kg"}).status_code == 422
    with inside(PLATFORM):
        assert list(DomainClaim.objects.values_list("domain", flat=True)) == [DOMAIN]


def test_a_check_of_a_claim_that_is_gone_opens_nothing(in_alpha: Cast, server: NameServer) -> None:
    own = claimed(in_alpha)
    set_record(server, own)
    own_domain.remove(by=in_alpha.actor(), at=clock.now())
    claimed(in_alpha)
    with pytest.raises(ClaimChanged):
        checked(in_alpha, own)
    assert doors() == []


def test_checks_are_counted(
    in_alpha: Cast, browse: Any, server: NameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companies.views.own_domain.CHECKS", 1)
    claimed(in_alpha)
    head = browse(in_alpha)
    for _ in range(3):
        head.post(f"{PAGE}check/", {})
    assert [action for action, _name in acts()] == ["own.domain_claim", "own.domain_check"]


# -- the worker looks again


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """later(cast, days=1) is the worker's look so many days from now, if one is due."""

    def work(cast: Cast, *, days: float) -> None:
        at = clock.now() + timedelta(days=days)
        domains.announce_due(at)
        monkeypatch.setattr(clock, "now", lambda: at)
        work_off()
        monkeypatch.undo()

    return work


def heard(cast: Cast) -> list[str]:
    with inside(cast.scope):
        rows = Notification.objects.filter(member_id=cast.actor().member_id)
        return [row.text for row in rows.order_by("created_at", "id") if DOMAIN in row.text]


def test_a_door_whose_record_went_away_closes_after_a_week(
    alpha: Cast, server: NameServer, later: Any
) -> None:
    opened(alpha, server)
    server.rows = dict(HERE)
    later(alpha, days=0.1)
    assert heard(alpha) == []  # looked at a moment ago
    later(alpha, days=1)
    later(alpha, days=2)
    (lost,) = heard(alpha)
    assert "закроется" in lost and doors() == [DOMAIN]
    server.rows = dict(HERE) | {(RECORD, "TXT"): FAILED}
    later(alpha, days=9)
    assert doors() == [DOMAIN]  # a server that is away proves nothing
    server.rows = dict(HERE)
    mail.outbox.clear()
    later(alpha, days=10)
    assert doors() == []
    assert len(heard(alpha)) == 2
    work_off()
    assert [letter.to for letter in mail.outbox] == [[alpha.actor().email]]
    with inside(alpha.scope):
        assert [act for act, _by in acts()][-2:] == ["own.domain_lost", "own.domain_close"]
        own = domains.own_domain()
    assert own and not own.is_open and own.missing_since is None


@pytest.mark.parametrize("by_worker", [True, False])
@pytest.mark.parametrize(
    "rows",
    [HERE | {(RECORD, "TXT"): ['"of-somebody-else"']}, {(DOMAIN, "A"): ["203.0.113.9"]}],
)
def test_a_door_that_leads_to_others_closes_at_once(
    alpha: Cast, server: NameServer, later: Any, rows: dict[Any, Any], by_worker: bool
) -> None:
    """Letters would send people of the reseller to whoever answers there."""
    own = opened(alpha, server)
    set_record(server, own)
    server.rows = dict(server.rows) | rows
    if by_worker:
        later(alpha, days=1)
        assert len(heard(alpha)) == 1
    else:
        checked(alpha, own)
    assert doors() == []
    with inside(alpha.scope):
        assert "own.domain_close" in {act for act, _by in acts()}


def test_a_record_that_comes_back_keeps_the_door(
    alpha: Cast, server: NameServer, later: Any
) -> None:
    own = opened(alpha, server)
    server.rows = dict(HERE)
    later(alpha, days=1)
    set_record(server, own)
    later(alpha, days=2)
    server.rows = dict(HERE)
    later(alpha, days=8)
    assert doors() == [DOMAIN]
    with inside(alpha.scope):
        now = domains.own_domain()
    assert now and now.closes_at
    assert now.closes_at - clock.now() > timedelta(days=14)


def test_the_head_sees_until_when_it_answers(
    in_alpha: Cast, browse: Any, server: NameServer, later: Any
) -> None:
    opened(in_alpha, server)
    server.rows = dict(HERE)
    later(in_alpha, days=1)
    assert "Подтверждение пропало" in browse(in_alpha).get(PAGE).content.decode()


def test_one_reseller_s_look_leaves_the_other_s_claim(
    alpha: Cast, beta: Cast, server: NameServer, later: Any
) -> None:
    theirs = claimed(beta)
    opened(alpha, server)
    later(alpha, days=1)
    with inside(beta.scope):
        assert domains.own_domain() == theirs
