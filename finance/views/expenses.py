"""Expenses: the list, a new one, its card, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from finance import expenses, links
from finance.expense_forms import ExpenseFilters, ExpenseForm
from finance.expenses import CannotSpend, Purpose
from finance.forms import ReversalForm
from finance.models import Category, Expense
from finance.queries import expenses as queries
from finance.queries.expenses import NEWEST, ExpenseFilter
from finance.views.tabs import books_tabs
from orders.models import Order
from orders.queries import orders_of
from tenants.kit import clock, formats, months, pieces
from tenants.kit.asked_again import asks_again
from tenants.kit.counting import count_capped
from tenants.kit.doubts import Doubt
from tenants.kit.formats import money
from tenants.kit.listing import Address, Column, Empty, Listing, ListPage
from tenants.kit.pieces import TimelineEvent
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.office import audit_log, saved_views
from tenants.permissions import Permission


def amount(expense: Expense) -> str:
    """What was taken back stands with a minus."""
    sign = "−" if expense.reverses_id else ""
    return sign + formats.money(expense.amount, expense.currency)


def signed(expense: Expense) -> object:
    return -expense.amount if expense.reverses_id else expense.amount


def signed_at_home(expense: Expense) -> object:
    return -expense.home_amount if expense.reverses_id else expense.home_amount


def at_home(expense: Expense) -> str:
    sign = "−" if expense.reverses_id else ""
    return sign + formats.money(expense.home_amount)


def order(expense: Expense) -> str:
    return expense.order.ref if expense.order else ""


COLUMNS = (
    Column("on", gettext_lazy("Date"), "paid_on", NEWEST, fixed=True, opens=True),
    Column("category", pgettext_lazy("expense", "Category"), "category_label", fixed=True),
    Column("amount", gettext_lazy("Amount"), signed, numeric=True, text=amount),
    Column("currency", gettext_lazy("Currency"), "currency", on_page=False),
    Column(
        "home",
        gettext_lazy("In the currency of the books"),
        signed_at_home,
        numeric=True,
        hidden=True,
        text=at_home,
    ),
    Column("payee", gettext_lazy("Payee"), "payee"),
    Column("order", gettext_lazy("Order"), order),
    Column("text", gettext_lazy("Note"), "text"),
    Column("method", gettext_lazy("How"), "method_label"),
    Column("reference", gettext_lazy("Reference"), "reference", hidden=True),
    Column("by", gettext_lazy("Made by"), "entered_name", hidden=True),
)
EXPENSES = Listing(
    name="expenses",
    title=gettext_lazy("Expenses"),
    url="finance:expense-list",
    columns=COLUMNS,
    sort=NEWEST,
    opens="finance:expense-card",
    named_by="category_label",
    search_hint=gettext_lazy("Payee, note, order, number of the paper"),
    export="finance:expense-export",
    saved="finance:expense-view",
    empty=Empty(
        title=gettext_lazy("No expenses yet"),
        icon="receipt",
        text=gettext_lazy("Fuel, wages, rent, fees of banks: what is paid besides the carriers."),
    ),
)


@dataclass(frozen=True, slots=True)
class ExpenseListPage:
    list: ListPage
    may_edit: bool
    tabs: Sequence[pieces.Tab]


@dataclass(frozen=True, slots=True)
class NewExpensePage:
    form: ExpenseForm


@dataclass(frozen=True, slots=True)
class ExpensePage:
    """An expense, what was taken back of it, and the form that takes it back."""

    expense: Expense
    reversal: Expense | None
    form: ReversalForm
    events: Sequence[TimelineEvent]
    may_edit: bool


def _address(request: OfficeRequest) -> tuple[Address, ExpenseFilter]:
    """The address of the list, and what it asks for; what makes no sense is left out."""
    address = EXPENSES.address(request, ExpenseFilters(request.GET))
    values = address.filters
    return address, ExpenseFilter(
        search=address.search,
        category=values.get("category", ""),
        first=values.get("paid_from"),
        last=values.get("paid_to"),
    )


@require_GET
@needs(Permission.FINANCE_VIEW)
def expense_list(request: OfficeRequest) -> HttpResponse:
    address, filters = _address(request)
    rows = queries.expenses(request.actor, filters)
    shown = EXPENSES.shown(
        address,
        EXPENSES.page(address, rows, reader=request.actor),
        count=count_capped(rows),
        saved=saved_views.of(request.actor, EXPENSES),
    )
    may_edit = request.actor.can(Permission.FINANCE_EDIT)
    context = ExpenseListPage(shown, may_edit, books_tabs("expense-list"))
    return page(request, "finance/expenses.html", context)


@require_GET
@needs(Permission.FINANCE_VIEW)
def expense_export(request: OfficeRequest) -> HttpResponseBase:
    address, filters = _address(request)
    rows = queries.expenses(request.actor, filters)
    return EXPENSES.file(address, EXPENSES.everything(address, rows))


@require_http_methods(["GET", "POST"])
@needs(Permission.FINANCE_EDIT)
@asks_again
def expense_add(request: OfficeRequest) -> HttpResponse:
    """Book an expense; one of an order comes with its number in the address."""
    form = ExpenseForm(
        posted(request),
        home=request.reseller.currency,
        initial={
            "currency": request.reseller.currency,
            "paid_on": months.today_of(request),
            "method": "bank",
            "order": request.GET.get("order", ""),
        },
    )
    of_order = _order(request, form) if form.is_valid() else None
    if form.is_valid():
        values = form.cleaned_data
        purpose = Purpose(Category(values["category"]), of_order, values["payee"], values["text"])
        try:
            expense = expenses.spend(
                purpose=purpose,
                currency=values["currency"],
                **form.facts,
                by=request.actor,
                at=clock.now(),
            )
        except CannotSpend as refused:
            form.add_error(refused.field, str(refused))
        except Doubt as question:
            form.ask(question)
        else:
            text = gettext("The expense is booked: %(sum)s.")
            messages.success(request, text % {"sum": money(expense.amount, expense.currency)})
            return go(request, links.expense(expense.pk))
    status = 422 if form.is_bound else 200
    return page(request, "finance/expense_new.html", NewExpensePage(form), status=status)


def _order(
    request: OfficeRequest,
    form: ExpenseForm,
) -> Order | None:
    """The order that was typed; an unknown one is said at its field."""
    ref = form.cleaned_data["order"]
    if not ref:
        return None
    order = orders_of(request.actor).filter(ref=ref).first()
    if order is None:
        form.add_error("order", gettext("There is no such order."))
    return order


@require_GET
@needs(Permission.FINANCE_VIEW)
def expense_card(request: OfficeRequest, expense_id: UUID) -> HttpResponse:
    """Show an expense."""
    return _card(request, queries.expense_for(request.actor, expense_id))


@require_POST
@needs(Permission.FINANCE_EDIT)
@asks_again
def expense_back(request: OfficeRequest, expense_id: UUID) -> HttpResponse:
    """Take an expense back that was entered by mistake."""
    expense = queries.expense_for(request.actor, expense_id)
    form = ReversalForm(request.POST)
    if not form.is_valid():
        return _card(request, expense, form)
    try:
        back = expenses.take_back(
            expense=expense,
            **form.cleaned_data,
            by=request.actor,
            at=clock.now(),
        )
    except CannotSpend as refused:
        form.add_error(refused.field, str(refused))
        return _card(request, expense, form)
    text = gettext("%(sum)s are taken back.")
    messages.success(request, text % {"sum": money(back.amount, back.currency)})
    return go(request, links.expense(expense.pk))


def _card(
    request: OfficeRequest, expense: Expense, form: ReversalForm | None = None
) -> HttpResponse:
    reversal = Expense.objects.filter(reverses=expense).first()
    is_open = reversal is None and not expense.reverses_id
    context = ExpensePage(
        expense=expense,
        reversal=reversal,
        form=form or ReversalForm(),
        events=audit_log.history(expense.subject),
        may_edit=is_open and request.actor.can(Permission.FINANCE_EDIT),
    )
    return page(request, "finance/expense.html", context, status=422 if form else 200)
