"""What the name servers say of a domain, and what a name of one may be (a real server over UDP)."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest

from tenants.kit import domain_names, name_service
from tenants.kit.domain_names import BadDomain
from tenants.platform.domain_checks import Evidence, look
from tenants.platform.models import DomainClaim
from tests.name_server import FAILED, SILENT, NameServer, running

Outcome = DomainClaim.Outcome
DOMAIN = "cabinet.firm.kg"
RECORD = f"_cabinet-check.{DOMAIN}"
TOKEN = "check=0123"
HERE = {("crm.example", "A"): ["192.0.2.1"], ("crm.example", "AAAA"): ["2001:db8::1"]}
LEADS = HERE | {(DOMAIN, "A"): ["192.0.2.1"]}
RIGHT = {(RECORD, "TXT"): [f'"{TOKEN}"']}


@pytest.fixture
def server(settings: Any) -> Iterator[NameServer]:
    with running() as one:
        settings.DNS_SERVER = one.setting
        settings.PUBLIC_URL = "https://crm.example"
        yield one


@pytest.mark.parametrize(
    ("rows", "evidence"),
    [
        (LEADS | RIGHT, Evidence(Outcome.PROVEN)),
        (LEADS, Evidence(Outcome.ABSENT)),
        (LEADS | {(RECORD, "A"): ["192.0.2.9"]}, Evidence(Outcome.ABSENT)),
        (LEADS | {(RECORD, "TXT"): ['"check=9999"']}, Evidence(Outcome.OTHER, "check=9999")),
        (LEADS | {(RECORD, "TXT"): ['"spf1"', f'"{TOKEN}"']}, Evidence(Outcome.PROVEN)),
        (LEADS | {(RECORD, "TXT"): ['"check=" "01" "23"']}, Evidence(Outcome.PROVEN)),
        (LEADS | {(RECORD, "TXT"): [f'" {TOKEN} "']}, Evidence(Outcome.PROVEN)),
        (LEADS | {(RECORD, "TXT"): ['"a\\000\\255b"']}, Evidence(Outcome.OTHER, "a\ufffdb")),
        (LEADS | {(RECORD, "TXT"): ['""']}, Evidence(Outcome.OTHER)),
        (LEADS | {(RECORD, "TXT"): FAILED}, Evidence(Outcome.AWAY)),
        (HERE | RIGHT, Evidence(Outcome.ELSEWHERE)),
        (HERE | RIGHT | {(DOMAIN, "A"): ["192.0.2.7"]}, Evidence(Outcome.ELSEWHERE, "192.0.2.7")),
        (HERE | RIGHT | {(DOMAIN, "AAAA"): ["2001:DB8::1"]}, Evidence(Outcome.PROVEN)),
        (LEADS | RIGHT | {(DOMAIN, "A"): FAILED}, Evidence(Outcome.AWAY)),
    ],
)
def test_a_check_says_what_stands_there(
    server: NameServer, rows: dict[tuple[str, str], list[str] | str], evidence: Evidence
) -> None:
    server.rows = rows
    assert look(domain=DOMAIN, token=TOKEN) == evidence


def test_a_silent_server_holds_nobody(server: NameServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (name_service.SECONDS_A_TRY, name_service.SECONDS) == (2.0, 4.0)
    monkeypatch.setattr(name_service, "SECONDS_A_TRY", 0.1)
    monkeypatch.setattr(name_service, "SECONDS", 0.3)
    server.rows = {(RECORD, "TXT"): SILENT}
    began = monotonic()
    assert look(domain=DOMAIN, token=TOKEN) == Evidence(Outcome.AWAY)
    assert monotonic() - began < 2


def test_no_server_at_all_is_one_that_is_away(settings: Any, server: NameServer) -> None:
    settings.DNS_SERVER = "127.0.0.1:1"
    assert look(domain=DOMAIN, token=TOKEN) == Evidence(Outcome.AWAY)


def test_an_installation_at_an_address_is_compared_with_it(
    settings: Any, server: NameServer
) -> None:
    settings.PUBLIC_URL = "http://192.0.2.1:8000"
    server.rows = LEADS | RIGHT
    assert look(domain=DOMAIN, token=TOKEN) == Evidence(Outcome.PROVEN)


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("Cabinet.Firm.KG", "cabinet.firm.kg"),
        (" cabinet.firm.kg. ", "cabinet.firm.kg"),
        ("cabinet\u200b.firm.kg", "cabinet.firm.kg"),
        ("Кабинет.Груз.рф", "xn--80acmlhv0b.xn--c1ai0am.xn--p1ai"),
        ("ขนส่ง.ไทย", "xn--22ck7c8cyh.xn--o3cw4h"),
        ("cabinet。firm。kg", "cabinet.firm.kg"),
        ("xn--c1ai0am.xn--p1ai", "xn--c1ai0am.xn--p1ai"),
        ("4x4.kg", "4x4.kg"),
    ],
)
def test_a_name_in_any_letters_is_one_name(typed: str, domain: str) -> None:
    assert domain_names.domain_of(typed) == domain


BAD = [
    ("192.0.2.1", "IP"),
    ("2001:db8::1", "IP"),
    ("[::1]", "IP"),
    ("1.2.3", "IP"),
    ("0x7f.1", "IP"),
    ("0xc0a80001", "IP"),
    ("cabinet.firm.kg:8443", "port"),
    ("https://cabinet.firm.kg", "https"),
    ("cabinet.firm.kg/login", "page"),
    ("cabinet.firm.kg?a=1", "page"),
    ("me@firm.kg", "page"),
    ("*.firm.kg", "star"),
    ("localhost", "whole name"),
    ("firm", "whole name"),
    ("printer.local", "whole name"),
    ("1.0.0.127.in-addr.arpa", "whole name"),
    ("crm.example", "service itself"),
    ("CRM.example.", "service itself"),
    ("firm.crm.example", "service itself"),
    ("docs.example", "service itself"),
    ("a..kg", "no such name"),
    (".firm.kg", "no such name"),
    ("-firm.kg", "no such name"),
    ("fi_rm.kg", "no such name"),
    ("fi rm.kg", "no such name"),
    ("xn--zzzz.kg", "no such name"),
    ("фи\u0301\u0000рма!.рф", "no such name"),
    (f"{'a' * 64}.kg", "too long"),
    (".".join(["abcdefgh"] * 26) + ".kg", "too long"),
    (".".join(["abcdefgh"] * 40) + ".kg", "too long"),
]


@pytest.mark.parametrize(("typed", "words"), BAD)
def test_what_cannot_be_a_door_is_refused_in_words(settings: Any, typed: str, words: str) -> None:
    from django.utils import translation

    settings.PUBLIC_URL = "https://crm.example"
    settings.VERIFY_URL = "https://docs.example"
    with translation.override("en"), pytest.raises(BadDomain, match=words):
        domain_names.domain_of(typed)


def test_a_name_below_ours_is_told_from_one_that_only_looks_so(settings: Any) -> None:
    settings.PUBLIC_URL = settings.VERIFY_URL = "https://crm.example"
    assert domain_names.domain_of("mycrm.example") == "mycrm.example"
