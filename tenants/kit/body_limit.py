"""A request larger than anything the product takes is refused by its announced size, before a byte
of it is read or kept.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from tenants.kit.problems import problem_answer
from tenants.kit.web import is_api, page

MOST = 101 * 1024 * 1024  # bytes: a file of 100 MB and the form around it
Handler = Callable[[HttpRequest], HttpResponseBase]


def bounded(get_response: Handler) -> Handler:
    """Without an announced size Django reads nothing at all. Stands behind the language and before
    whoever reads a form.
    """

    def handle(request: HttpRequest) -> HttpResponseBase:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > MOST:
            return _refusal(request)
        _check_charset(request)
        return get_response(request)

    return handle


def _check_charset(request: HttpRequest) -> None:
    """Forms come in UTF-8; Django sees to it itself but for those with files. Raises BadRequest."""
    try:
        charset = codecs.lookup((request.content_params or {}).get("charset", "utf-8"))
    except LookupError:  # Django reads UTF-8 then
        return
    if request.content_type == "multipart/form-data" and charset.name != "utf-8":
        raise BadRequest(charset.name)


def _refusal(request: HttpRequest) -> HttpResponse:
    if not is_api(request):
        return page(request, "errors/413.html", status=413)
    return problem_answer(413, "too_big", _("At most 100 MB can be sent at once."))
