"""Reading papers. Lists leave the frozen data aside: it is long, and only rendering needs it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from documents.access import visible_to
from documents.models import Document
from tenants.actor import Actor
from tenants.kit.counting import CappedCount, counts_capped
from tenants.kit.edge.finding import finds
from tenants.kit.keyset import Sort


def documents_for(actor: Actor) -> QuerySet[Document]:
    """All papers this person may see, latest first."""
    return Document.objects.filter(visible_to(actor)).defer("context", "letterhead")


def document_for(actor: Actor, document_id: UUID) -> Document:
    """One paper, if this person may see it. Raises Document.DoesNotExist, which to a stranger is
    404.
    """
    return documents_for(actor).select_related("corrects").get(id=document_id)


def about(subject: str) -> QuerySet[Document]:
    """Papers of an order, an invoice …: "order:<uuid>"."""
    return Document.objects.filter(subject=subject).defer("context", "letterhead")


LATEST = Sort("issued", "issued_at", descending=True)
SORTS = {LATEST.key: LATEST}


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What a list of papers is asked for; empty means everything. `order` is a code or the id of an
    order.
    """

    kind: str = ""
    search: str = ""
    status: str = ""
    order: str = ""


def documents(actor: Actor, filters: DocumentFilter) -> QuerySet[Document]:
    """A list's rows, each with the code of its order."""
    rows = documents_for(actor).annotate(order_ref=KT("context__order_ref"))
    rows = rows.filter(finds(filters.search, "title", "order_ref"))
    if filters.order:
        rows = rows.filter(Q(order_ref=filters.order) | Q(subject=f"order:{filters.order}"))
    return rows.filter(
        **{name: value for name in ("kind", "status") if (value := getattr(filters, name))}
    )


def counts(actor: Actor, filters: DocumentFilter, kinds: Iterable[str]) -> dict[str, CappedCount]:
    """How many of each kind, and of all under "all"."""
    rows = documents(actor, replace(filters, kind=""))
    return counts_capped(all=rows, **{kind: rows.filter(kind=kind) for kind in kinds})
