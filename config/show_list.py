"""The list pattern of the kit's page, with rows made up."""

from __future__ import annotations

from types import SimpleNamespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as t

from tenants.kit.keyset import Page, Sort
from tenants.kit.listing import Act, Column, Empty, Listing, ListPage, Tab
from tenants.kit.pills import pill
from tenants.kit.web import OfficeRequest

NEWEST = Sort("ref", "ref", descending=True)
COLUMNS = (
    Column("ref", t("Code"), "ref", NEWEST, fixed=True, opens=True, css="lead"),
    Column("stage", t("Stage"), "stage", text=lambda row: pill(row.stage, row.tone, row.icon)),
    Column("route", t("Route"), "route"),
    Column("client", t("Client"), "client", Sort("client", "client")),
    Column("loading", t("Loading"), "loading", numeric=True),
    Column("price", t("Price"), "price", numeric=True),
    Column("margin", t("Margin"), "margin", numeric=True),
    Column("weight", t("Weight, kg"), "weight", numeric=True, hidden=True),
)
SAMPLE = Listing(
    name="sample",
    title=t("Orders"),
    url="showroom",
    columns=COLUMNS,
    sort=NEWEST,
    search_hint=t("Code, client, place"),
    named_by="ref",
    picked_by="ref",
    opens_by="ref",
    export="showroom",
    tabs=(
        Tab("all", t("All")),
        Tab("mine", t("Mine"), {"view": "mine"}),
        Tab("way", t("On the way"), {"view": "way"}),
        Tab("papers", t("Papers missing"), {"view": "papers"}),
    ),
    empty=Empty(t("No orders yet")),
)
ROUTES = ("Бишкек → Ташкент", "Алматы → Ош", "Гуанчжоу → กรุงเทพฯ", "Кашгар → Бишкек")
CLIENTS = ("ОсОО «Ала-Тоо Текстиль»", "ИП Садыков", "บจก. พีอาร์ คาร์โก้")


def sample(request: OfficeRequest) -> ListPage:
    confirm = _("Cancel the order?")
    return SAMPLE.shown(
        SAMPLE.address(request),
        Page([_row(number) for number in range(8)], next="2"),
        count=574,
        counts={"all": 574, "mine": 48, "way": 17, "papers": 3},
        bulk=[
            Act(_("Hand over"), "#", "user-check"),
            Act(_("Cancel the order"), "#", "ban", tone="bad", confirm=confirm),
        ],
        row_menu=[
            Act(_("Open"), "#__ref__", "eye"),
            Act(_("Copy the order"), "#__ref__", "copy"),
            Act(
                _("Cancel the order"),
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
        ("info", "truck-delivery", _("On the way")),
        ("good", "check", _("Unloaded")),
        ("neutral", "speakerphone", _("On the exchange")),
        ("warn", "clock", _("Papers missing")),
        ("bad", "ban", _("Cancelled")),
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
