"""The shop's own words of its tables: headings, goods types and transports, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from commission.cargo.imports import choosing
from commission.cargo.imports.words import field_labels
from commission.cargo.models import ImportWord, ImportWordKind, Transport
from commission.cargo.rates import defaults
from tenants.kit import clock
from tenants.kit.edge.form_fields import TextField
from tenants.kit.forms import choice_field
from tenants.kit.web import OfficeRequest, go, needs, page, posted
from tenants.permissions import Permission


class WordForm(forms.Form):
    word = TextField(label=_("Word in the table"), max_length=choosing.LONGEST_WORD)
    meaning = forms.ChoiceField(label=_("Means"))

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choice_field(self, "meaning").choices = [
            (str(kind.label), [(f"{kind}:{code}", label) for code, label in meanings.items()])
            for kind, meanings in meanings_by_kind().items()
        ]


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word with its kind and meaning as people read them."""

    id: UUID
    word: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    rows: list[WordRow]
    form: WordForm


def meanings_by_kind() -> dict[ImportWordKind, dict[str, str]]:
    return {
        ImportWordKind.COLUMN: field_labels(),
        ImportWordKind.GOODS_TYPE: defaults.names(),
        ImportWordKind.TRANSPORT: {str(code): str(label) for code, label in Transport.choices},
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.CARGO_ENTER)
def import_words(request: OfficeRequest) -> HttpResponse:
    form = WordForm(posted(request))
    if form.is_valid():
        kind, _colon, meaning = form.cleaned_data["meaning"].partition(":")
        choosing.remember(
            kind=ImportWordKind(kind),
            meanings={form.cleaned_data["word"]: meaning},
            by=request.actor,
            at=clock.now(),
        )
        return go(request, reverse("cargo:import-words"))
    context = WordsPage(_rows(), form)
    status = 422 if form.is_bound else 200
    return page(request, "cargo/import_words.html", context, status=status)


@require_POST
@needs(Permission.CARGO_ENTER)
def import_word_forget(request: OfficeRequest, word_id: UUID) -> HttpResponse:
    try:
        choosing.forget(word_id=word_id, by=request.actor, at=clock.now())
    except ImportWord.DoesNotExist as problem:
        raise Http404 from problem
    return go(request, reverse("cargo:import-words"))


def _rows() -> list[WordRow]:
    meanings = meanings_by_kind()
    rows = []
    words = ImportWord.objects.order_by("kind", "word")
    for one in words:
        kind = ImportWordKind(one.kind)
        label = str(kind.label)
        meaning = meanings[kind].get(one.meaning, one.meaning)
        row = WordRow(one.pk, one.word, label, meaning)
        rows.append(row)
    return rows
