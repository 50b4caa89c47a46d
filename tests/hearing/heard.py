"""Who heard of an act, by login."""

from __future__ import annotations

from collections.abc import Callable

from tenants.office.models import Member, Notification
from tests.world import Cast


def hearers_of(act: Callable[[], object]) -> dict[str, str]:
    """What each person read of an act, by the part of the e-mail before "@"."""
    before = set(Notification.objects.values_list("pk", flat=True))
    act()
    news = Notification.objects.exclude(pk__in=before).select_related("member")
    heard: dict[str, list[str]] = {}
    for row in news.order_by("created_at", "text"):
        heard.setdefault(row.member.email.partition("@")[0], []).append(row.text)
    return {name: " | ".join(texts) for name, texts in heard.items()}


def responsible_is(cast: Cast, name: str) -> Member:
    return Member.objects.get(pk=cast.actor(name).member_id)
