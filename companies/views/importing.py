"""Importing companies from a paste or a file: look at the rows, then save them all."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies import links
from companies.forms import ImportForm
from companies.imports import preview as previews
from companies.imports import table
from companies.imports.preview import NotReady, Preview
from companies.imports.table import NotATable
from tenants.kit import clock
from tenants.kit.web import OfficeRequest, go, needs, page
from tenants.permissions import Permission


@dataclass(frozen=True, slots=True)
class ImportPage:
    form: ImportForm
    preview: Preview | None = None


@needs(Permission.COMPANY_EDIT)
def company_import(request: OfficeRequest) -> HttpResponse:
    """First the table, then what it would do, then the companies."""
    if request.method != "POST":
        return page(request, "companies/import.html", ImportPage(ImportForm()))
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, "companies/import.html", ImportPage(form), status=422)
    try:
        form = _with_text(form)
        preview = _preview(request, form)
    except NotATable as refusal:
        form.add_error("text", str(refusal))
        return page(request, "companies/import.html", ImportPage(form), status=422)
    if "confirm" in request.POST:
        return _save(request, form, preview)
    return page(request, "companies/import.html", ImportPage(form, preview))


def _with_text(form: ImportForm) -> ImportForm:
    """The form with the text of the file, which the page carries on from here. Raises NotATable."""
    upload = form.cleaned_data["file"]
    if upload is None:
        return form
    text = table.text_of_file(upload.name, upload)
    again = ImportForm({"text": text, "kind": form.cleaned_data["kind"]})
    again.full_clean()
    return again


def _preview(request: OfficeRequest, form: ImportForm) -> Preview:
    """Raises NotATable."""
    values = form.cleaned_data
    rows = table.read(values["text"])
    return previews.look(rows, kind=values["kind"], reseller=request.reseller)


def _save(request: OfficeRequest, form: ImportForm, preview: Preview) -> HttpResponse:
    try:
        companies = previews.save(
            preview,
            without_bad="without_bad" in request.POST,
            with_alike="with_alike" in request.POST,
            by=request.actor,
            at=clock.now(),
        )
    except NotReady:
        text = _("Nothing was saved: mend the rows, or say that they are left out.")
        form.add_error(None, text)
        return page(request, "companies/import.html", ImportPage(form, preview), status=422)
    count = len(companies)
    text = ngettext("%(count)s company added.", "%(count)s companies added.", count)
    messages.success(request, text % {"count": count})
    return go(request, links.company_list())
