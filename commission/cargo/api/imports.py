"""Imports over the API: text or a file becomes a preview; confirm saves it once; undo takes it
back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from commission.cargo.api.bodies import (
    ConfirmBody,
    FileBody,
    ImportBody,
    PasteBody,
    PreviewFilters,
    ReadBody,
)
from commission.cargo.api.frame import CargoView
from commission.cargo.api.serializers import (
    ImportOut,
    PreviewOut,
    UndoneOut,
)
from commission.cargo.imports import choosing, confirm, start, undo_later
from commission.cargo.imports.lines import NotATable
from commission.cargo.imports.words import message
from commission.cargo.models import ImportBatch
from commission.cargo.queries import imports
from tenants.kit import clock
from tenants.kit.api import filtered, listed
from tenants.kit.edge.json_body import JSONParser
from tenants.kit.keyset import Sort
from tenants.kit.problems import Problem, invalid
from tenants.kit.public_url import public_url
from tenants.kit.serializers import Nothing
from tenants.kit.sheets.reader import Wish
from tenants.permissions import Permission

JSON_BYTES = (
    3 * start.PASTE_BYTES
)  # a Thai letter is three bytes of UTF-8, and six when it is escaped
ROWS = 5000  # of a preview, in one answer
NEWEST = Sort("made", "made_at", descending=True)
PREVIEW = "api:cargo-imports-uuid-batch_id"


class ImportView(CargoView):
    permissions = (Permission.CARGO_ENTER,)

    def batch(self, batch_id: UUID) -> ImportBatch:
        return imports.batch_for(self.actor, batch_id)

    def preview(self, batch: ImportBatch, *, status: int = 200) -> Response:
        """An import with a piece of its rows, in the order of its lines."""
        batch.refresh_from_db()
        place = self.filters(PreviewFilters)
        limit = min(place.get("limit", ROWS), ROWS)
        rows = imports.rows(
            batch,
            zone=self.reseller.time_zone,
            after=place.get("after", 0),
            limit=limit + 1,
        )
        more = self._next(batch, rows[limit - 1].line, limit) if len(rows) > limit else None
        return self.answer(PreviewOut, batch, status=status, rows=rows[:limit], next=more)

    def _next(
        self,
        batch: ImportBatch,
        after: int,
        limit: int,
    ) -> str:
        path = reverse(PREVIEW, args=[batch.pk])
        return public_url(f"{path}?after={after}&limit={limit}")


class ImportList(ImportView):
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

    @listed(ImportOut)
    def get(self, request: Request) -> Response:
        return self.page(ImportBatch.objects.all(), ImportOut, sort=NEWEST)

    @extend_schema(
        request={
            "application/json": PasteBody,
            "multipart/form-data": FileBody,
        },
        responses={201: PreviewOut},
    )
    def post(self, request: Request) -> Response:
        """A large file is read in the background: its answer has state "reading" and no rows yet."""
        sent = self.sent(ImportBody)
        text = sent.get("text")
        upload = request.FILES.get("file")
        now = clock.now()
        if upload is None:
            batch = start.of_paste(text=_filled(text), by=self.actor, at=now)
        elif (upload.size or 0) > start.FILE_BYTES:
            raise NotATable("too_big")
        else:
            name = str(upload.name)
            batch = start.of_file(
                name=name,
                content=upload,
                by=self.actor,
                at=now,
                wish=_wish(sent),
            )
        return self.preview(batch, status=201)


class OneImport(ImportView):
    @filtered(PreviewOut, PreviewFilters)
    def get(
        self,
        request: Request,
        batch_id: UUID,
    ) -> Response:
        return self.preview(self.batch(batch_id))


class ImportRead(ImportView):
    @extend_schema(request=ReadBody, responses=PreviewOut)
    def post(self, request: Request, batch_id: UUID) -> Response:
        """Answers what an import with state "choosing" asks; the file is read in the background."""
        batch = self.batch(batch_id)
        values = self.body(ReadBody)
        read = choosing.read_again(
            batch=batch,
            wish=_wish(values),
            columns=values.get("columns"),
            by=self.actor,
            at=clock.now(),
        )
        return self.preview(read)


class ImportConfirm(ImportView):
    @extend_schema(request=ConfirmBody, responses=ImportOut)
    def post(self, request: Request, batch_id: UUID) -> Response:
        batch = self.batch(batch_id)
        values = self.body(ConfirmBody)
        confirmed = confirm.confirm(
            batch=batch,
            skip_bad=bool(values["skip_bad"]),
            allow_doubles=values["allow_duplicates"] or [],
            by=self.actor,
            at=clock.now(),
        )
        return self.answer(ImportOut, confirmed)


class ImportUndo(ImportView):
    @extend_schema(request=None, responses={200: UndoneOut, 202: UndoneOut})
    def post(self, request: Request, batch_id: UUID) -> Response:
        batch = self.batch(batch_id)
        self.body(Nothing)
        removed = undo_later.undo(batch=batch, by=self.actor, at=clock.now())
        if removed is None:
            answer = {"id": batch.pk, "state": "being_undone", "removed": 0}
            return self.answer(UndoneOut, answer, status=202)
        return self.answer(
            UndoneOut,
            {"id": batch.pk, "state": "undone", "removed": removed},
        )


def _wish(values: Mapping[str, Any]) -> Wish:
    sheet = values.get("sheet")
    encoding = values.get("encoding")
    return Wish(
        sheet=sheet or "",
        encoding=encoding or "",
        with_hidden=bool(values.get("with_hidden")),
    )


def _filled(text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        raise invalid({"text": [message("empty")]})
    return text
