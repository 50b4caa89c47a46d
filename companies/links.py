"""Addresses of the app's pages."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.functional import lazy

from companies.models import ContractCase
from tenants.permissions import Kind

# One page under several addresses: the office's names, and those of others by their kind.
CORNERS: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (
        ("companies:company-card",),
        {"client": "companies:cabinet-company", "partner": "companies:partner-company"},
    ),
    (
        ("companies:company-contract",),
        {"client": "companies:cabinet-contract", "partner": "companies:partner-contract"},
    ),
)


def _client_search() -> str:
    return f"{reverse('companies:client-search')}?q="


def _company_search() -> str:
    return f"{reverse('companies:company-search')}?q="


def _address_search() -> str:
    return f"{reverse('companies:address-search')}?q="


ADDRESS_SEARCH = lazy(_address_search, str)()
CLIENT_SEARCH = lazy(_client_search, str)()
COMPANY_SEARCH = lazy(_company_search, str)()


def company_list() -> str:
    return reverse("companies:company-list")


def company(company_id: UUID) -> str:
    return reverse("companies:company-card", args=[company_id])


def invited(company_id: UUID) -> str:
    """Where the link of an invitation is shown once."""
    return reverse("companies:company-invited", args=[company_id])


def contacts(company_id: UUID) -> str:
    return reverse("companies:contact-list", args=[company_id])


def addresses(company_id: UUID) -> str:
    return reverse("companies:address-list", args=[company_id])


def notes(company_id: UUID) -> str:
    return reverse("companies:note-list", args=[company_id])


def contract(company_id: UUID, kind: str = "") -> str:
    """Of a company that is both, the contract of this kind."""
    page = reverse("companies:company-contract", args=[company_id])
    return f"{page}?kind={kind}" if kind else page


def own(page: str, firm_id: int | None = None) -> str:
    """A page of «Моя компания»: details, images, look, terms, support, dates, domain. Of the main
    firm, unless another one is named.
    """
    address = reverse(f"companies:own-{page}")
    return address if firm_id is None else f"{address}?firm={firm_id}"


def own_terms(kind: str, language: str) -> str:
    """The reseller's own terms of a kind of contract."""
    return f"{reverse('companies:own-contract-terms')}?kind={kind}&language={language}"


def own_terms_sample(kind: str, language: str) -> str:
    address = reverse("companies:own-contract-terms-sample")
    return f"{address}?kind={kind}&language={language}"


def case(case: ContractCase) -> str:
    """The page where the office reads one contract and acts on it."""
    page = contract(case.company_id) if case.company_id else own("terms")
    return f"{page}?case={case.pk}"


def own_image(kind: str, file_id: UUID | None, firm_id: int | None = None) -> str:
    """The address changes with the picture, so that browsers may keep it."""
    address = f"{reverse('companies:own-image', args=[kind])}?v={str(file_id)[:8]}"
    return address if firm_id is None else f"{address}&firm={firm_id}"


def accounts(company_id: UUID) -> str:
    return reverse("companies:company-accounts", args=[company_id])


def cabinet_accounts(kind: Kind) -> str:
    """The bank accounts of a client or a partner."""
    name = "companies:cabinet-accounts" if kind is Kind.CLIENT else "companies:partner-accounts"
    return reverse(name)


def cabinet_details(kind: Kind) -> str:
    """A client's or partner's own details."""
    name = "companies:cabinet-company" if kind is Kind.CLIENT else "companies:partner-company"
    return reverse(name)


def cabinet_contract(kind: Kind) -> str:
    """A client's or partner's contract."""
    name = "companies:cabinet-contract" if kind is Kind.CLIENT else "companies:partner-contract"
    return reverse(name)


def invitation(token: str) -> str:
    return reverse("companies:invitation-take", args=[token])


def invitation_logo(token: str) -> str:
    return reverse("companies:invitation-logo", args=[token])
