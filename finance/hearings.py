"""Who hears of money: the client of its invoices, a carrier of what it gets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.office.hearing import LETTER, Hearer, Row

H = Hearer
TABLE = (
    Row(
        "invoice.issued",
        H.CLIENT,
        _("New invoice %(number)s: %(amount)s, pay by %(day)s"),
        LETTER,
        has_sums=True,
    ),
    Row("invoice.cancelled", H.CLIENT, _("Invoice %(number)s is cancelled"), LETTER, has_sums=True),
    Row(
        "invoice.credited",
        H.CLIENT,
        _("Invoice %(number)s is less by %(amount)s"),
        LETTER,
        has_sums=True,
    ),
    Row("invoice.refused", H.ACCOUNTANTS, _("%(ref)s has no invoice yet. %(why)s")),
    Row(
        "payment.received",
        H.CLIENT,
        _("Payment received: %(amount)s, invoice %(number)s"),
        has_sums=True,
    ),
    Row("bank.booked", H.PERSON, _("%(file)s: %(outcome)s")),
    Row("payment.received", H.RESPONSIBLE, _("%(client)s paid %(amount)s, invoice %(number)s")),
    Row(
        "payment.refunded",
        H.CLIENT,
        _("Money given back: %(amount)s, invoice %(number)s"),
        has_sums=True,
    ),
    Row(
        "payable.accrued",
        H.PARTNER,
        _("Trip %(ref)s: %(amount)s will be paid by %(day)s"),
        has_sums=True,
    ),
    Row("books.closed", H.ACCOUNTANTS, _("The books of %(month)s are closed")),
    Row(
        "books.reopened",
        H.ACCOUNTANTS,
        _("The books of %(month)s are open again: %(why)s"),
    ),
    Row(
        "payout.made", H.PARTNER, _("Paid to you: %(amount)s, trip %(ref)s"), LETTER, has_sums=True
    ),
)
