"""Nothing is cut in silence: every slice of rows in the product is on this list, with its reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.guards.listed import compare
from tests.guards.test_source import sources

APPS = (
    "commission",
    "companies",
    "config",
    "documents",
    "finance",
    "fleet",
    "orders",
    "tariffs",
    "tenants",
)
TEXT = "signs of a text, no rows"
PAGE = "one page of rows; the next one is asked for with a cursor"
REFUSED = "one more than the limit is read, and then the whole is refused or said in words"
GLANCE = "the newest few under a heading that says so; the list with all is one click away"
TYPED = "choices while one types: more letters name the others"
WORK = "a piece of the machine's own work, which goes on with the rest"
# Names and last attributes of what is sliced where it is plainly a text or bytes.
TEXTS = frozenset(
    [
        "text",
        "search",
        "content",
        "digits",
        "language",
        "name",
        "title",
        "url",
        "reason",
        "key",
        "error",
        "query",
        "start",
        "source",
        "signature",
        "action",
        "sha256",
        "agent",
        "hex",
    ]
)
TEXT_METHODS = frozenset(
    [
        "get",
        "strip",
        "lstrip",
        "replace",
        "decode",
        "hexdigest",
        "signature",
        "join",
        "_text",
        "plain",
    ]
)
CUTS = {
    "tenants/kit/subqueries.py: rows.order_by().values_list(Value(True))[:1]": "one is enough to say yes",
    "companies/addresses.py: named.select_related('company').order_by('company__name', 'name')[:OFFERED]": (
        "a box to choose from; typing narrows it"
    ),
    "companies/views/papers.py: mine[:SHOWN + 1]": "the page says that there are more",
    "companies/views/papers.py: papers[:SHOWN]": "the page says that there are more",
    "companies/alike.py: shown[:MOST_SHOWN]": "a question about doubles; one is enough to ask it",
    "companies/queries.py: rows.order_by('name')[:OFFERED]": "a box to choose from; typing narrows it",
    "companies/views/notes.py: notes.notes_of(company)[:SHOWN + 1]": "the page says that there are more",
    "companies/views/notes.py: rows[:SHOWN]": "the page says that there are more",
    "finance/bank/booking.py: line.counterparty[:200]": "the name of the line itself stays whole",
    "finance/expenses.py: expense.payee[:60]": "a note on an entry; the expense has the whole name",
    "finance/bank/entered.py: alike[:MOST_OFFERED]": "what is offered beside a line; one is a warning",
    "finance/bank/matching.py: others[:MOST_OFFERED]": "what is offered beside a line; any other is typed",
    "finance/bank/matching.py: advances[:MOST_ADVANCES]": "what is offered beside a line; any other is typed",
    "finance/views/client_advances.py: payable_with(advance)[:OFFERED + 1]": "the page says that there are more",
    "finance/views/client_advances.py: unpaid[:OFFERED]": "the page says that there are more",
    "finance/views/cabinet.py: advances_paid_to(request.actor)[:ADVANCES_SHOWN]": (
        "the newest; the statement beside them has all"
    ),
    "finance/bank/mt940.py: data[:4000]": TEXT,
    "finance/bank/mt940.py: entry[:2]": TEXT,
    "finance/bank/mt940.py: figures[:2]": TEXT,
    "finance/bank/mt940.py: number[:-3]": TEXT,
    "finance/bank/one_c.py: data[:200]": TEXT,
    "finance/bank/own_accounts.py: number[:2]": TEXT,
    "finance/bank/queries.py: rows[:size]": PAGE,
    "finance/views/bank_statement.py: lines[:SIZE]": PAGE,
    "finance/bank/reading.py: rows[:-1]": "the last row of a file that breaks off, which is said",
    "finance/bank/tables.py: all_rows[:SEARCHED]": "where the heading is looked for; all rows are read",
    "finance/bank/tables.py: all_rows[:at]": "the rows above the heading",
    "finance/bank/tables.py: breaks[:20]": "where balances break off; twenty are enough to be seen",
    "finance/bank/tables.py: cell[:6]": TEXT,
    "finance/bank/texts.py: data[:encodings.LOOKED_AT]": TEXT,
    "finance/bank/texts.py: first[:1]": "the likeliest encoding",
    "finance/bank/texts.py: text.splitlines()[:200]": TEXT,
    "finance/bank/values.py: marks[:-1]": TEXT,
    "finance/debts.py: late.order_by('due_on').values('due_on')[:1]": "the oldest missed day",
    "finance/month_end.py: in_force.values('pk')[:1]": "an order has one invoice in force",
    "finance/month_end.py: trips.values('stage')[:1]": "an order has one trip that stands",
    "orders/waiting.py: trips.values_list('order_id', 'pk').distinct()[:LATEST]": (
        "an average of the latest visits, with their number"
    ),
    "tenants/office/kept.py: _prepared(before)[:BATCH * MOST_BATCHES]": "the next run takes the rest",
    "tenants/platform/retention.py: rows(before).values_list('pk', flat=True)[:BATCH]": (
        "the next batch takes the rest"
    ),
    "commission/cargo/api/imports.py: rows[:limit]": PAGE,
    "commission/cargo/imports/columns.py: FIELDS[:8]": "a constant",
    "commission/cargo/imports/columns.py: row[:3]": "cells of a row",
    "commission/cargo/imports/edit_line.py: (row.raw + [''] * len(FIELDS))[:len(FIELDS)]": "cells of a row",
    "commission/cargo/imports/lines.py: raw[:WIDEST]": "cells of a row that is refused as too wide",
    "commission/cargo/imports/lines.py: day[:7]": TEXT,
    "documents/seal/keys.py: shown.encode()[:LONGEST_COMMON_NAME]": TEXT,
    "commission/cargo/imports/undoing.py: names[:NAMED]": "the question counts all of them",
    "commission/cargo/queries/dashboard.py: part[:SHOWN]": GLANCE,
    "commission/cargo/queries/dashboard.py: rows.values('pk')[:EXACT + 1]": "counted up to here, said as 'about'",
    "commission/cargo/queries/dashboard.py: rows.order_by().values('pk')[:CHECK_CAP + 1]": "counted up to 999+",
    "commission/cargo/queries/imports.py: StagedRow._fields[:15]": "a constant",
    "commission/cargo/queries/shipment_list.py: rows.order_by()"
    ".values('price', 'cost', 'commission')[:CAP + 1]": REFUSED,
    "commission/cargo/queries/shipment_list.py: customers.values_list('pk', flat=True)[:FEW + 1]": (
        "more than these are asked for by a subquery"
    ),
    "commission/cargo/reports/promptpay.py: to[:3]": TEXT,
    "commission/cargo/shipments/billing.py: ordered[:MOST + 1]": REFUSED,
    "commission/cargo/shipments/lots.py: row.reached()[:place]": "stages of one lot",
    "commission/cargo/views/imports.py: rows[:RECENT + 1]": PAGE,
    "commission/cargo/views/imports.py: recent[:RECENT]": PAGE,
    "commission/cargo/views/imports.py: lines[:PIECE]": PAGE,
    "commission/cargo/views/lots.py: rows.order_by('customer__code', 'tracking_number')[:MOST]": (
        "the page says how many there are and leads to the list of all"
    ),
    "commission/cargo/views/shipment_price.py: search(customers_for(request.actor), text)[:SUGGESTED]": TYPED,
    "commission/ladder.py: bounds[:-1]": "steps of a ladder",
    "companies/links.py: str(file_id)[:8]": TEXT,
    "companies/standing.py: names[:MOST_NAMED]": "the question counts all of them",
    "finance/views/statement.py: row[:len(headings)]": "cells of a row, those that have a heading",
    "finance/views/pnl_by.py: parts[:BARS]": "bars of a chart; one more bar is all the others",
    "finance/views/invoice_list.py: queries.without_invoice()[:WAITING]": GLANCE,
    "fleet/queries.py: rows.order_by(F('closed_at').desc(nulls_first=True), '-created_at')[:limit]": GLANCE,
    "fleet/queries.py: jobs.driven_by(current().role).filter(closed_at=None, driver_id__isnull=False)[:MOST_POINTS]": (
        "points of a map"
    ),
    "orders/api/orders.py: trip.values('job_id')[:1]": "one of one",
    "orders/forms/assign.py: find(query, own=False)[:SHOWN + 1 - len(rows)]": TYPED,
    "orders/forms/assign.py: find(query, own=True)[:SHOWN + 1]": TYPED,
    "orders/forms/assign.py: rows[:SHOWN]": TYPED,
    "orders/queries/dashboard.py: running[:MOST_POINTS]": "points of a map",
    "orders/views/timeline.py: queries.history(order)[:limit]": GLANCE,
    "tenants/accounts/access_links.py: digest(user.password)[:16]": TEXT,
    "tenants/accounts/login_names.py: re.sub('[^a-z0-9]', '', first_word)[:LONGEST - 6]": TEXT,
    "tenants/accounts/known_devices.py: [_mark(key), *others][:MOST_PEOPLE]": (
        "the last few people who signed in on one device"
    ),
    "tenants/accounts/known_devices.py: digest(f'device {key.strip().lower()}')[:20]": TEXT,
    "tenants/accounts/tries.py: digest(whom.strip().lower())[:32]": TEXT,
    "tenants/drivers/positions.py: (rows.filter(at__gte=since) if since else rows)[:limit]": (
        "the caller asks on with `since`"
    ),
    "tenants/exchange/queries.py: rows.order_by('-published_at')[:5]": "a warning names five of the likely doubles",
    "tenants/kit/keyset.py: taken[:size]": PAGE,
    "tenants/kit/keyset.py: sortable.order_by(*order)[:most]": PAGE,
    "companies/queries.py: shown.exclude(pk__in=named).order_by('name')[:OFFERED]": "choices of a box that"
    " looks the rest up as one types",
    "companies/queries.py: shown.filter(finds(text, *NAMES)).order_by('name')[:OFFERED]": "likewise",
    "tenants/kit/counting.py: rows.order_by().values('pk')[:most + 1]": "counted up to 1,000+",
    "tenants/kit/counting.py: rows.order_by().values_list(Value(1))[:MOST_COUNTED + 1]": "likewise",
    "tenants/kit/counting.py: rows.order_by().annotate(**named).values(*named)[:MOST_SUMMED + 1]": "the"
    " line below a list then says to narrow it instead of sums",
    "tenants/kit/outbox.py: due.order_by('is_bulk', 'not_before')[:limit]": WORK,
    "tenants/kit/relay.py: due[:max(room, 0)]": WORK,
    "tenants/panel/given_up_page.py: rows[:SHOWN]": "the page says how many are not shown; the act takes all",
    "tenants/kit/places/resolving.py: listed[:limit]": TYPED,
    "tenants/kit/roads/graph.py: joins[:1]": "the one nearest node is meant",
    "tenants/kit/roads/graph.py: sorted(away)[:JOINS]": "the nearest nodes are meant",
    "tenants/kit/places/resolving.py: words[:-size]": TEXT,
    "tenants/kit/places/resolving.py: words[:size]": TEXT,
    "tenants/kit/sheets/texts.py: [line for line in start.splitlines() if line.strip()][:20]": (
        "the first lines tell the separator"
    ),
    "tenants/kit/sheets/texts.py: row[:WIDEST]": "cells behind are empty, or the file is refused",
    "tenants/kit/sheets/texts.py: waiting[:taken]": WORK,
    "tenants/office/audit_log.py: [change for change in changes if change.before or change.after][:MOST_CHANGES]": (
        "lines of one event on a card"
    ),
    "tenants/office/audit_log.py: events[:limit]": GLANCE,
    "tenants/office/notifications.py: Notification.objects.filter(member_id=member_id)"
    ".order_by('-created_at')[:SHOWN]": GLANCE,
    "tenants/office/notifications.py: Notification.objects.filter(member_id=member_id, read_at=None)"
    ".values_list('id')[:100]": "counted up to 99+",
    "tenants/accounts/views/link_requests.py: link_requests.waiting(request.actor)"
    ".values_list('id')[:100]": "counted up to 99+",
    "tenants/platform/migrating.py: todo[:canaries]": WORK,
}


def cuts(text: str) -> Iterator[str]:
    """Slices from the beginning up to a limit, as code; texts are left out."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Slice):
            continue
        if node.slice.lower is None and node.slice.upper is not None and not is_text(node.value):
            yield ast.unparse(node)


def is_text(value: ast.expr) -> bool:
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in TEXTS
        case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
            return name in TEXT_METHODS
        case ast.JoinedStr():
            return True
    return False


def test_every_cut_of_rows_has_its_reason() -> None:
    listed = [f"{path}: {cut}" for path, text in sources(".py", under=APPS) for cut in cuts(text)]
    compare(listed, CUTS, "rows may be cut in silence")


def test_the_guard_sees_a_cut() -> None:
    code = "bill = list(rows.filter(customer=one)[:2000])\nname = text[:30]\nrest = rows[5:]\n"
    assert list(cuts(code)) == ["rows.filter(customer=one)[:2000]"]
