"""Archived companies: their people only read, and what is still open with them is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from companies.models import Company
from tenants.actor import Actor
from tenants.kit.problems import Barred

MOST_NAMED = 20
OpenMatters = Callable[[Company], str]


class HasOpenMatters(Exception):
    """Something is open with the company; `matters` names it, line by line."""

    def __init__(self, matters: list[str]) -> None:
        super().__init__("; ".join(matters))
        self.matters = matters


_open_matters: list[OpenMatters] = []


def add_open_matters(tell: OpenMatters) -> None:
    """Apps above say what is open with a company: one line, empty when nothing is."""
    if tell not in _open_matters:
        _open_matters.append(tell)


def open_matters(company: Company) -> list[str]:
    lines = (tell(company) for tell in _open_matters)
    return [line for line in lines if line]


def line_of(label: object, names: Iterable[str]) -> str:
    """ "Orders (2): ORD-1, ORD-2". Beyond twenty the names end in dots, the number tells them all."""
    names = list(names)
    if not names:
        return ""
    rest = ["…"] if len(names) > MOST_NAMED else []
    return f"{label} ({len(names)}): {', '.join(names[:MOST_NAMED] + rest)}"


def is_archived(actor: Actor) -> bool:
    """Whether this person comes from a company that was archived."""
    if actor.company_id is None:
        return False
    archived = Company.objects.filter(pk=actor.company_id, status=Company.Status.ARCHIVED)
    return archived.exists()


def check_standing(actor: Actor | None) -> None:
    """Refuse an act of somebody whose company is archived. Raises Barred."""
    if actor is not None and is_archived(actor):
        raise Barred(
            _("Your company is archived here: you can read everything, but change nothing.")
        )
