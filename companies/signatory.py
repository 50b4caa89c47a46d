"""Who signs for a side: the right to do so, and what the evidence sheet says of the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from companies import people
from companies.models import Basis, ContractCase, Side
from companies.models.requisites import Requisites
from companies.queries import own_details
from tenants.actor import Actor
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person with post and authority, as the evidence sheet names them."""

    name: str
    post: str = ""
    basis: str = ""


def side_of(actor: Actor, case: ContractCase) -> Side | None:
    """For which side of this contract a person could sign."""
    if actor.company_id is None:
        return Side.RESELLER
    return Side.COMPANY if actor.company_id == case.company_id else None


def may_sign(actor: Actor) -> bool:
    """The right to sign: in the office the head's, at a company theirs whom the office confirmed."""
    if actor.company_id is None:
        return actor.can(Permission.PLATFORM_CONTRACT_SIGN)
    return people.may_sign(actor)


def signatory_of(actor: Actor, side: Side, case: ContractCase) -> Signatory:
    """Post and authority are the person's own; the head's stand in the firm's details."""
    authority = people.authority_of(actor) if side == Side.COMPANY else None
    if authority is not None and authority.acts_under:
        words = basis_words(authority.acts_under, authority.number, authority.on)
        return Signatory(actor.name, authority.post, words)
    is_theirs = side == Side.COMPANY and case.company
    firm: Requisites = case.company if is_theirs and case.company else own_details(case.firm_id)
    is_head = same_name(actor.name, firm.director)
    if not is_head:
        return Signatory(actor.name)
    return Signatory(actor.name, firm.director_post, basis_of(firm))


def basis_of(firm: Requisites) -> str:
    """«Доверенность № 5, 13.03.2026»"""
    return basis_words(firm.acts_under, firm.basis_number, firm.basis_on)


def basis_words(acts_under: str, number: str, on: date | None) -> str:
    if acts_under not in Basis.values:
        return acts_under
    numbered = f" № {number}" if number else ""
    dated = f", {on:%d.%m.%Y}" if on else ""
    return f"{Basis(acts_under).label}{numbered}{dated}"


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, whatever their case and blanks."""
    return one.casefold().split() == other.casefold().split()
