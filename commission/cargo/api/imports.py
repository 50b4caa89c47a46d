"""Imports over the API: text or a file becomes a preview; confirm saves it once; undo takes it
back.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commission.cargo import locks
from commission.cargo.api import serializers
from commission.cargo.api.kit import actor_of, following, invalid, number, reseller_of, sent, window
from commission.cargo.imports import confirm, start
from commission.cargo.imports.lines import NotATable
from commission.cargo.imports.words import message
from commission.cargo.models import ImportBatch
from commission.cargo.queries import imports
from tenants.kit import clock
from tenants.kit.problems import Problem
from tenants.permissions import Permission

JSON_BYTES = (
    3 * start.PASTE_BYTES
)  # a Thai letter is three bytes of UTF-8, and six when it is escaped
ROWS = 5000  # of a preview, in one answer


class ImportList(APIView):
    permissions = {
        "GET": (Permission.CARGO_ENTER,),
        "POST": (Permission.CARGO_ENTER,),
    }
    parser_classes = (JSONParser, MultiPartParser)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A paste may be longer than other requests: its body is read here, up to what ten
        megabytes of text can take.
        """
        super().initial(request, *args, **kwargs)
        plain = request._request
        if plain.content_type == "application/json":
            if int(plain.headers.get("Content-Length") or 0) > JSON_BYTES:
                raise Problem(413, "too_big", message("too_big"))
            plain._body = plain.read(JSON_BYTES)  # type: ignore[attr-defined]

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        offset, limit = window(request)
        found = list(ImportBatch.objects.order_by("-made_at", "pk")[offset : offset + limit + 1])
        return Response(
            {
                "results": [serializers.batch(row) for row in found[:limit]],
                "next": following(request, offset, limit, len(found)),
            }
        )

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={201: OpenApiTypes.OBJECT},
    )
    def post(self, request: Request) -> Response:
        """A large file is read in the background: its answer has state "reading" and no rows yet."""
        who: dict[str, Any] = {
            "by": actor_of(request),
            "at": clock.now(),
        }
        upload = request.FILES.get("file")
        try:
            if upload is not None:
                if (upload.size or 0) > start.FILE_BYTES:
                    raise NotATable("too_big")
                batch = start.of_file(name=str(upload.name), content=upload.read(), **who)
            else:
                batch = start.of_paste(text=_text(request), **who)
        except NotATable as problem:
            code = str(problem)
            raise Problem(
                413 if code == "too_big" else 422,
                code,
                message(code),
                {"text": [message(code)]},
            ) from problem
        return Response(_preview(request, batch), status=201)


class OneImport(APIView):
    permissions = (Permission.CARGO_ENTER,)

    @extend_schema(
        parameters=[
            OpenApiParameter("after"),
            OpenApiParameter("limit"),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request, batch_id: UUID) -> Response:
        return Response(_preview(request, imports.batch_for(actor_of(request), batch_id)))


class ImportConfirm(APIView):
    permissions = (Permission.CARGO_ENTER,)

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, batch_id: UUID) -> Response:
        batch = imports.batch_for(actor_of(request), batch_id)
        values = sent(request)
        lines = values.get("allow_duplicates") or []
        if not isinstance(lines, list) or not all(
            isinstance(one, int) and 0 < one < 2**31 for one in lines
        ):
            raise invalid({"allow_duplicates": [_("Send a list of line numbers.")]})
        try:
            done = confirm.confirm(
                batch=batch,
                skip_bad=values.get("skip_bad") is True,
                allow_doubles=lines,
                by=actor_of(request),
                at=clock.now(),
            )
        except confirm.RowsAreBad as refused:
            raise Problem(409, "rows_are_bad", _("Some rows cannot be saved.")) from refused
        except confirm.NotReady as refused:
            raise Problem(
                409,
                "not_a_preview",
                _("This import cannot be confirmed any more."),
            ) from refused
        except locks.MonthIsLocked as refused:
            raise Problem(409, "month_locked", _("This month is closed.")) from refused
        return Response(serializers.batch(done))


class ImportUndo(APIView):
    permissions = (Permission.CARGO_ENTER,)

    @extend_schema(request=None, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request, batch_id: UUID) -> Response:
        batch = imports.batch_for(actor_of(request), batch_id)
        try:
            gone = confirm.undo(batch=batch, by=actor_of(request), at=clock.now())
        except confirm.CannotUndo as refused:
            raise Problem(
                409,
                "cannot_undo",
                _("The import was not saved, or a month of it is closed."),
            ) from refused
        return Response({"id": str(batch.pk), "state": "undone", "removed": gone})


def _text(request: Request) -> str:
    text = sent(request).get("text")
    if not isinstance(text, str) or not text.strip():
        raise invalid({"text": [message("empty")]})
    return text


def _preview(request: Request, batch: ImportBatch) -> dict[str, Any]:
    batch.refresh_from_db()
    after = number(request, "after", 0, 2**31 - 1)
    limit = number(request, "limit", ROWS, ROWS) or ROWS
    found = imports.rows(
        batch,
        zone=reseller_of(request).time_zone,
        after=after,
        limit=limit + 1,
    )
    more = (
        f"/api/v1/cargo/imports/{batch.pk}?after={found[limit - 1].line}&limit={limit}"
        if len(found) > limit
        else None
    )
    return serializers.batch(batch) | {
        "rows": [serializers.line(row) for row in found[:limit]],
        "next": more,
    }
