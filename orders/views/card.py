"""The order's card: head with the one next act, tabs, and the pages behind them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from companies.queries import firm_choices
from documents.models import Document
from documents.queries import about
from documents.rendering import topic_of
from orders import lifecycle, links, queries
from orders.acceptance import sent_with
from orders.access import may_bargain, sees_margin, sees_rate
from orders.contract_firms import firm_doubts
from orders.lifecycle import Choice
from orders.models import CargoLine, Loading, Order, Stage, Stop, Trip
from orders.offer_prices import NetOffer, compare
from orders.paid_ahead import PaidAhead, paid_ahead
from orders.papers import subject
from orders.price_split import price_words, rate_words
from orders.pricing import margin_percent
from orders.stages import EDITABLE, Act
from orders.views import timeline
from orders.views.places import Corner, corner
from orders.views.way import way_words
from orders.words import pill, trip_pill
from tenants.actor import Actor
from tenants.drivers.bodies import Body
from tenants.exchange.models import Offer
from tenants.kit import formats
from tenants.kit.events import stream_url
from tenants.kit.pieces import CardFigure, MenuItem, Share, Tab, TimelineEvent
from tenants.kit.web import OfficeRequest, needs, page
from tenants.office.models import Member
from tenants.permissions import Permission

# Which act stands as the one button, by stage; the others are behind the dots.
FIRST = {
    Stage.DRAFT: (Act.PUBLISH, Act.ASSIGN),
    Stage.REQUESTED: (Act.QUOTE, Act.PUBLISH),
    Stage.QUOTED: (Act.PUBLISH, Act.ASSIGN),
    Stage.PUBLISHED: (Act.ASSIGN,),
    Stage.DELIVERED: (Act.COMPLETE,),
    Stage.COMPLETED: (Act.CLOSE,),
}
ICONS = {
    Act.PUBLISH: "building-store",
    Act.UNPUBLISH: "x",
    Act.ASSIGN: "user-check",
    Act.REPLACE: "transfer",
    Act.QUOTE: "send",
    Act.AGREE: "check",
    Act.COMPLETE: "circle-check",
    Act.CLOSE: "lock",
    Act.CANCEL: "ban",
    Act.REQUEST: "inbox",
}
IN_DIALOG = (Act.CANCEL,)
LATEST = 8  # the acts of the history that the first tab shows
ON_PAGE = (Act.ASSIGN, Act.REPLACE)


@dataclass(frozen=True, slots=True)
class OrderHead:
    """The head and the tabs of every page of an order's card."""

    pill: str
    figures: list[CardFigure]
    primary: MenuItem | None
    more: list[MenuItem]
    tabs: list[Tab]
    can_cancel: bool


@dataclass(frozen=True, slots=True)
class OrderCard:
    """The first tab of an order: money, route, cargo, parties, conditions, the latest history."""

    order: Order
    head: OrderHead
    trip: Trip | None
    stops: list[Stop]
    cargo: list[CargoLine]
    money: list[Share]
    percent: Decimal | None
    ahead: PaidAhead | None
    price: str
    rate: str
    body: str
    loadings: list[str]
    distance: str
    trip_pill: str
    responsible: Member | None
    firms: list[tuple[str, str]]
    firm_doubts: list[str]
    events: list[TimelineEvent]


@dataclass(frozen=True, slots=True)
class OffersPage:
    """The tab of the bargaining threads on the order's listing."""

    order: Order
    head: OrderHead
    threads: list[NetOffer]
    corner: Corner


@dataclass(frozen=True, slots=True)
class Papers:
    """The order's papers; while one is being made, `events` says how far it is."""

    order: Order
    papers: list[Document]
    making: bool
    done: int
    events: str


@dataclass(frozen=True, slots=True)
class PapersPage(Papers):
    """The tab of the order's papers."""

    head: OrderHead
    trip: Trip | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The tab of the order's history."""

    order: Order
    head: OrderHead
    events: list[TimelineEvent]


def head_of(
    request: OfficeRequest,
    order: Order,
    tab: str,
    trip: Trip | None,
) -> OrderHead:
    """What the head and the tabs of every page of the card need."""
    choices = lifecycle.available(order=order, for_=request.actor)
    return OrderHead(
        pill=pill(order.stage),
        figures=_figures(order, request.actor),
        primary=_primary(order, choices, trip),
        more=_more(order, choices, request.actor),
        tabs=_tabs(order, tab, request.actor),
        can_cancel=_can_cancel(choices),
    )


def _can_cancel(choices: list[Choice]) -> bool:
    return any(choice.act is Act.CANCEL for choice in choices)


def _figures(order: Order, actor: Actor) -> list[CardFigure]:
    price = formats.money(order.client_price, order.currency)
    figures = [CardFigure(_("Client's price"), price)]
    if not sees_rate(actor, order.stage):
        return figures
    rate = formats.money(order.carrier_rate, order.carrier_currency)
    margin = formats.money(order.margin, _home(actor))
    return [
        *figures,
        CardFigure(_("Carrier's rate"), rate),
        CardFigure(_("Margin"), margin),
    ]


def _home(actor: Actor) -> str:
    """The reseller's own currency."""
    return actor.reseller.currency if actor.reseller else ""


def _primary(order: Order, choices: list[Choice], trip: Trip | None) -> MenuItem | None:
    """The next act. While the order is driven it is the trip's next stage."""
    if trip and order.stage in (Stage.ASSIGNED, Stage.IN_TRANSIT):
        return MenuItem(_("Enter a stage"), links.trip(order.ref), "truck")
    by_act = {choice.act: choice for choice in choices}
    for act in FIRST.get(Stage(order.stage), ()):
        if act in by_act:
            return _button(order, by_act[act])
    return None


def _button(
    order: Order,
    choice: Choice,
) -> MenuItem:
    icon = ICONS.get(choice.act, "")
    if choice.act in ON_PAGE:
        return MenuItem(
            choice.label,
            links.assign(order.ref),
            icon,
            why=choice.why,
        )
    url = links.act(order.ref, choice.act)
    return MenuItem(
        choice.label,
        url,
        icon,
        method="post",
        why=choice.why,
        sent=sent_with(order.client_price, order.currency, order.version),
    )


def _more(order: Order, choices: list[Choice], actor: Actor) -> list[MenuItem]:
    """The acts behind the dots."""
    first = _primary(order, choices, None)
    items: list[MenuItem] = []
    if actor.can(Permission.ORDER_EDIT):
        items += _entry_items(order)
    for choice in choices:
        button = _button(order, choice)
        is_first = first is not None and button.url == first.url
        if choice.act not in IN_DIALOG and not is_first:
            items.append(button)
    if _can_cancel(choices):
        cancel = MenuItem(_("Cancel the order"), icon="ban", tone="bad", open="cancel")
        items += [MenuItem(rule=True), cancel]
    return items


def _entry_items(order: Order) -> list[MenuItem]:
    """Changing the order's data, and copying them."""
    copy = MenuItem(_("Copy"), links.copy(order.ref), "copy", method="post")
    if order.stage not in EDITABLE:
        return [copy]
    return [MenuItem(_("Change"), links.edit(order.ref), "pencil"), copy]


def _tabs(order: Order, active: str, actor: Actor) -> list[Tab]:
    tabs = [Tab(_("Overview"), links.order(order.ref), active == "overview")]
    if may_bargain(actor):
        url = links.offers(order.ref)
        tabs.append(Tab(_("Offers"), url, active == "offers", _open_offers(order)))
    return [
        *tabs,
        Tab(_("Trip"), links.trip(order.ref), active == "trip"),
        Tab(
            _("Documents"),
            links.documents(order.ref),
            active == "documents",
        ),
        Tab(_("History"), links.history(order.ref), active == "history"),
    ]


def _open_offers(order: Order) -> int | None:
    """How many offers wait; None where none does."""
    if not order.listing_id:
        return None
    offers = Offer.objects.filter(listing_id=order.listing_id, status=Offer.Status.OPEN)
    return offers.count() or None


@require_GET
@needs(Permission.ORDER_VIEW)
def overview(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the first tab of the order."""
    order = queries.order_for(request.actor, ref)
    trip = queries.current_trip(order)
    card = OrderCard(
        order=order,
        head=head_of(request, order, "overview", trip),
        trip=trip,
        stops=list(order.stops.all()),
        cargo=list(order.cargo.all()),
        money=_money_bar(order, request.actor),
        percent=margin_percent(order.sides) if sees_margin(request.actor, order.stage) else None,
        ahead=paid_ahead(order, request.actor),
        price=price_words(order, request.actor),
        rate=rate_words(order, request.actor),
        body=str(Body(order.body).label) if order.body in Body.values else "",
        loadings=_loadings(order),
        distance=way_words(order),
        trip_pill=trip_pill(trip.stage) if trip else "",
        responsible=_responsible(order),
        firms=_firms(order),
        firm_doubts=firm_doubts(order),
        events=timeline.of_order(order, request.actor, limit=LATEST),
    )
    return page(request, "orders/overview.html", card)


def _firms(order: Order) -> list[tuple[str, str]]:
    """Which own firms sell and hire; nothing where there is one."""
    names = dict(firm_choices({order.seller_firm, order.hiring_firm}))
    main = next(iter(names.values()), "")
    facts = [
        (_("Our firm that sells"), order.seller_firm),
        (_("Our firm that hires the carrier"), order.hiring_firm),
    ]
    return [(label, names.get(str(firm), main)) for label, firm in facts] if names else []


def _loadings(order: Order) -> list[str]:
    return [str(Loading(kind).label) for kind in order.loading_types if kind in Loading.values]


def _responsible(order: Order) -> Member | None:
    if not order.responsible:
        return None
    return Member.objects.filter(pk=order.responsible).first()


def _money_bar(order: Order, actor: Actor) -> list[Share]:
    """Client's price as a bar: carrier, incidents, fee, what is left."""
    margin = order.margin
    if margin is None or not sees_margin(actor, order.stage):
        return []
    costs = Decimal(str(queries.incident_cost(order)))
    price = (order.client_price or Decimal(0)) * order.client_fx
    left = margin - costs - order.fee
    parts: list[tuple[str, Decimal, int | str]] = [
        (_("Carrier"), price - margin, 1),
        (_("Incidents"), costs, "bad"),
        (_("Platform fee"), order.fee, 3),
    ]
    paid = [part for part in parts if part[1]]
    rest = (_("What is left"), left, "good" if left >= 0 else "bad")
    return [
        Share(
            label,
            formats.money(amount, _home(actor)),
            float(max(amount, Decimal(0))),
            tone,
        )
        for label, amount, tone in [*paid, rest]
    ]


@require_GET
@needs(Permission.BARGAIN)
def offers(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the bargaining threads of the order's listing."""
    order = queries.order_for(request.actor, ref)
    trip = queries.current_trip(order)
    context = OffersPage(
        order=order,
        head=head_of(request, order, "offers", trip),
        threads=compare(order, request.actor),
        corner=corner(request.actor),
    )
    return page(request, "orders/offers.html", context)


@require_GET
@needs(Permission.ORDER_VIEW)
def documents(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the order's papers; the list asks again by itself while one is being made."""
    order = queries.order_for(request.actor, ref)
    papers = list(about(subject(order)).order_by("-issued_at"))
    queued = sum(paper.status == "queued" for paper in papers)
    done = len(papers) - queued
    events = stream_url(topic_of(subject(order)))
    if request.htmx and request.htmx.target == "papers":
        piece = Papers(order, papers, queued > 0, done, events)
        return page(request, "orders/_papers.html", piece)
    trip = queries.current_trip(order)
    context = PapersPage(
        order=order,
        head=head_of(request, order, "documents", trip),
        trip=trip,
        papers=papers,
        making=queued > 0,
        done=done,
        events=events,
    )
    return page(request, "orders/documents.html", context)


@require_GET
@needs(Permission.ORDER_VIEW)
def history(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show all that happened to the order."""
    order = queries.order_for(request.actor, ref)
    trip = queries.current_trip(order)
    context = HistoryPage(
        order=order,
        head=head_of(request, order, "history", trip),
        events=timeline.of_order(order, request.actor),
    )
    return page(request, "orders/history.html", context)
