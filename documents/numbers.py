"""Gapless numbers per kind and year."""

from documents.models import NumberCounter


def take(*, kind: str, year: int) -> int:
    """The next number. The counter stays locked until the caller's transaction ends, so a rollback
    gives it back.
    """
    counter, _ = NumberCounter.objects.select_for_update().get_or_create(kind=kind, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
