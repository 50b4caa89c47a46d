"""What stands in an address, by the name of the argument: own things, a colleague's, another
reseller's, none.

An argument that nobody has listed here makes its pattern a pattern without a row, and the run
fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from checks.isolation.patterns import Pattern
from checks.isolation.words import PLATFORM
from checks.isolation.world.made import Thing, World
from orders.stages import Act
from tenants.kit import clock


class Relation(StrEnum):
    OWN = "own"
    COMPANY = "company"  # of the own reseller, but somebody else's
    RESELLER = "reseller"
    NONE = "none"


@dataclass(frozen=True)
class Address:
    path: str
    relation: Relation


# argument → kind of thing
THINGS = {
    "ref": "order",
    "company_id": "company",
    "account_id": "bank account",
    "address_id": "company address",
    "contact_id": "contact",
    "note_id": "note",
    "contract_id": "contract",
    "case_id": "case",
    "document_id": "document",
    "payment_id": "payment",
    "advance_id": "client advance",
    "carrier_advance_id": "carrier advance",
    "write_off_id": "write-off",
    "expense_id": "expense",
    "opening_id": "opening balance",
    "payable_id": "payable",
    "statement_id": "bank statement",
    "number": "invoice",
    "entry_id": "ledger entry",
    "listing_id": "listing",
    "offer_id": "offer",
    "job_id": "job",
    "trip_id": "trip",
    "incident_id": "incident",
    "view_id": "saved view",
    "token": "token",
    "session_id": "session",
    "token_id": "api token",
    "device_id": "device",
    "shipment_id": "shipment",
    "customer_id": "customer",
    "card_id": "card",
    "batch_id": "import",
    "lot_id": "lot",
    "word_id": "import word",
    "prepared_id": "prepared file",
    "salesperson_id": "salesperson id",
    "code": "salesperson",
    "member_id": "colleague",
    "invitation_id": "invitation",
    "driver_id": "pool driver",
    "own_driver_id": "driver",
    "vehicle_id": "pool vehicle",
    "own_vehicle_id": "vehicle",
    "crew_driver_id": "crew driver",
    "crew_vehicle_id": "crew vehicle",
}
# (argument, beginning of the route) → kind of thing, where the name alone does not say it
HERE = {
    ("key", "api/v1/invoices/"): "invoice id",
    ("token", "p/"): "shop",
    ("member_id", "companies/"): "person",
    ("member_id", "cabinet/"): "person",
    ("member_id", "partner/"): "person",
    ("member_id", "link-requests/"): "person",
    ("object_id", "admin/platform/reseller/"): "reseller",
    ("object_id", "admin/accounts/user/"): "user",
    ("object_id", "admin/accounts/membership/"): "member",
    ("object_id", "admin/platform/ladder/"): "ladder",
    ("object_id", "admin/platform/platformfirm/"): "platform firm",
    ("object_id", "admin/platform/feeline/"): "fee line",
    ("object_id", "admin/r/"): "user",
}
# argument → words of a fixed list; the last is none of it
WORDS = {
    "kind": ["logo", "stamp", "signature", "zzz"],
    "firm_id": ["1", "99"],
    "act": [*Act, "block", "reset", "main", "archive", "restore", "withdraw", "terminate", "zzz"],
    "line": ["1", "99999"],
    "account": ["receivable", "zzz"],
    "app_label": ["platform", "accounts"],
    "url": ["nothing/here"],
    "content_type_id": ["1", "0"],
    "uidb36": ["zzz"],
    "key": ["set-password", "zzz-zzz"],
}
MOST = {Relation.OWN: 5, Relation.COMPANY: 2, Relation.RESELLER: 2}
NOBODYS = {
    "order": "ORD-000101-0001",
    "invoice": "999999",
    "token": "A" * 43,
}
# Patterns that answer a stranger as if all were well, each with the reason why that tells and
# changes nothing.
HARMLESS = {
    "orders/views/<uuid:view_id>/delete/": "deletes among the caller's own views; what is not there is gone already",
}
SHARED = frozenset(
    {"listing", "token", "shop", "pool driver", "pool vehicle"}
)  # published, or a public key


class Unknown(Exception):
    """An argument that is not listed."""


def relation(thing: Thing, person: str) -> Relation:
    if person in thing.may:
        return Relation.OWN
    return Relation.COMPANY if thing.firm == "ALPHA" else Relation.RESELLER


def addresses(pattern: Pattern, world: World, person: str) -> list[Address]:
    """Every address of the pattern that this person calls. Raises Unknown."""
    kinds = {name: _kind(pattern, name) for name in pattern.arguments}
    named = [name for name, kind in kinds.items() if kind]
    sets = _of_things(named, kinds, world, person) if named else iter([({}, Relation.OWN)])
    return [
        Address(path, relation)
        for values, relation in sets
        for words in _of_words([name for name in kinds if not kinds[name]], relation)
        if (path := pattern.path(values | words))
    ]


def _kind(pattern: Pattern, name: str) -> str:
    """Empty for words of a fixed list."""
    for (argument, beginning), kind in HERE.items():
        if argument == name and pattern.route.startswith(beginning):
            return kind
    if name in THINGS:
        return THINGS[name]
    if name in WORDS or name == "month":
        return ""
    raise Unknown(name)


def _of_words(
    names: list[str],
    relation: Relation,
) -> Iterator[dict[str, str]]:
    """Each word with own things; with others' the first one."""
    lists = {name: _words(name) for name in names}
    longest = max((len(words) for words in lists.values()), default=1)
    for turn in range(longest if relation is Relation.OWN else 1):
        yield {name: words[turn % len(words)] for name, words in lists.items()}


def _words(name: str) -> list[str]:
    return [f"{clock.now():%Y-%m}", "9999-99"] if name == "month" else WORDS[name]


def _of_things(
    names: list[str], kinds: dict[str, str], world: World, person: str
) -> Iterator[tuple[dict[str, str], Relation]]:
    """The last thing decides; what stands before it is its own parent, or one's own with a
    stranger's thing under it.
    """
    parent = names[0]
    last = names[-1]
    things = list(_of_kind(kinds[last], world, person))
    tops = list(_of_kind(kinds[parent], world, person))
    mine = next(
        (thing.value for thing, relation in tops if relation is Relation.OWN),
        tops[0][0].value if tops else nobodys(kinds[parent]),
    )
    for thing, relation in things:
        yield {parent: thing.parent or mine, last: thing.value}, relation
        if thing.parent and relation is not Relation.OWN:
            yield {parent: mine, last: thing.value}, relation
    yield {parent: mine, last: nobodys(kinds[last])}, Relation.NONE
    if not things and parent != last:
        for thing, relation in tops:
            yield (
                {parent: thing.value, last: nobodys(kinds[last])},
                Relation.NONE if relation is Relation.OWN else relation,
            )


def _of_kind(kind: str, world: World, person: str) -> Iterator[tuple[Thing, Relation]]:
    counted: dict[Relation, int] = {}
    for thing in world.things:
        if thing.kind == kind:
            bond = relation(thing, person)
            counted[bond] = counted.get(bond, 0) + 1
            if counted[bond] <= MOST[bond]:
                yield thing, bond


def nobodys(kind: str) -> str:
    return NOBODYS.get(kind) or str(uuid4())


def is_shared(pattern: Pattern, person: str) -> bool:
    """Whether the answer's status may not depend on whose thing it is. The panel's one kind of user
    is nobody's stranger.
    """
    if pattern.tree == "admin" and person in PLATFORM:
        return True
    kinds = [_kind(pattern, name) for name in pattern.arguments]
    return pattern.route in HARMLESS or (bool(kinds) and kinds[-1] in SHARED)
