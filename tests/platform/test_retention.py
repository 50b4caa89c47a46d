"""What is older than its rule keeps it goes; what is younger, and what is in use, stays (FAULTS G12)."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command

from commission.cargo.models import ImportBatch, ImportRow, ImportState
from companies.models import SigningCode
from config.processes import ROOT
from tenants.accounts.models import (
    ApiToken,
    Device,
    DriverAccess,
    EnrolCode,
    Invitation,
    OpenSession,
    User,
)
from tenants.context import GATE, INGEST, PLATFORM, RELAY, inside
from tenants.drivers.models import LastPosition, Position
from tenants.kit import outbox
from tenants.kit.models import IdempotencyKey, OutboxEvent
from tenants.office import files
from tenants.office.models import File, Notification, PreparedFile
from tenants.platform import retention
from tenants.platform.retention import rules, take_away, waiting_to_go
from tests.world import Cast

NOW = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
Make = Callable[[Cast, datetime], object]


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> Path:
    settings.STORAGE_DIR = tmp_path
    return tmp_path


def event(cast: Cast, **values: object) -> None:
    pk = outbox.announce("test.kept", {})
    OutboxEvent.objects.filter(pk=pk).update(**values)


def key(cast: Cast, moment: datetime) -> None:
    with inside(GATE):
        values = {"owner": "test", "key": uuid4().hex, "fingerprint": "", "created_at": moment}
        IdempotencyKey.objects.create(**values)


def session(cast: Cast, moment: datetime) -> str:
    with inside(GATE):
        name = uuid4().hex
        Session.objects.create(session_key=name, session_data="", expire_date=moment)
        return name


def user(cast: Cast) -> User:
    return User.objects.get(pk=cast.actor("head").user_id)


def token(cast: Cast, moment: datetime) -> None:
    with inside(GATE):
        values = {"token_hash": uuid4().hex, "created_at": moment, "expires_at": moment}
        ApiToken.objects.create(user=user(cast), **values)


def invitation(cast: Cast, moment: datetime) -> None:
    Invitation.objects.create(
        token_hash=uuid4().hex,
        reseller_id=cast.info.id,
        role="client",
        company_id=cast.company_id("client"),
        created_at=moment,
        expires_at=moment,
    )


def driver_access() -> DriverAccess:
    with inside(PLATFORM):
        phone = f"+996{uuid4().int % 10**9:09}"
        return DriverAccess.objects.create(driver_id=uuid4(), phone=phone)


def code(cast: Cast, moment: datetime) -> None:
    access = driver_access()
    with inside(PLATFORM):
        EnrolCode.objects.create(driver=access, code_hash=uuid4().hex, expires_at=moment)


def device(cast: Cast, moment: datetime) -> None:
    access = driver_access()
    with inside(GATE):
        values = {"key_hash": uuid4().hex, "enrolled_at": moment, "destroyed_at": moment}
        Device.objects.create(driver=access, **values)


def way_in(cast: Cast, moment: datetime) -> None:
    with inside(GATE):
        values = {"session_key": uuid4().hex, "created_at": moment}
        OpenSession.objects.create(user=user(cast), **values)


def confirmation(cast: Cast, moment: datetime) -> None:
    with inside(GATE):
        address, _new = EmailAddress.objects.get_or_create(user=user(cast), email="kept@test.test")
        EmailConfirmation.objects.create(email_address=address, created=moment, key=uuid4().hex)


def news(cast: Cast, moment: datetime) -> None:
    member = cast.actor("head").member_id
    Notification.objects.create(member_id=member, text="", created_at=moment, read_at=moment)


def prepared(cast: Cast, moment: datetime) -> None:
    values = {"path": "/orders/", "language": "ru", "asked_at": moment, "ended_at": moment}
    PreparedFile.objects.create(member_id=cast.actor("head").member_id, **values)


def nobodys_file(cast: Cast, moment: datetime) -> None:
    path = Path(settings.STORAGE_DIR) / cast.scope.schema / "ab" / uuid4().hex
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def signing_code(cast: Cast, moment: datetime) -> None:
    SigningCode.objects.create(
        kind="platform",
        language="ru",
        code_hash="",
        sent_to="a@b.test",
        sent_at=moment - HOUR,
        sent_by=cast.actor("head").member_id,
        expires_at=moment,
    )


def batch(state: ImportState, moment: datetime) -> ImportBatch:
    ended = moment if state in (ImportState.CONFIRMED, ImportState.UNDONE) else None
    return ImportBatch.objects.create(state=state, made_at=moment, confirmed_at=ended)


def lines(cast: Cast, moment: datetime) -> None:
    ImportRow.objects.create(batch=batch(ImportState.CONFIRMED, moment), line=1)


def point(cast: Cast, moment: datetime, job: UUID | None = None) -> None:
    values = {"driver_id": uuid4(), "lat": 42.0, "lon": 74.0, "at": moment, "received_at": moment}
    with inside(INGEST):
        Position.objects.create(job_id=job or uuid4(), **values)


def second_point(cast: Cast, moment: datetime) -> None:
    """Two of one trip within the same ten minutes; the first of them stays."""
    job = uuid4()
    start = moment.replace(minute=0)
    point(cast, start, job)
    point(cast, start + timedelta(minutes=5), job)


def last_point(cast: Cast, moment: datetime) -> None:
    values = {"driver_id": uuid4(), "lat": 42.0, "lon": 74.0, "at": moment, "received_at": moment}
    with inside(INGEST):
        LastPosition.objects.create(job_id=uuid4(), **values)


MAKE: dict[str, Make] = {
    "events done": lambda cast, moment: event(cast, done_at=moment),
    "events given up": lambda cast, moment: event(
        cast, attempts=outbox.MAX_ATTEMPTS, not_before=moment
    ),
    "answers of API calls": key,
    "sessions": session,
    "tokens of the API": token,
    "invitations": invitation,
    "codes of phones": code,
    "phones that were ended": device,
    "signs of sessions": way_in,
    "letters of confirmation": confirmation,
    "news": news,
    "prepared files": prepared,
    "files of no row": nobodys_file,
    "codes for signing, unused": signing_code,
    "imports never confirmed": lambda cast, moment: batch(ImportState.PREVIEW, moment),
    "lines of imports": lines,
    "points of tracks, but one in ten minutes": second_point,
    "points of tracks": point,
    "last points of trips": last_point,
}


def test_every_rule_is_tried() -> None:
    assert sorted(MAKE) == [rule.name for rule in rules()]


@pytest.mark.parametrize("name", sorted(MAKE))
def test_the_old_goes_and_the_young_stays(in_alpha: Cast, name: str) -> None:
    rule = next(rule for rule in rules() if rule.name == name)
    before = waiting_to_go(rule, at=NOW)
    MAKE[name](in_alpha, NOW - rule.kept - HOUR * 2)
    MAKE[name](in_alpha, NOW - rule.kept + HOUR * 2)
    assert waiting_to_go(rule, at=NOW) == before + 1
    assert retention._applied(rule, NOW) == before + 1
    assert waiting_to_go(rule, at=NOW) == 0
    assert waiting_to_go(rule, at=NOW + HOUR * 4) == 1


def test_one_of_each_ten_minutes_stays(in_alpha: Cast) -> None:
    job = uuid4()
    begin = (NOW - timedelta(days=100)).replace(minute=0)
    for minute in range(60):
        point(in_alpha, begin + timedelta(minutes=minute), job)
    take_away(at=NOW)
    with inside(INGEST):
        kept = Position.objects.filter(job_id=job).order_by("at").values_list("at", flat=True)
        assert [moment.minute for moment in kept] == [0, 10, 20, 30, 40, 50]


def test_what_is_needed_stays_however_old(in_alpha: Cast) -> None:
    old = NOW - timedelta(days=4000)
    signing_code(in_alpha, old)
    SigningCode.objects.update(used_at=old)
    kept_import = batch(ImportState.CONFIRMED, old)
    event(in_alpha, not_before=old)  # it waits yet
    way = session(in_alpha, NOW + HOUR)
    way_in(in_alpha, old)
    with inside(GATE):
        OpenSession.objects.update(session_key=way)
    file = files.store(content=b"paper", name="a", content_type="", by=None, at=old)
    path = Path(settings.STORAGE_DIR) / file.path
    os.utime(path, (0, 0))
    take_away(at=NOW)
    assert SigningCode.objects.count() == 1
    assert ImportBatch.objects.filter(pk=kept_import.pk).exists()
    with inside(RELAY):
        assert OutboxEvent.objects.filter(topic="test.kept").count() == 1
    with inside(GATE):
        assert OpenSession.objects.filter(session_key=way).count() == 1
    assert path.read_bytes() == b"paper"


def test_a_prepared_file_goes_with_its_bytes(in_alpha: Cast) -> None:
    file = files.store(content=b"list", name="a", content_type="", by=None, at=NOW)
    prepared(in_alpha, NOW - timedelta(days=31))
    PreparedFile.objects.update(file_id=file.pk)
    take_away(at=NOW)
    assert not PreparedFile.objects.exists()
    assert File.objects.filter(pk=file.pk).exists()
    assert not (Path(settings.STORAGE_DIR) / file.path).exists()


def test_every_reseller_is_tidied_and_none_twice(alpha: Cast, beta: Cast) -> None:
    for cast in (alpha, beta):
        with inside(cast.scope):
            news(cast, NOW - timedelta(days=200))
            news(cast, NOW)
    take_away(at=NOW)
    for cast in (alpha, beta):
        with inside(cast.scope):
            assert Notification.objects.filter(created_at=NOW).count() == 1
            assert not Notification.objects.filter(created_at__lt=NOW - HOUR).exists()


def test_a_run_takes_batches_and_the_next_goes_on(
    in_alpha: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    monkeypatch.setattr(retention, "MOST_BATCHES", 2)
    rule = next(rule for rule in rules() if rule.name == "news")
    for _number in range(5):
        news(in_alpha, NOW - timedelta(days=200))
    assert [retention._applied(rule, NOW) for _run in range(3)] == [4, 1, 0]


def test_a_rule_that_fails_does_not_stop_the_others(
    in_alpha: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(before: datetime) -> int:
        raise OSError("the disk is away")

    news(in_alpha, NOW - timedelta(days=200))
    wrong = retention.Rule("a broken one", HOUR, "", None, broken, broken)
    monkeypatch.setitem(retention._rules, wrong.name, wrong)
    gone = take_away(at=NOW)
    assert (gone["news"], "a broken one" in gone) == (1, False)


def test_the_command_shows_and_takes_nothing_unless_told(in_alpha: Cast) -> None:
    news(in_alpha, datetime(2020, 1, 1, tzinfo=UTC))
    output = StringIO()
    call_command("retention", stdout=output)
    assert "news: kept 180 days; 1 would go" in output.getvalue().splitlines()
    call_command("retention", "--run", stdout=output)
    assert "news: 1 gone" in output.getvalue().splitlines()


def test_the_table_of_the_docs_is_true() -> None:
    output = StringIO()
    call_command("retention", "--table", stdout=output)
    assert output.getvalue().strip() in (ROOT / "docs" / "retention.md").read_text()


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("events done", "outbox_done"),
        ("answers of API calls", "idempotency_age"),
        ("points of tracks", "position_age"),
        ("points of tracks, but one in ten minutes", "position_age"),
    ],
)
def test_old_rows_are_found_by_an_index(in_alpha: Cast, name: str, index: str) -> None:
    from tenants.drivers import kept as of_drivers
    from tenants.platform import kept as of_platform

    rows = {
        "events done": of_platform._done,
        "answers of API calls": of_platform._answers,
        "points of tracks": of_drivers._old,
        "points of tracks, but one in ten minutes": of_drivers._too_many,
    }[name]
    rule = next(rule for rule in rules() if rule.name == name)
    assert rule.scope
    with inside(rule.scope):
        query, values = rows(NOW - rule.kept).values("pk").query.sql_with_params()
    with psycopg.connect(os.environ["SUPERUSER_URL"]) as db, psycopg.ClientCursor(db) as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(f"EXPLAIN {query}", values)  # type: ignore[arg-type]
        assert index in "\n".join(line for (line,) in cursor.fetchall())
