"""Merging a company that was entered twice: choose the one that stays, look, confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from companies import links, merging
from companies.forms import MergeForm
from companies.merging import CannotMerge, Preview
from companies.models import Company
from companies.queries import company_for
from companies.views.card import CompanyCard, card_of
from tenants.kit import clock, formats
from tenants.kit.asked_again import asks_again
from tenants.kit.web import OfficeRequest, go, needs, page, posted, uuid_of
from tenants.office import audit_log
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class MergePage:
    """First the choice; with a `target` what merging will do."""

    card: CompanyCard
    form: MergeForm
    target: Company | None = None
    preview: Preview | None = None
    details: list[tuple[str, object]] | None = None


@needs(Permission.COMPANY_EDIT)
@asks_again
def company_merge(request: OfficeRequest, company_id: UUID) -> HttpResponse:
    source = company_for(request.actor, company_id)
    target = _target(request)
    if request.method == "POST" and target is not None and "shown" in request.POST:
        try:
            merging.merge(
                source=source,
                target=target,
                shown=request.POST["shown"],
                by=request.actor,
                at=clock.now(),
            )
        except CannotMerge as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Merged."))
            return go(request, links.company(target.pk))
    return _page(request, source, target)


def _target(request: OfficeRequest) -> Company | None:
    """The company that stays, once it was chosen. Raises Http404."""
    sent = request.POST if request.method == "POST" else request.GET
    target_id = uuid_of(sent.get("target"))
    return company_for(request.actor, target_id) if target_id else None


def _page(request: OfficeRequest, source: Company, target: Company | None) -> HttpResponse:
    """First the choice of the company that stays, then what merging does."""
    card = card_of(request, source, "details")
    form = MergeForm(posted(request))
    if target is None:
        status = 422 if form.errors else 200
        return page(request, "companies/merge.html", MergePage(card, form), status=status)
    preview = merging.preview(source, target)
    details = _in_words(preview.details, request.reseller.currency)
    context = MergePage(card, form, target, preview, details)
    return page(request, "companies/merge.html", context)


def _in_words(details: Mapping[str, object], currency: str) -> list[tuple[str, object]]:
    """The details that are filled, as people read them; a block is told by its reason."""
    words = audit_log.field_words("company.change")
    own = {"block_reason": _("Blocked: no new orders")}
    lines = []
    for name, value in details.items():
        label = own.get(name) or words.get(name)
        if label is None:
            continue
        if isinstance(value, Decimal):
            value = formats.money(value, currency)
        lines.append((str(label), value))
    return lines
