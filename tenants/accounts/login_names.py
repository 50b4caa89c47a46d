"""How people say who they are: an e-mail, a phone in any spelling, or a name that their reseller
gave them, `somchai@prcargo`. Runs under `gate`.
"""

from __future__ import annotations

import re
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from tenants.accounts.models import Membership, User
from tenants.kit.edge import phones, text

LONGEST = 40
NAME = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
LETTERS = str.maketrans("абвгдезийклмнопрстуфхцыэёңөү", "abvgdeziyklmnoprstufhcyeenou")
SOUNDS = {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
LATIN: dict[int, int | str] = {
    **LETTERS,
    **{ord(letter): sound for letter, sound in SOUNDS.items()},
}


def person(typed: str) -> User | None:
    """The one person who is meant. A phone that two people have means nobody."""
    meant = people(typed)
    return meant[0] if len(meant) == 1 else None


def people(typed: str) -> list[User]:
    """All who may be meant: several only where they have one phone."""
    return list(_people(text.one_line(typed).lower()))


def key_of(typed: str) -> str:
    """Under what tries of this login are counted: one key a person, however they are named."""
    user = person(typed)
    if user is not None:
        return user.door_key
    return text.one_line(typed).lower()


def is_name(name: str) -> bool:
    """Latin letters, digits and `.-_` between them."""
    return len(name) <= LONGEST and NAME.fullmatch(name) is not None


def is_free(name: str, reseller_id: UUID) -> bool:
    """Whether nobody of this reseller has the name."""
    named = Membership.objects.filter(
        reseller_id=reseller_id,
        login_name__iexact=name,
    )
    return not named.exists()


def free_name(full_name: str, reseller_id: UUID) -> str:
    """A login name like the person's own that nobody of this reseller has: `aibek`, `aibek2`."""
    first_word = (full_name.lower().split() or [""])[0].translate(LATIN)
    stem = re.sub(r"[^a-z0-9]", "", first_word)[: LONGEST - 6] or "user"
    rows = Membership.objects.filter(reseller_id=reseller_id, login_name__startswith=stem)
    taken = set(rows.values_list("login_name", flat=True))
    number = 1
    while (name := stem if number == 1 else f"{stem}{number}") in taken:
        number += 1
    return name


def _people(login: str) -> QuerySet[User]:
    """Those who may be meant. The short name of a reseller has no dot, a mail server's has one."""
    if "@" not in login:
        return _with_phone(phones.readings(login))
    name, _at, place = login.rpartition("@")
    if "." in place:
        return User.objects.filter(email__iexact=login)
    named = Membership.objects.filter(
        user=OuterRef("pk"),
        login_name__iexact=name or "-",
        reseller__slug__iexact=place,
        is_active=True,
    )
    return User.objects.filter(Exists(named))


def _with_phone(numbers: list[str]) -> QuerySet[User]:
    """People who may come in somewhere: who left has no more right to the number."""
    standing = Membership.objects.filter(user=OuterRef("pk"), is_active=True)
    return User.objects.filter(Exists(standing), phone__in=numbers, is_active=True)
