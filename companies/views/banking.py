"""The bank accounts of a company, in the office and in its cabinet, and of an own firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from companies import banking, links
from companies.banking import CannotAdd, Owner
from companies.forms import BankAccountForm
from companies.models import BankAccount
from companies.queries import company_for
from companies.views.cabinet import may_change_details
from companies.views.own_frame import OwnFrame, frame_of, posted_by_editor
from tenants.kit import clock
from tenants.kit.asked_again import asks_again
from tenants.kit.web import OfficeRequest, go, needs, page, posted, uuid_of
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """The accounts of a firm; `back_url` leads to its details. `frame` is that of «Моя компания»."""

    owner: Owner
    form: BankAccountForm
    accounts: Sequence[BankAccount]
    may_edit: bool
    back_url: str
    frame: OwnFrame | None = None


@needs(Permission.COMPANY_VIEW)
@asks_again
def company_accounts(
    request: OfficeRequest,
    company_id: UUID,
) -> HttpResponse:
    actor = request.actor
    company = company_for(actor, company_id)
    may_edit = actor.can(Permission.COMPANY_EDIT)
    back_url = links.company(company.pk)
    return _accounts(request, company, may_edit=may_edit, back_url=back_url)


@needs(Permission.CLIENT_CABINET)
@asks_again
def client_accounts(
    request: OfficeRequest,
) -> HttpResponse:
    return _cabinet(request)


@needs(Permission.PARTNER_CABINET)
@asks_again
def partner_accounts(
    request: OfficeRequest,
) -> HttpResponse:
    return _cabinet(request)


@needs(Permission.OWN_COMPANY_VIEW)
@asks_again
def own_accounts(request: OfficeRequest) -> HttpResponse:
    frame = frame_of(request, "details")
    posted_by_editor(request)
    if frame.own._state.adding:
        return go(request, links.own("details"))
    return _accounts(
        request,
        frame.own,
        may_edit=frame.may_edit,
        back_url=links.own("details", frame.firm_id),
        frame=frame,
    )


def _cabinet(
    request: OfficeRequest,
) -> HttpResponse:
    if request.actor.company_id is None:
        raise Http404
    company = company_for(request.actor, request.actor.company_id)
    back_url = links.cabinet_details(request.actor.kind)
    may_edit = may_change_details(request.actor)
    return _accounts(request, company, may_edit=may_edit, back_url=back_url, own=True)


def _accounts(
    request: OfficeRequest,
    owner: Owner,
    *,
    may_edit: bool,
    back_url: str,
    own: bool = False,
    frame: OwnFrame | None = None,
) -> HttpResponse:
    """A post adds an account, or removes the one whose button was pressed."""
    form = BankAccountForm(posted(request), country=owner.country)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        if _is_done(request, owner, form, own=own):
            messages.success(request, _("Saved."))
            return go(request, request.get_full_path())
    context = AccountsPage(
        owner=owner,
        form=form,
        accounts=list(banking.accounts_of(owner)),
        may_edit=may_edit,
        back_url=back_url,
        frame=frame,
    )
    shell = "own" if frame else "cabinet" if own else "office"
    status = 422 if form.errors else 200
    return page(request, f"companies/accounts_{shell}.html", context, status=status)


def _is_done(request: OfficeRequest, owner: Owner, form: BankAccountForm, *, own: bool) -> bool:
    now = clock.now()
    if "remove" in request.POST:
        _remove(request, owner, own=own)
        return True
    if not form.is_valid():
        return False
    try:
        banking.add(owner=owner, values=form.cleaned_data, by=request.actor, at=now, own=own)
    except CannotAdd as refused:
        form.add_error("account", str(refused))
        return False
    return True


def _remove(request: OfficeRequest, owner: Owner, *, own: bool) -> None:
    account_id = uuid_of(request.POST["remove"])
    if account_id is None:
        raise Http404
    try:
        banking.remove(
            owner=owner, account_id=account_id, by=request.actor, at=clock.now(), own=own
        )
    except BankAccount.DoesNotExist as error:
        raise Http404 from error
