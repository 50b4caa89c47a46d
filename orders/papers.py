"""The order's papers: the client's request and the carrier's instruction, each made once at its
point of the cycle.

The instruction is made from the carrier's figures alone, the request from the client's. Invoice and
act are finance's.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Min
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies import contracts
from companies.models import Company, Contract
from companies.queries import letterhead, own_details, party
from documents.issue import issue
from documents.kinds import parts
from documents.kinds.instruction.context import InstructionContext
from documents.kinds.request.context import RequestContext
from documents.models import Audience, Document
from documents.queries import about
from orders.models import CargoLine, Loading, Order, Stop, Terms, Trip
from orders.price_split import Splitter
from tenants.actor import Actor
from tenants.drivers.bodies import Body
from tenants.drivers.models import DriverPrivate
from tenants.kit import formats
from tenants.office.current import current_reseller


def subject(order: Order) -> str:
    return f"order:{order.pk}"


def correct_crew(*, order: Order, at: datetime, by: Actor | None = None) -> list[Document]:
    """Correct request and instruction that name another driver or vehicle than the trip has. Only
    what was made is corrected, and only where both are known now.
    """
    trip = _trip(order)
    if trip is None or not (trip.driver_name and trip.plate):
        return []
    corrections = []
    for kind in ("request", "instruction"):
        papers = Document.objects.filter(subject=subject(order), kind=kind)
        paper = papers.order_by("-issued_at", "-number").first()
        if paper is None or _crew_on(paper) == (trip.driver_name, trip.plate):
            continue
        corrections.append(_corrected(paper, order, trip, at=at, by=by))
    return corrections


def _corrected(
    paper: Document, order: Order, trip: Trip, *, at: datetime, by: Actor | None
) -> Document:
    """«Исправление» of a paper, with driver and vehicle as they are now."""
    is_request = paper.kind == "request"
    company = order.client if is_request else trip.partner
    with translation.override(company.language if company else current_reseller().language):
        context: RequestContext | InstructionContext = (
            _request_context(order, trip) if is_request else _instruction_context(order, trip)
        )
    audience = Audience.CLIENT if is_request else Audience.PARTNER
    return _issue(paper.kind, context, order, company, audience, at=at, by=by, corrects=paper)


def _crew_on(paper: Document) -> tuple[str, str]:
    """Driver and plate that a paper names."""
    driver = paper.context.get("driver") or {}
    vehicle = paper.context.get("vehicle") or {}
    return driver.get("name", ""), vehicle.get("plates", "")


def request(*, order: Order, at: datetime, by: Actor | None = None) -> Document | None:
    """Договор-заявка to the client; None when it exists already or there is nothing to promise yet."""
    if (
        order.client is None
        or order.client_price is None
        or about(subject(order)).filter(kind="request").exists()
    ):
        return None
    with translation.override(order.client.language):
        context = _request_context(order, _trip(order))
    return _issue(
        "request",
        context,
        order,
        order.client,
        Audience.CLIENT,
        at=at,
        by=by,
    )


def _is_instructed(order: Order, trip: Trip) -> bool:
    """Whether the paper was issued since this trip was entered; it may have been agreed before."""
    entered = trip.events.aggregate(first=Min("entered_at"))["first"] or trip.assigned_at
    papers = about(subject(order)).filter(kind="instruction", issued_at__gte=entered)
    return papers.exists()


def instruction(*, order: Order, at: datetime, by: Actor | None = None) -> Document | None:
    """Поручение to the carrier of the trip in force; None when this trip has one already."""
    trip = _trip(order)
    if trip is None or _is_instructed(order, trip):
        return None
    partner = trip.partner
    with translation.override(partner.language if partner else current_reseller().language):
        context = _instruction_context(order, trip)
    return _issue(
        "instruction",
        context,
        order,
        partner,
        Audience.PARTNER,
        at=at,
        by=by,
    )


def _trip(order: Order) -> Trip | None:
    return (
        Trip.objects.select_related("partner")
        .filter(
            order=order,
            replaced_at=None,
        )
        .first()
    )


def _issue(
    kind: str,
    context: RequestContext | InstructionContext,
    order: Order,
    company: Company | None,
    audience: Audience,
    *,
    at: datetime,
    by: Actor | None,
    corrects: Document | None = None,
) -> Document:
    place = current_reseller()
    firm = own_details(order.seller_firm if kind == "request" else order.hiring_firm)
    return issue(
        kind=kind,
        context=context,
        letterhead=letterhead(firm_id=firm.pk, currency=context.currency),
        issuer=firm.pk,
        series=firm.number_prefix,
        subject=subject(order),
        company_id=company.pk if company else None,
        audience=audience if company else Audience.OFFICE,
        language=company.language if company else place.language,
        by=by,
        at=at,
        on=place.day(at),
        corrects=corrects,
    )


def _request_context(order: Order, trip: Trip | None) -> RequestContext:
    assert order.client is not None and order.client_price is not None
    amounts = Splitter().split(order)
    return RequestContext(
        client=party(order.client, order.currency),
        route=_route(order),
        cargo=_cargo(order, with_value=True),
        price=amounts.gross if amounts else order.client_price,
        amounts=amounts,
        currency=order.currency,
        order_ref=order.ref,
        contract=_contract(order.client, Contract.Kind.CLIENT, order.seller_firm),
        vehicle=_vehicle(order, trip),
        driver=_driver(trip),
        payment_form=_payment(order.payment_terms),
        payment_term=_days(order.payment_days),
        note=order.request_note,
    )


def _instruction_context(order: Order, trip: Trip) -> InstructionContext:
    """What a carrier is to do; nothing in it tells of the client's price."""
    partner = trip.partner
    amounts = Splitter().carrier_split(order) if trip.rate else None
    names = {stop.kind: stop.company for stop in order.stops.all() if stop.company}
    return InstructionContext(
        other=party(partner, trip.currency)
        if partner
        else parts.Party(name=trip.carrier_name or trip.driver_name),
        route=_route(order),
        cargo=_cargo(order, with_value=False),
        services=(
            _("Carriage by road %(route)s, order %(ref)s")
            % {"route": order.route, "ref": order.ref},
        ),
        to_carrier=True,
        shipper=_not_client(order, names.get("loading", "")),
        consignee=_not_client(order, names.get("unloading", "")),
        price=amounts.gross if amounts else None,
        amounts=amounts,
        payment_form=_payment(order.carrier_payment),
        currency=trip.currency,
        order_ref=order.ref,
        payment_term=order.carrier_terms,
        contract=_contract(partner, Contract.Kind.PARTNER, order.hiring_firm) if partner else None,
        vehicle=_vehicle(order, trip),
        driver=_driver(trip),
    )


def _not_client(order: Order, name: str) -> str:
    """The carrier does not learn the client's name from a paper either."""
    client = order.client.name.casefold() if order.client else ""
    return "" if client and client in name.casefold() else name


def _route(order: Order) -> tuple[parts.Stop, ...]:
    return tuple(_stop(stop) for stop in order.stops.order_by("position"))


def _stop(stop: Stop) -> parts.Stop:
    contact = ", ".join(text for text in (stop.contact, stop.phone) if text)
    return parts.Stop(
        parts.StopKind(stop.kind),
        stop.place,
        stop.address,
        stop.on,
        stop.window,
        contact,
    )


def _cargo(
    order: Order,
    *,
    with_value: bool,
) -> tuple[parts.Cargo, ...]:
    return tuple(_line(order, line, with_value) for line in order.cargo.order_by("position"))


def _line(order: Order, line: CargoLine, with_value: bool) -> parts.Cargo:
    """The declared value is the client's business: the carrier's paper leaves it out."""
    return parts.Cargo(
        name=line.name,
        packing=line.packing,
        places=line.packages,
        weight_kg=line.weight_kg,
        volume_m3=line.volume_m3,
        value=formats.money(line.value, order.currency) if with_value and line.value else "",
        temperature=_temperature(order.temperature_from, order.temperature_to),
        adr=line.adr or order.adr,
    )


def _temperature(
    low: Decimal | None,
    high: Decimal | None,
) -> str:
    bounds = [f"{value:+g} °C" for value in (low, high) if value is not None]
    return " … ".join(dict.fromkeys(bounds))


def _vehicle(order: Order, trip: Trip | None) -> parts.Vehicle:
    loading = ", ".join(
        str(Loading(kind).label) for kind in order.loading_types if kind in Loading.values
    )
    return parts.Vehicle(
        body=str(Body(order.body).label) if order.body else "",
        loading=loading,
        plates=(trip.plate if trip else "") or _("to be named later"),
    )


def _driver(trip: Trip | None) -> parts.DriverCard:
    """With phone and licence where the pool shows them to us: our own drivers."""
    if trip is None or not trip.driver_name:
        return parts.DriverCard(_("to be named later"))
    private = DriverPrivate.objects.filter(pk=trip.driver_id).first() if trip.driver_id else None
    return parts.DriverCard(
        trip.driver_name,
        private.phone if private else "",
        private.licence if private else "",
    )


def _contract(
    company: Company,
    kind: Contract.Kind,
    firm_id: int | None,
) -> parts.Contract | None:
    """The contract with the own firm of the order; a paper never names one of another firm."""
    firm = own_details(firm_id)
    signed = contracts.current(company, kind, firm.pk)
    return parts.Contract(signed.number, signed.signed_on) if signed else None


def _payment(terms: str) -> str:
    return str(Terms(terms).label) if terms else ""


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return ngettext(
        "%(days)s day after delivery",
        "%(days)s days after delivery",
        days,
    ) % {"days": days}
