"""How the refusals of the module are answered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commission.cargo import locks
from commission.cargo.codes import CodeTaken
from commission.cargo.imports import confirm
from commission.cargo.imports.lines import NotATable
from commission.cargo.imports.words import message
from commission.cargo.rates import rate_cards
from commission.cargo.shipments import editing
from tenants.kit.api import ApiView
from tenants.kit.problems import Problem, invalid


def _double_tracking(_refused: Exception) -> Problem:
    return invalid({"tracking_number": [_("The tracking number has been saved before.")]})


def _name_taken(_refused: Exception) -> Problem:
    return invalid({"name": [_("Another card has this name.")]})


def _code_taken(_refused: Exception) -> Problem:
    return invalid({"code": [_("This code is taken.")]})


def _nothing_to_activate(_refused: Exception) -> Problem:
    text = _("The card is active already or has no prices.")
    return Problem(409, "cannot_activate", text)


def _month_locked(_refused: Exception) -> Problem:
    return Problem(409, "month_locked", _("This month is closed."))


def _money_locked(_refused: Exception) -> Problem:
    text = _("The month is closed: its money is corrected by an adjustment.")
    return Problem(409, "month_locked", text)


def _not_a_table(refused: NotATable) -> Problem:
    code = str(refused)
    text = message(refused.reason)
    return Problem(413 if code == "too_big" else 422, code, text, {"text": [text]})


def _rows_are_bad(_refused: Exception) -> Problem:
    return Problem(409, "rows_are_bad", _("Some rows cannot be saved."))


def _not_a_preview(_refused: Exception) -> Problem:
    return Problem(409, "not_a_preview", _("This import cannot be confirmed any more."))


def _cannot_undo(_refused: Exception) -> Problem:
    text = _("The import was not saved, or a month of it is closed.")
    return Problem(409, "cannot_undo", text)


def _is_being_undone(_refused: Exception) -> Problem:
    return Problem(409, "is_being_undone", _("This import is being taken back already."))


def _not_allowed(_refused: Exception) -> Problem:
    text = _("Others entered some of these shipments, or they were entered on another day.")
    return Problem(403, "not_allowed", text)


class CargoView(ApiView):
    """A call of the module."""

    refusals = {
        editing.DoubleTracking: _double_tracking,
        editing.MoneyIsLocked: _money_locked,
        locks.MonthIsLocked: _month_locked,
        rate_cards.NameTaken: _name_taken,
        rate_cards.NothingToActivate: _nothing_to_activate,
        CodeTaken: _code_taken,
        NotATable: _not_a_table,
        confirm.RowsAreBad: _rows_are_bad,
        confirm.NotReady: _not_a_preview,
        confirm.CannotUndo: _cannot_undo,
        confirm.NotAllowed: _not_allowed,
        confirm.IsBeingUndone: _is_being_undone,
    }
