"""What the exchange says no to: SQLSTATE class TX turned into exceptions with a code and words for
people.
"""

from __future__ import annotations

from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "not_your_turn": _("It is the other side's turn to answer."),
    "best_and_final": _("That price was the last word: accept it or turn it down."),
    "same_price": _("This price stands already; accept it instead."),
    "bad_terms": _("Say how the price stands to taxes and how it is paid."),
    "bad_price": _("The price must be positive, with two decimal places at most."),
    "bad_expiry": _("The listing would expire before it is published."),
    "listing_closed": _("This listing is closed."),
    "offer_closed": _("This offer is closed."),
    "already_awarded": _("This listing has gone to another carrier already."),
    "already_offered": _("An offer of yours on this listing is open already."),
    "own_listing": _("This is your own listing: assign your own vehicle instead."),
    "not_a_reseller": _("Only a working reseller may publish."),
}


class NotFound(Exception):
    """There is no such listing, offer or job, or it is not the caller's."""


class ExchangeRefused(Exception):
    """The exchange does not allow this now; `code` is for programs, the text for people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(REASONS.get(self.code, self.code))


def translated(problem: DatabaseError) -> Exception:
    """The exception that a function's error stands for; any other database error comes back as it
    is.
    """
    cause = problem.__cause__
    state = getattr(cause, "sqlstate", None)
    if state == "TX404":
        return NotFound()
    if state == "TX409":
        return ExchangeRefused(cause.diag.message_primary or "refused")  # type: ignore[union-attr]
    return problem
