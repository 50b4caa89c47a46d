"""The list of companies and its export."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from companies import queries
from companies.forms import FilterForm
from companies.models import Company
from companies.queries import Asked
from tenants.kit import formats, tables
from tenants.kit.forms import choices_of
from tenants.kit.web import OfficeRequest, needs, page
from tenants.permissions import Permission

PAGE = 50
EXPORT_ROWS = 10_000
URL = "/companies/"
TONES = {
    "invited": ("info", "mail"),
    "active": ("good", "circle-check"),
    "archived": ("neutral", "archive"),
}
EXPORTED = (
    "ref",
    "name",
    "full_name",
    "country",
    "inn",
    "address",
    "contact_person",
    "phone",
    "email",
    "bank",
    "account",
    "bik",
)


@needs(Permission.COMPANY_VIEW)
def company_list(request: OfficeRequest) -> HttpResponse:
    asked, form = _asked(request)
    counts = queries.counts(asked)
    total = counts[asked.kind or "all"]
    number = _page_number(request)
    rows = list(queries.companies(asked)[(number - 1) * PAGE : number * PAGE])
    context = {
        "list": _list(asked, form, counts, number, len(rows)),
        "rows": [_row(company) for company in rows],
        "total": total,
    }
    return page(request, "companies/list.html", context)


@needs(Permission.COMPANY_VIEW)
def company_export(request: OfficeRequest) -> HttpResponse:
    asked, _form = _asked(request)
    headings = [
        _("Code"),
        _("Company"),
        _("Full legal name"),
        _("Country"),
        _("ИНН"),
        _("Legal address"),
        _("Contact person"),
        _("Phone"),
        _("E-mail"),
        _("Bank"),
        _("Account"),
        _("БИК"),
        _("Kind"),
        _("Status"),
        _("Contract"),
        _("Created"),
    ]
    rows = (
        [
            *(str(getattr(company, name)) for name in EXPORTED),
            company.get_kind_display(),
            company.get_status_display(),
            _("Signed") if company.has_contract else _("Not signed"),
            company.created_at,
        ]
        for company in queries.companies(asked)[:EXPORT_ROWS]
    )
    return tables.table(
        name="companies",
        headings=headings,
        rows=rows,
        kind=request.GET.get("format", "xlsx"),
    )


def _asked(request: OfficeRequest) -> tuple[Asked, FilterForm]:
    form = FilterForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    kind = request.GET.get("kind", "")
    return Asked(
        kind=kind if kind in Company.Kind else "",
        search=request.GET.get("q", "").strip()[:100],
        sort=request.GET.get("sort", "name"),
        **{name: str(value) for name, value in filters.items()},
    ), form


def _page_number(request: OfficeRequest) -> int:
    given = request.GET.get("page", "1")
    return max(1, min(int(given), 10_000)) if given.isascii() and given.isdigit() else 1


def _row(company: Any) -> dict[str, Any]:
    return {
        "company": company,
        "url": f"{URL}{company.pk}/",
        "tone": TONES[company.status],
        "status": company.get_status_display(),
        "kind": company.get_kind_display(),
        "created": formats.day(company.created_at),
    }


def _list(
    asked: Asked,
    form: FilterForm,
    counts: dict[str, int],
    number: int,
    on_page: int,
) -> dict[str, Any]:
    total = counts[asked.kind or "all"]
    return {
        "title": _("Companies"),
        "count": total,
        "rows_count": on_page,
        "url": URL,
        "search": asked.search,
        "search_hint": _("Name, ИНН, e-mail, phone, code"),
        "filters": form,
        "clear_url": _address(Asked(kind=asked.kind)),
        "keep": {
            name: value
            for name, value in {
                "kind": asked.kind,
                "sort": asked.sort,
            }.items()
            if value
        },
        "chips": _chips(asked, form),
        "views": _views(asked, counts),
        "columns": _columns(asked),
        "export_url": _address(asked, "export/"),
        "pager": _pager(asked, number, on_page, total),
        "cards": True,
        "row_menu": [],
        "bulk": [],
        "empty": {
            "title": _("No companies yet"),
            "icon": "building",
            "action_label": _("Invite"),
            "text": _(
                "Clients order transport here, partners carry. Invite the first one by e-mail or messenger."
            ),
            "action_url": f"{URL}invite/",
        },
    }


def _views(asked: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    tabs = [
        ("", _("All")),
        ("client", _("Clients")),
        ("partner", _("Partners")),
    ]
    return [
        {
            "label": label,
            "url": _address(replace(asked, kind=kind)),
            "active": asked.kind == kind,
            "count": counts[kind or "all"],
        }
        for kind, label in tabs
    ]


def _chips(asked: Asked, form: FilterForm) -> list[dict[str, str]]:
    chips = []
    for name in ("status", "contract", "country"):
        value = getattr(asked, name)
        if value:
            words = dict(choices_of(form, name))[value]
            chips.append(
                {
                    "label": f"{form.fields[name].label}: {words}",
                    "remove_url": _address(replace(asked, **{name: ""})),
                }
            )
    return chips


def _columns(asked: Asked) -> list[dict[str, Any]]:
    columns = [
        ("name", _("Company"), "name"),
        ("kind", _("Kind"), ""),
        ("inn", _("ИНН"), ""),
        ("contact", _("Contact"), ""),
        ("contract", _("Contract"), ""),
        ("status", _("Status"), "status"),
        ("created", _("Created"), "created_at"),
    ]
    return [{"key": key, "label": label, **_sorting(asked, sort)} for key, label, sort in columns]


def _sorting(asked: Asked, sort: str) -> dict[str, Any]:
    if not sort:
        return {}
    turned = f"-{sort}" if asked.sort == sort else sort
    direction = {sort: "asc", f"-{sort}": "desc"}.get(asked.sort, "")
    return {
        "sort_url": _address(replace(asked, sort=turned)),
        "sorted": direction,
    }


def _pager(asked: Asked, number: int, on_page: int, total: int) -> dict[str, Any]:
    first = (number - 1) * PAGE
    return {
        "first": first + 1,
        "last": first + on_page,
        "total": total,
        "prev": _address(asked, page=number - 1) if number > 1 else "",
        "next": _address(asked, page=number + 1) if first + on_page < total else "",
    }


def _address(asked: Asked, tail: str = "", **more: int) -> str:
    """The address that reproduces the view; defaults are left out."""
    values = {
        name: value
        for name, value in asdict(asked).items()
        if value and (name, value) != ("sort", "name")
    }
    if "search" in values:
        values["q"] = values.pop("search")
    query = urlencode(values | more)
    return f"{URL}{tail}" + (f"?{query}" if query else "")
