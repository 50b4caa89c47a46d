"""The tabs of a company's card. Apps above (tariffs, orders, finance) add theirs from
AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies import links
from companies.models import Company
from documents.models import Document
from tenants.actor import Actor
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class Tab:
    """`path` follows the address of the card, unless `url` makes another address. `count` is one cheap
    query.
    """

    key: str
    label: str | Promise
    permission: Permission
    path: str = ""
    order: int = 50
    url: Callable[[Company], str] | None = None
    count: Callable[[Company], int] | None = None

    def address(
        self,
        company: Company,
    ) -> str:
        return self.url(company) if self.url else f"{links.company(company.pk)}{self.path}"


_tabs: dict[str, Tab] = {}


def add_tab(tab: Tab) -> None:
    """Once per key, however often an app is made ready."""
    _tabs[tab.key] = tab


@dataclass(frozen=True, slots=True)
class OpenTab:
    """A tab as `ui.tabs` shows it."""

    label: str | Promise
    url: str
    active: bool
    count: int | None


def tabs_for(actor: Actor, company: Company, active: str) -> list[OpenTab]:
    """The tabs this person may open, in their order."""
    mine = sorted(
        (tab for tab in _tabs.values() if actor.can(tab.permission)),
        key=lambda tab: tab.order,
    )
    return [
        OpenTab(
            label=tab.label,
            url=tab.address(company),
            active=tab.key == active,
            count=tab.count(company) if tab.count else None,
        )
        for tab in mine
    ]


for _tab in (
    Tab("details", _("Details"), Permission.COMPANY_VIEW, "", 10),
    Tab(
        "contacts",
        _("Contacts"),
        Permission.COMPANY_VIEW,
        "contacts/",
        20,
    ),
    Tab(
        "contract",
        _("Contract"),
        Permission.COMPANY_VIEW,
        "contract/",
        30,
    ),
    Tab(
        "addresses",
        _("Addresses"),
        Permission.COMPANY_VIEW,
        "addresses/",
        25,
        count=lambda company: company.addresses.filter(archived_at=None).count(),
    ),
    Tab(
        "documents",
        _("Documents"),
        Permission.DOCUMENT_VIEW,
        "documents/",
        60,
        count=lambda company: Document.objects.filter(company_id=company.pk).count(),
    ),
    Tab(
        "notes",
        _("Notes"),
        Permission.COMPANY_VIEW,
        "notes/",
        95,
        count=lambda company: company.notes.count(),
    ),
    Tab("history", _("History"), Permission.COMPANY_VIEW, "history/", 90),
):
    add_tab(_tab)
