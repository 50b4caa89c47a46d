"""A file becomes a preview: its lines, and which of them came in before."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import IO, TypedDict

from django.db import transaction

from finance.bank import door, headings
from finance.bank.own_accounts import OwnAccount, account_of, own_accounts
from finance.bank.statement import Note, Reading, Statement
from finance.bank.tables import HeadingIsUnclear, Wish
from finance.models import BankStatement, LineState, StatementLine
from tenants.actor import Actor
from tenants.kit.edge import text as texts
from tenants.kit.money import ZERO
from tenants.office import audit
from tenants.office.current import current_reseller

FORGOTTEN_AFTER = timedelta(days=30)  # previews that nobody confirmed
AT_ONCE = 1000  # rows of one statement to the database
KEYS_AT_ONCE = 2000


class AccountDoc(TypedDict):
    """What a file says of an account, as the preview keeps it."""

    account: str
    currency: str
    is_own: bool
    first: str | None
    last: str | None
    opening: str | None
    closing: str | None


@dataclass(frozen=True, slots=True)
class Owned:
    """A statement with the own account that it is of; None for a foreign or an unnamed one."""

    statement: Statement
    account: OwnAccount | None

    @property
    def currency(
        self,
    ) -> str:
        return self.statement.currency or (self.account.currency if self.account else "")

    @property
    def number(
        self,
    ) -> str:
        return self.account.number if self.account else self.statement.account


def upload(
    *,
    name: str,
    file: IO[bytes],
    by: Actor,
    at: datetime,
    account: str = "",
    wish: Wish | None = None,
    heading: Sequence[str] = (),
) -> BankStatement:
    """Read a file and keep it as a preview. `account` is the own account of a file that names none;
    `wish` is what the person said of a `heading` that nobody knew, and is remembered. Raises
    Unreadable, HeadingIsUnclear.
    """
    reading = _read(name, file, wish)
    accounts = own_accounts(current_reseller(by).currency)
    statements = [_owned(one, accounts, account) for one in reading.statements]
    with transaction.atomic():
        BankStatement.objects.filter(
            confirmed_at=None, uploaded_at__lt=at - FORGOTTEN_AFTER
        ).delete()
        row = _keep(name, reading, statements, by, at)
        if wish is not None and heading:
            _remember(row, heading, wish)
        lines = list(_lines(row, statements))
        say_states(lines)
        StatementLine.objects.bulk_create(lines, batch_size=AT_ONCE)
        audit.record(
            action="bank.upload",
            subject=row.subject,
            title=row.name,
            by=by,
            at=at,
            after={"lines": len(lines)},
        )
    return row


def _read(name: str, file: IO[bytes], wish: Wish | None) -> Reading:
    """As the person says, else as it was said of the same heading before. Raises Unreadable,
    HeadingIsUnclear.
    """
    try:
        return door.statements_in(file, name=name, wish=wish)
    except HeadingIsUnclear as unclear:
        rows = BankStatement.objects.filter(heading=digest_of(unclear.heading))
        earlier = rows.order_by("-uploaded_at").first()
        if earlier is None or wish is not None:
            raise
        remembered = Wish(earlier.columns, earlier.month_first)
        return door.statements_in(file, name=name, wish=remembered)


def _remember(row: BankStatement, heading: Sequence[str], wish: Wish) -> None:
    """Files with this heading are read so from now on."""
    row.heading = digest_of(heading)
    row.columns = dict(wish.columns)
    row.month_first = wish.month_first
    row.save(update_fields=["heading", "columns", "month_first"])


def digest_of(
    heading: Sequence[str],
) -> str:
    return hashlib.sha256(headings.key_of(heading).encode()).hexdigest()


def _owned(
    statement: Statement,
    accounts: Mapping[str, OwnAccount],
    chosen: str,
) -> Owned:
    """Whose the statement is, and what is to be said of it."""
    if statement.account:
        account = account_of(accounts, statement.account)
        notes = [] if account else [Note("foreign", facts={"account": statement.account})]
    else:
        named = account_of(accounts, chosen)
        account = named if chosen else _only_one(accounts, statement.currency)
        notes = [] if account else [Note("no_account")]
    if account and statement.currency not in ("", account.currency):
        notes.append(Note("other_currency", facts={"account": account.written}))
    return Owned(
        replace(statement, notes=(*statement.notes, *notes)),
        account,
    )


def _only_one(
    accounts: Mapping[str, OwnAccount],
    currency: str,
) -> OwnAccount | None:
    """The one account in a currency, or the only one there is: there is nothing to choose."""
    fitting = [one for one in accounts.values() if currency in ("", one.currency)]
    return fitting[0] if len(fitting) == 1 else None


def _keep(
    name: str,
    reading: Reading,
    statements: Sequence[Owned],
    by: Actor,
    at: datetime,
) -> BankStatement:
    read = [one.statement for one in statements]
    return BankStatement.objects.create(
        name=name[:200],
        format=reading.format,
        encoding=reading.encoding,
        accounts=[_account_doc(one) for one in statements],
        notes=_note_docs(read),
        is_whole=all(one.is_whole for one in read),
        first=min((one.first for one in read if one.first), default=None),
        last=max((one.last for one in read if one.last), default=None),
        total_in=sum((one.total_in for one in read), ZERO),
        total_out=sum((one.total_out for one in read), ZERO),
        uploaded_at=at,
        uploaded_by=by.member_id,
        uploaded_name=by.name,
    )


def _note_docs(statements: Sequence[Statement]) -> list[dict[str, object]]:
    """The notes of all accounts; what is said of the whole file is said once."""
    documents: list[dict[str, object]] = []
    for one in statements:
        for note in one.notes:
            document = asdict(note)
            if document not in documents:
                documents.append(document)
    return documents


def _account_doc(
    one: Owned,
) -> AccountDoc:
    statement = one.statement
    return AccountDoc(
        account=one.account.written if one.account else statement.account,
        currency=one.currency,
        is_own=one.account is not None,
        first=statement.first.isoformat() if statement.first else None,
        last=statement.last.isoformat() if statement.last else None,
        opening=None if statement.opening is None else f"{statement.opening:.2f}",
        closing=None if statement.closing is None else f"{statement.closing:.2f}",
    )


def _lines(row: BankStatement, statements: Sequence[Owned]) -> Iterable[StatementLine]:
    """The lines of all accounts, counted through in the order of the file."""
    place = 0
    for one in statements:
        for line in one.statement.lines:
            place += 1
            kept = StatementLine(
                statement=row,
                place=place,
                account=_short(one.number, 60),
                currency=one.currency,
                firm_id=one.account.firm_id if one.account else None,
                on=line.on,
                amount=line.amount,
                is_in=line.is_in,
                counterparty=_short(line.counterparty, 300),
                tax_number=_short(line.tax_number, 40),
                other_account=_short(line.other_account, 60),
                number=_short(line.number, 60),
                purpose=_short(line.purpose, 2000),
                state=_state_of(one),
            )
            kept.key = key_of(one.number, kept)  # as it is kept: what is cut off says nothing
            yield kept


def _short(text: str, longest: int) -> str:
    """As much of a text as its column takes, without what nobody sees."""
    text = texts.one_line(text)
    return text[:longest]


def _state_of(
    one: Owned,
) -> LineState:
    is_foreign = one.account is None and one.statement.account
    return LineState.FOREIGN if is_foreign else LineState.NEW


def key_of(account: str, line: StatementLine) -> str:
    """What a movement is, whatever file it stands in. Letter case and blanks say nothing."""
    other = line.tax_number or line.counterparty
    facts = (
        account,
        line.on.isoformat(),
        f"{line.amount:.2f}",
        "in" if line.is_in else "out",
        line.number,
        other,
        line.purpose,
    )
    plain = "\n".join(" ".join(fact.lower().split()) for fact in facts)
    return hashlib.sha256(plain.encode()).hexdigest()


def say_states(lines: Sequence[StatementLine]) -> None:
    """Count equal lines, and say which of them came in with an earlier file."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts[line.key] += 1
        line.nth = counts[line.key]
    earlier = _came_in(counts)
    for line in lines:
        if line.state != LineState.FOREIGN:
            is_known = (line.key, line.nth) in earlier
            line.state = LineState.KNOWN if is_known else LineState.NEW


def _came_in(
    keys: Iterable[str],
) -> set[tuple[str, int]]:
    """Key and number of the lines that came in already."""
    rows: set[tuple[str, int]] = set()
    waiting = iter(keys)
    while piece := list(islice(waiting, KEYS_AT_ONCE)):
        lines = StatementLine.objects.filter(came_in=True, key__in=piece)
        rows.update(lines.values_list("key", "nth"))
    return rows
