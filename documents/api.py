"""Papers over the API: what a person may see in the product, the same here."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents import queries
from documents.models import Document
from documents.queries import Asked
from documents.views.card import SEEN_BY, pdf_answer
from tenants.actor import Actor
from tenants.kit.problems import Problem

LIMIT = 50
MOST = 200


class DocumentOut(serializers.Serializer[Document]):
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


class DocumentPage(serializers.Serializer[Any]):
    results = DocumentOut(many=True)
    next = serializers.CharField(allow_null=True)


class Documents(APIView):
    permissions = SEEN_BY

    @extend_schema(
        parameters=[
            OpenApiParameter(name) for name in ("order", "kind", "search", "offset", "limit")
        ],
        responses=DocumentPage,
    )
    def get(self, request: Request) -> Response:
        asked = Asked(
            **{
                name: request.query_params.get(name, "")[:60]
                for name in ("kind", "order", "search")
            }
        )
        start = _number(request, "offset", 0)
        limit = min(_number(request, "limit", LIMIT), MOST) or LIMIT
        found: Any = list(queries.documents(_actor(request), asked)[start : start + limit + 1])
        after = request.query_params.copy()
        after["offset"] = str(start + limit)
        following = f"{request.path}?{after.urlencode()}" if len(found) > limit else None
        return Response(
            {
                "results": DocumentOut(found[:limit], many=True).data,
                "next": following,
            }
        )


class OneDocument(APIView):
    permissions = SEEN_BY

    @extend_schema(responses=DocumentOut)
    def get(self, request: Request, document_id: UUID) -> Response:
        return Response(DocumentOut(_found(request, document_id)).data)


class DocumentPdf(APIView):
    permissions = SEEN_BY

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, document_id: UUID) -> HttpResponse:
        document = _found(request, document_id)
        if not document.is_ready:
            raise Problem(
                409,
                "not_ready",
                _("This document is still being prepared."),
            )
        return pdf_answer(document, as_attachment=True)


def _found(request: Request, document_id: UUID) -> Document:
    document = queries.documents(_actor(request), Asked()).filter(id=document_id).first()
    if document is None:
        raise Problem(404, "not_found")
    return document


def _actor(request: Request) -> Actor:
    return cast("Actor", request.user)


def _number(request: Request, name: str, otherwise: int) -> int:
    given = request.query_params.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else otherwise


routes = [
    ("documents", Documents),
    ("documents/<uuid:document_id>", OneDocument),
    ("documents/<uuid:document_id>/pdf", DocumentPdf),
]
