"""The sample invoice under an own firm's letterhead, to see pictures on a real paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from companies.forms import PictureForm
from companies.queries import letterhead
from companies.views.own import checked_kind, images_page
from companies.views.own_frame import frame_of
from documents.kinds import KINDS, LANGUAGES
from documents.kinds.letterhead import Letterhead
from documents.pictures import Picture
from documents.render.paper import Paper, render
from tenants.kit import months
from tenants.kit.web import OfficeRequest, needs
from tenants.permissions import Permission

KIND = "invoice"
NUMBER = "1"


@needs(Permission.OWN_COMPANY_EDIT)
def sample(request: OfficeRequest) -> HttpResponse:
    """With the pictures that are kept."""
    return _paper(request, _head(request))


@require_POST
@needs(Permission.OWN_COMPANY_EDIT)
def sample_with(request: OfficeRequest, kind: str) -> HttpResponse:
    """With the picture that is being uploaded; nothing is kept."""
    checked_kind(kind)
    form = PictureForm(request.POST, request.FILES, prefix=kind)
    if not form.is_valid():
        return images_page(request, {kind: form})
    image = form.cleaned_data["picture"]
    shown = Picture(image.content, image.content_type)
    return _paper(request, _head(request).with_picture(kind, shown))


def _head(request: OfficeRequest) -> Letterhead:
    return letterhead(firm_id=frame_of(request, "images").firm_id)


def _paper(request: OfficeRequest, head: Letterhead) -> HttpResponse:
    language = get_language() or ""
    written = language if language in LANGUAGES else "en"
    paper = Paper(
        kind=KIND,
        number=NUMBER,
        issued_on=months.today_of(request),
        language=written,
        context=KINDS[KIND].sample(written),
        letterhead=head,
    )
    return answer_with(paper)


def answer_with(paper: Paper) -> HttpResponse:
    """A sample to look at; nobody keeps it."""
    answer = HttpResponse(render(paper).content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="sample.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
