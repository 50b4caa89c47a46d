"""The list pattern of the kit's page, with rows made up."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.kit.counting import capped
from tenants.kit.keyset import Page, Sort
from tenants.kit.listing import Act, Column, Empty, Listing, ListPage, Tab
from tenants.kit.pills import pill
from tenants.kit.web import OfficeRequest

NEWEST = Sort("ref", "ref", descending=True)
COLUMNS = (
    Column("ref", _("Code"), "ref", NEWEST, fixed=True, opens=True, css="lead"),
    Column(
        "stage",
        _("Stage"),
        "stage",
        text=lambda row: pill(row.stage, row.tone, row.icon),
    ),
    Column("route", _("Route"), "route"),
    Column("client", _("Client"), "client", Sort("client", "client")),
    Column("loading", _("Loading"), "loading", numeric=True),
    Column("price", _("Price"), "price", numeric=True),
    Column("margin", _("Margin"), "margin", numeric=True),
    Column("weight", _("Weight, kg"), "weight", numeric=True, hidden=True),
)
SAMPLE = Listing(
    name="sample",
    title=_("Orders"),
    url="showroom",
    columns=COLUMNS,
    sort=NEWEST,
    search_hint=_("Code, client, place"),
    named_by="ref",
    picked_by="ref",
    opens_by="ref",
    export="showroom",
    tabs=(
        Tab("all", _("All")),
        Tab("mine", _("Mine"), {"view": "mine"}),
        Tab("way", _("On the way"), {"view": "way"}),
        Tab("papers", _("Papers missing"), {"view": "papers"}),
    ),
    empty=Empty(_("No orders yet")),
)
ROUTES = (
    "Бишкек → Ташкент",
    "Алматы → Ош",
    "Гуанчжоу → กรุงเทพฯ",
    "Кашгар → Бишкек",
)
CLIENTS = ("ОсОО «Ала-Тоо Текстиль»", "ИП Садыков", "บจก. พีอาร์ คาร์โก้")


def sample(request: OfficeRequest) -> ListPage:
    confirm = gettext("Cancel the order?")
    return SAMPLE.shown(
        SAMPLE.address(request),
        Page([_row(number) for number in range(8)], next="2"),
        count=574,
        counts={"all": capped(574), "mine": capped(48), "way": capped(17), "papers": capped(3)},
        bulk=[
            Act(gettext("Hand over"), "#", "user-check"),
            Act(
                gettext("Cancel the order"),
                "#",
                "ban",
                tone="bad",
                confirm=confirm,
            ),
        ],
        row_menu=[
            Act(gettext("Open"), "#__ref__", "eye"),
            Act(gettext("Copy the order"), "#__ref__", "copy"),
            Act(
                gettext("Cancel the order"),
                "#__ref__",
                "ban",
                tone="bad",
                method="post",
                confirm=f"{confirm} __ref__",
            ),
        ],
    )


def _row(number: int) -> SimpleNamespace:
    stages = (
        ("info", "truck-delivery", gettext("On the way")),
        ("good", "check", gettext("Unloaded")),
        ("neutral", "speakerphone", gettext("On the exchange")),
        ("warn", "clock", gettext("Papers missing")),
        ("bad", "ban", gettext("Cancelled")),
    )
    tone, icon, stage = stages[number % 5]
    day = 13 - number // 3
    return SimpleNamespace(
        ref=f"ORD-2603{day:02}-{number + 1:04}",
        stage=stage,
        tone=tone,
        icon=icon,
        route=ROUTES[number % 4],
        client=CLIENTS[number % 3],
        loading=f"{day}.03.2026",
        price=f"{186 - number * 3} 000,00",
        margin=f"{36 - number} 000,00",
        weight=18_400,
    )
