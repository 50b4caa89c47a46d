"""What the calls of the books share."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter

from finance import queries
from finance.models import Invoice
from tenants.kit.api import ApiView
from tenants.kit.problems import Problem
from tenants.kit.serializers import Body, Nothing, Values
from tenants.permissions import Permission

SEE = (Permission.FINANCE_VIEW,)
EDIT = (Permission.FINANCE_EDIT,)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="Repeated under one key, the money moves once.",
)


class BooksView(ApiView):
    def invoice(self, key: str) -> Invoice:
        """By id or by number; what this person may not see is not there."""
        rows = queries.invoices_of(self.actor).select_related("order")
        try:
            invoice = rows.filter(pk=UUID(key)).first()
        except ValueError:
            invoice = rows.filter(number=key).first()
        if invoice is None:
            raise Http404
        return invoice


class MoneyView(BooksView):
    """Calls that move money: done only under an Idempotency-Key."""

    def body(self, kind: type[Body] = Nothing, *, partial: bool = False) -> Values:
        """The body, read. Raises a 400 where the key is missing."""
        values = super().body(kind, partial=partial)
        if not self._key:
            raise Problem(
                400,
                "key_needed",
                _("Send an Idempotency-Key: repeated under it, a payment is booked once."),
            )
        return values

    @property
    def _key(self) -> str:
        return self.request.headers.get("Idempotency-Key", "")

    def once(self) -> UUID:
        """A call repeated under one Idempotency-Key is one payment, whatever stands between."""
        return uuid5(NAMESPACE_URL, f"{self.actor.member_id}:{self._key}")
