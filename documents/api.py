"""Papers over the API: what a person may see in the product, the same here."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from documents import queries
from documents.kinds import KINDS
from documents.models import Document
from documents.queries import LATEST, SORTS, DocumentFilter
from documents.views.card import SEEN_BY, pdf_answer
from tenants.kit.api import ApiView, listed
from tenants.kit.edge.body_fields import Text
from tenants.kit.problems import Problem
from tenants.kit.serializers import Answer, Filters


class DocumentOut(Answer):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    number = serializers.CharField(source="code")
    title = serializers.CharField()
    order = serializers.CharField(source="order_ref", allow_null=True)
    date = serializers.DateField(source="issued_on")
    language = serializers.CharField()
    status = serializers.CharField()
    pages = serializers.IntegerField()
    sha256 = serializers.CharField()


class DocumentFilters(Filters):
    order = Text(max_length=60, required=False)
    kind = serializers.ChoiceField(choices=sorted(KINDS), required=False)
    search = Text(max_length=60, required=False)


class DocumentView(ApiView):
    permissions = SEEN_BY

    def document(self, document_id: UUID) -> Document:
        document = queries.documents(self.actor, DocumentFilter()).filter(id=document_id).first()
        if document is None:
            raise Problem(404, "not_found")
        return document


class Documents(DocumentView):
    @listed(DocumentOut, DocumentFilters, SORTS)
    def get(self, request: Request) -> Response:
        filters = DocumentFilter(**self.filters(DocumentFilters))
        rows = queries.documents(self.actor, filters)
        return self.page(rows, DocumentOut, sort=LATEST, sorts=SORTS)


class OneDocument(DocumentView):
    @extend_schema(responses=DocumentOut)
    def get(self, request: Request, document_id: UUID) -> Response:
        return self.answer(DocumentOut, self.document(document_id))


class DocumentPdf(DocumentView):
    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, document_id: UUID) -> HttpResponse:
        document = self.document(document_id)
        if not document.is_ready:
            raise Problem(
                409,
                "not_ready",
                _("This document is still being prepared."),
            )
        return pdf_answer(document, as_attachment=True)


routes = [
    ("documents", Documents),
    ("documents/<uuid:document_id>", OneDocument),
    ("documents/<uuid:document_id>/pdf", DocumentPdf),
]
