"""Refusals of the order's acts. A page turns them into a message, the API into 409 (403, 422)."""

from __future__ import annotations


class Refused(Exception):
    """An act that was not done; the text is for people."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class CannotAdvance(Refused):
    """The table of steps has no such step from here."""


class AlreadyThere(CannotAdvance):
    """A second press: what was asked for is so already."""


class Forbidden(CannotAdvance):
    """The step exists, but not for this person."""


class Missing(CannotAdvance):
    """Something must be known first; `needs` are the names of stages.Need."""

    def __init__(self, text: str, needs: tuple[str, ...]) -> None:
        super().__init__(text)
        self.needs = needs


class CannotEdit(Refused):
    """This field is settled at this stage."""


class Stale(Refused):
    """Somebody saved the order after this form was opened."""


class BadValue(Refused):
    """One field does not fit; `field` names it as the form and the API do."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field
