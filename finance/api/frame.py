"""What the calls of the books share."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.http import Http404

from finance import queries
from finance.models import Invoice
from tenants.kit.api import ApiView
from tenants.permissions import Permission

SEE = (Permission.FINANCE_VIEW,)
EDIT = (Permission.FINANCE_EDIT,)


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

    def once(self) -> UUID:
        """A call repeated under one Idempotency-Key is one payment, whatever stands between."""
        key = self.request.headers.get("Idempotency-Key", "")
        return uuid5(NAMESPACE_URL, f"{self.actor.member_id}:{key}") if key else uuid4()
