"""What the fleet's lists have in common: what is asked, addresses that reproduce it, pages,
sorting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tenants.kit.forms import choices_of
from tenants.kit.web import page

PAGE = 50
MOST_LETTERS = 60


@dataclass(frozen=True)
class Asked:
    """One list as its address asks for it. `sorts` are the columns that may order it."""

    url: str
    form: forms.Form
    search: str = ""
    sort: str = ""
    number: int = 1
    filters: Mapping[str, str] = field(default_factory=dict)

    def address(self, **changes: str | int) -> str:
        values: dict[str, str | int] = {
            **self.filters,
            "q": self.search,
            "sort": self.sort,
            **changes,
        }
        query = urlencode(
            {
                name: value
                for name, value in values.items()
                if value and (name, value) != ("page", 1)
            }
        )
        return f"{self.url}?{query}" if query else self.url


def asked(
    request: HttpRequest,
    url: str,
    form: forms.Form,
    sorts: Iterable[str],
) -> Asked:
    """Nonsense in the address asks for nothing."""
    known = {name for sort in sorts for name in (sort, f"-{sort}")}
    sort = request.GET.get("sort", "")
    return Asked(
        url,
        form,
        search=request.GET.get("q", "").replace("\0", "").strip()[:MOST_LETTERS],
        sort=sort if sort in known else "",
        number=_number(request.GET.get("page", "1")),
        filters=form.cleaned_data if form.is_valid() else dict.fromkeys(form.fields, ""),
    )


def _number(given: str) -> int:
    return max(1, min(int(given), 10_000)) if given.isascii() and given.isdigit() else 1


def page_of(wanted: Asked, found: QuerySet[Any]) -> tuple[list[Any], bool]:
    """The rows of the page, and whether more follow."""
    if wanted.sort:
        column = F(wanted.sort.lstrip("-"))
        order = (
            column.desc(nulls_last=True)
            if wanted.sort.startswith("-")
            else column.asc(nulls_last=True)
        )
        found = found.order_by(order, "pk")
    start = (wanted.number - 1) * PAGE
    rows = list(found[start : start + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def shown(
    wanted: Asked,
    *,
    rows: int,
    more: bool,
    columns: list[dict[str, Any]],
    **rest: Any,
) -> dict[str, Any]:
    """The `list` of ui/list.html."""
    return {
        "url": wanted.url,
        "search": wanted.search,
        "filters": wanted.form if wanted.form.fields else None,
        "clear_url": wanted.url,
        "keep": {"sort": wanted.sort} if wanted.sort else {},
        "chips": _chips(wanted),
        "rows_count": rows,
        "cards": True,
        "columns": columns,
        "row_menu": [],
        "bulk": [],
        "pager": {
            "prev": wanted.address(page=wanted.number - 1) if wanted.number > 1 else "",
            "next": wanted.address(page=wanted.number + 1) if more else "",
        },
    } | rest


def columns(
    wanted: Asked,
    labels: list[tuple[str, str]],
    numeric: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """(name of the sortable column or nothing, heading)."""
    return [
        {"key": str(at), "label": label, "numeric": sort in numeric}
        | (_sorting(wanted, sort) if sort else {})
        for at, (sort, label) in enumerate(labels)
    ]


def _sorting(wanted: Asked, sort: str) -> dict[str, str]:
    turned = f"-{sort}" if wanted.sort == sort else sort
    return {
        "sort_url": wanted.address(sort=turned),
        "sorted": {sort: "asc", f"-{sort}": "desc"}.get(wanted.sort, ""),
    }


def _chips(wanted: Asked) -> list[dict[str, str]]:
    return [
        {
            "label": f"{wanted.form.fields[name].label}: {dict(choices_of(wanted.form, name))[value]}",
            "remove_url": wanted.address(**{name: ""}),
        }
        for name, value in wanted.filters.items()
        if value
    ]


def too_many(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        "errors/429.html",
        {"reason": _("Too many searches by phone. Wait a minute.")},
        status=429,
    )
