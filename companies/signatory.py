"""Who signs for a side: the right to do so, and what the evidence sheet says of the person."""

from __future__ import annotations

from dataclasses import dataclass

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
        return Signatory(actor.name, authority.post, basis_of(authority))
    firm: Requisites = case.company if side == Side.COMPANY and case.company else own_details()
    is_head = same_name(actor.name, firm.director)
    if not is_head:
        return Signatory(actor.name)
    return Signatory(actor.name, firm.director_post, basis_of(firm))


def basis_of(firm: Requisites | people.Authority) -> str:
    """«Доверенность № 5, 13.03.2026»"""
    if firm.acts_under not in Basis.values:
        return ""
    number = f" № {firm.basis_number}" if firm.basis_number else ""
    on = f", {firm.basis_on:%d.%m.%Y}" if firm.basis_on else ""
    return f"{Basis(firm.acts_under).label}{number}{on}"


def same_name(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
