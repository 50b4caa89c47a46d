"""Name, plate and phone pasted in one line: shown as they were understood, then named for the trip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from companies.standing import check_standing
from fleet import crew_line
from orders import crew_naming, driving, links, queries
from orders.crew_booking import Overlap
from orders.crew_naming import CrewWords
from orders.errors import BadValue
from orders.forms.crew_line import CrewLineForm
from orders.views.places import OFFICE, corner
from orders.views.refusals import answers_refusals
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission

Names = Callable[[CrewWords, bool], object]


@dataclass(frozen=True, slots=True)
class CrewLinePage:
    """What was understood of the line, to be checked; `rest` was not understood."""

    shell: str
    form: CrewLineForm
    ref: str
    back: str
    rest: str = ""
    overlap: str = ""


@require_POST
@needs(Permission.TRIP_EDIT)
@answers_refusals
def trip_crew_line(request: OfficeRequest, ref: str) -> HttpResponse:
    """The dispatcher enters what the carrier wrote."""
    order = queries.order_for(request.actor, ref)
    trip = queries.current_trip(order)
    if trip is None:
        raise Http404
    now = clock.now()
    sheet = CrewLinePage(OFFICE.shell, _form(request, order.body), ref, links.trip(ref))
    return _checked(
        request,
        sheet,
        lambda words, together: crew_naming.name_for_trip(
            trip=trip, words=words, by=request.actor, at=now, together=together
        ),
    )


@require_POST
@answers_refusals
def job_crew_line(request: OfficeRequest, job_id: UUID) -> HttpResponse:
    """A carrier enters its own people."""
    check_standing(request.actor)
    job = driving.job_for(request.actor, job_id)
    place = corner(request.actor)
    now = clock.now()
    sheet = CrewLinePage(place.shell, _form(request, ""), job.order_ref, place.job(job_id))
    return _checked(
        request,
        sheet,
        lambda words, together: crew_naming.name_for_job(
            job=job, words=words, by=request.actor, at=now, together=together
        ),
    )


def _form(request: OfficeRequest, body: str) -> CrewLineForm:
    """Bound once the person has checked it; before that it shows what was understood."""
    region = request.reseller.country
    if request.POST.get("checked"):
        return CrewLineForm(request.POST, region=region)
    line = crew_line.read(request.POST.get("line", ""), country=region)
    values = {"name": line.name, "plate": line.plate, "phone": line.phone, "body": body}
    return CrewLineForm(initial={**values, "rest": line.rest}, region=region)


def _checked(request: OfficeRequest, shown: CrewLinePage, name: Names) -> HttpResponse:
    form = shown.form
    if not form.is_bound:
        rest = str(form.initial["rest"])
        return page(request, "orders/crew_line.html", _with(shown, rest=rest))
    if not form.is_valid():
        return page(request, "orders/crew_line.html", shown, status=422)
    values = form.cleaned_data
    words = CrewWords(values["name"], str(values["phone"] or ""), values["plate"], values["body"])
    try:
        name(words, values["together"])
    except BadValue as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return page(request, "orders/crew_line.html", shown, status=422)
    except Overlap as overlap:
        return page(
            request, "orders/crew_line.html", _with(shown, overlap=str(overlap)), status=409
        )
    messages.success(request, _("Saved."))
    return go(request, shown.back)


def _with(shown: CrewLinePage, *, rest: str = "", overlap: str = "") -> CrewLinePage:
    return CrewLinePage(shown.shell, shown.form, shown.ref, shown.back, rest, overlap)
