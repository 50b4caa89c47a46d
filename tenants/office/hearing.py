"""Who hears of what: one table of events, hearers, channels and words.

Each app fills its rows when it starts, and tells the news where the act is done, in its
transaction. The doer does not hear of the own act. A link leads to the hearer's own page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise

from tenants.actor import Actor
from tenants.office import news_letter
from tenants.office.corners import address_for
from tenants.office.current import current_reseller
from tenants.office.models import Member, Notification
from tenants.permissions import ROLES, SUMS_OF, Permission, Role, permissions_of

Name = str | Callable[[], str]  # a callable is worded in the hearer's language


class Hearer(StrEnum):
    """On which side of the event a person stands."""

    RESPONSIBLE = "responsible"  # the person who answers for it, else every dispatcher
    DISPATCHERS = "dispatchers"
    ACCOUNTANTS = "accountants"  # those who enter money, the head among them
    HEADS = "heads"
    CARGO_MANAGERS = "cargo_managers"  # those who close its months, the head among them
    PERSON = "person"  # one member that the event names
    CLIENT = "client"  # people of a client company
    PARTNER = "partner"  # people of the carrier company that drives
    FORMER_PARTNER = "former_partner"  # people of the carrier company that drove before
    CARRIER = "carrier"  # people of the bidding company; of the own fleet the dispatchers


class Channel(StrEnum):
    CABINET = "cabinet"
    MAIL = "mail"


CABINET = frozenset({Channel.CABINET})
LETTER = frozenset({Channel.CABINET, Channel.MAIL})
RIGHTS = {
    Hearer.RESPONSIBLE: Permission.ORDER_EDIT,
    Hearer.DISPATCHERS: Permission.ORDER_EDIT,
    Hearer.CARRIER: Permission.BARGAIN,
    Hearer.ACCOUNTANTS: Permission.FINANCE_EDIT,
    Hearer.HEADS: Permission.USERS,
    Hearer.CARGO_MANAGERS: Permission.CARGO_MANAGE,
}
ROLE_OF = {
    Hearer.CLIENT: Role.CLIENT,
    Hearer.PARTNER: Role.PARTNER,
    Hearer.FORMER_PARTNER: Role.PARTNER,
    Hearer.CARRIER: Role.PARTNER,
}
ROLES_OF = {
    hearer: frozenset(role for role, rights in ROLES.items() if right in rights)
    for hearer, right in RIGHTS.items()
}


@dataclass(frozen=True, slots=True)
class Row:
    """These people hear of this event, in these words, by these channels."""

    event: str
    hearer: Hearer
    words: str | Promise
    channels: frozenset[Channel] = CABINET
    has_sums: bool = False  # of a company those hear of it who see sums


@dataclass(frozen=True, slots=True)
class Firm:
    """A company among the hearers."""

    company_id: UUID
    language: str


@dataclass(frozen=True, slots=True)
class News:
    """What happened: `names` fill the words, `url` is the page of the thing in the office,
    `urls` are those of hearers for whom it is another thing.
    """

    event: str
    names: Mapping[str, Name] = field(default_factory=dict)
    url: str = ""
    person: UUID | None = None
    firms: Mapping[Hearer, Firm] = field(default_factory=dict)
    urls: Mapping[Hearer, str] = field(default_factory=dict)


_rows: dict[str, list[Row]] = {}


def add_rows(rows: Iterable[Row]) -> None:
    """Fill the table; called from AppConfig.ready, however often an app is made ready."""
    for row in rows:
        of_event = _rows.setdefault(row.event, [])
        if row.hearer not in {known_row.hearer for known_row in of_event}:
            of_event.append(row)


def table() -> list[Row]:
    """The whole table, in the order in which apps filled it."""
    return [row for rows in _rows.values() for row in rows]


def tell(news: News, *, by: Actor | None, at: datetime) -> None:
    """Let everybody hear who stands in the table; of two rows a person reads the first."""
    rows = _rows[news.event]
    members = _members(rows, news)
    doer = by.member_id if by else None
    heard: set[UUID] = set() if doer is None else {doer}
    notifications: list[Notification] = []
    for row in rows:
        people = [member for member in _people(row, news, members) if member.pk not in heard]
        if not people:
            continue
        heard |= {member.pk for member in people}
        text = _worded(row, news)
        notifications += [_notification(row, news, member, text, at) for member in people]
        if Channel.MAIL in row.channels:
            _mail(row, news, people, text)
    if notifications:
        Notification.objects.bulk_create(notifications)


def _members(rows: Iterable[Row], news: News) -> list[Member]:
    """Everybody who may be meant by a row, in one statement."""
    meant = Q(pk__in=[])
    for row in rows:
        if row.hearer in RIGHTS:
            meant |= Q(role__in=ROLES_OF[row.hearer])
        if row.hearer in news.firms:
            meant |= Q(company_id=news.firms[row.hearer].company_id)
    if news.person:
        meant |= Q(pk=news.person)
    return list(Member.objects.filter(meant, is_active=True))


def _people(row: Row, news: News, members: Iterable[Member]) -> list[Member]:
    firm = news.firms.get(row.hearer)
    if firm is not None:
        role = ROLE_OF.get(row.hearer)
        company = [
            member
            for member in members
            if member.company_id == firm.company_id and member.role == role
        ]
        return [member for member in company if _sees_sums(member)] if row.has_sums else company
    if row.hearer in (Hearer.RESPONSIBLE, Hearer.PERSON):
        person = [member for member in members if member.pk == news.person]
        if person or row.hearer is Hearer.PERSON:
            return person
    roles = ROLES_OF.get(row.hearer, frozenset())
    return [member for member in members if member.role in roles]


def _sees_sums(member: Member) -> bool:
    role = Role(member.role)
    return SUMS_OF.get(role) in permissions_of(role, member.rights)


def _worded(row: Row, news: News) -> str:
    """The words in the language of the hearer's side."""
    firm = news.firms.get(row.hearer)
    with translation.override(firm.language if firm else current_reseller().language):
        names = {key: name() if callable(name) else name for key, name in news.names.items()}
        return str(row.words) % names


def _notification(row: Row, news: News, member: Member, text: str, at: datetime) -> Notification:
    url = news.urls.get(row.hearer, news.url)
    return Notification(
        member=member,
        text=text,
        url=address_for(Role(member.role), url) if url else "",
        created_at=at,
    )


def _mail(row: Row, news: News, people: Iterable[Member], text: str) -> None:
    firm = news.firms.get(row.hearer)
    url = news.urls.get(row.hearer, news.url)
    for member in people:
        if member.wants_mail and member.email:
            news_letter.send(
                to=member.email,
                text=text,
                url=address_for(Role(member.role), url) if url else "",
                language=firm.language if firm else "",
            )
