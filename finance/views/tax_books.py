"""The books of sales and purchases of a period, as a page and as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from companies import links as companies
from companies.queries import firm_choices
from finance.queries.tax_books import Book, BookRow, Totals, tax_book, totals_of
from finance.reports.period import Period, PeriodForm, month_of
from finance.views.tabs import books_tabs
from tenants.kit import later, months, tables
from tenants.kit.forms import choice_field
from tenants.kit.listing_parts import Pager
from tenants.kit.pieces import Tab
from tenants.kit.tables import Rows
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

ROWS = 50  # of a page


@dataclass(frozen=True, slots=True)
class TaxBookRow:
    """A row of the table; `url` leads to the counterparty."""

    row: BookRow
    url: str


@dataclass(frozen=True, slots=True)
class TaxBookPage:
    """A page of a book, and the sum of all of it."""

    form: TaxBookForm
    title: str
    rows: list[TaxBookRow]
    total: Totals
    pager: Pager
    home: str
    export_url: str
    tabs: list[Tab]


class TaxBookForm(PeriodForm):
    """Which book, of which own firm; one firm alone is not asked about."""

    book = forms.ChoiceField(label=gettext_lazy("Book"), choices=Book.choices, required=False)
    firm = forms.ChoiceField(label=gettext_lazy("Our firm"), required=False)

    def __init__(self, data: Mapping[str, str], *, usual: Period) -> None:
        super().__init__(data, usual=usual)
        firms = firm_choices()
        choice_field(self, "firm").choices = [("", gettext_lazy("All our firms")), *firms]
        if not firms:
            del self.fields["firm"]

    @property
    def chosen(self) -> Book:
        """What the address names, else sales."""
        self.is_valid()
        return Book(self.cleaned_data.get("book") or Book.SALES)

    @property
    def firm_id(self) -> int | None:
        self.is_valid()
        named = self.cleaned_data.get("firm")
        return int(named) if named else None


@require_GET
@needs(Permission.FINANCE_VIEW)
def tax_book_page(request: OfficeRequest) -> HttpResponseBase:
    """Show the documents of a book; `format` asks for all of them as a file."""
    query = {"book": Book.SALES.value} | request.GET.dict()
    form = TaxBookForm(query, usual=month_of(months.today_of(request)))
    book = form.chosen
    period = form.period
    rows = tax_book(book, first=period.first, last=period.last, firm=form.firm_id)
    home = request.reseller.currency
    if kind := request.GET.get("format"):
        return tables.table(
            name=f"{book}-{period.name}",
            headings=_columns(home),
            rows=later.rows_of(_rows(rows)),
            kind=kind,
        )
    cut = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    address = QueryDict(mutable=True)
    address.update({"book": book.value} | period.query)
    if form.firm_id:
        address["firm"] = str(form.firm_id)
    url = f"{reverse('finance:tax-book')}?{address.urlencode()}"
    context = TaxBookPage(
        form=form,
        title=_("Book of sales") if book is Book.SALES else _("Book of purchases"),
        rows=[_row(row) for row in cut.object_list],
        total=totals_of(rows),
        pager=Pager(
            previous=f"{url}&page={cut.number - 1}" if cut.has_previous() else "",
            next=f"{url}&page={cut.number + 1}" if cut.has_next() else "",
        ),
        home=home,
        export_url=url,
        tabs=books_tabs("tax-book"),
    )
    return page(request, "finance/tax_book.html", context)


def _row(row: BookRow) -> TaxBookRow:
    return TaxBookRow(row, companies.company(row.company_id) if row.company_id else "")


def _columns(home: str) -> list[str]:
    """The headings of a file."""
    sums = [_("Without taxes"), _("Tax"), _("With taxes")]
    return [
        _("Number"),
        _("Date"),
        _("Booked on"),
        pgettext("books", "Kind"),
        _("Counterparty"),
        _("Tax number"),
        _("Currency"),
        *sums,
        _("Exchange rate"),
        *(f"{label}, {home}" for label in sums),
    ]


def _rows(rows: Sequence[BookRow]) -> Rows:
    """Each document, and the sums at home below."""
    for row in rows:
        yield (
            row.number,
            row.on,
            row.booked_on,
            str(row.kind.label),
            row.name,
            row.tax_number,
            row.currency,
            row.net.amount,
            row.tax.amount,
            row.gross.amount,
            row.rate,
            row.net.home,
            row.tax.home,
            row.gross.home,
        )
    nothing = ("",) * 10
    yield _("In all"), *nothing, *totals_of(rows)
