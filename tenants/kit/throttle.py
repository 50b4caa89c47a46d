"""How often one caller may ask: by member, driver or address; the counter survives a lost cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from tenants.kit.limits import address_of

if TYPE_CHECKING:
    from rest_framework.views import (
        APIView,
    )  # it reads the throttles while it is imported


class ActorThrottle(SimpleRateThrottle):
    scope = "actor"

    def get_cache_key(
        self,
        request: Request,
        view: APIView,
    ) -> str:
        who = getattr(request, "user", None)
        ident = (
            getattr(who, "member_id", None)
            or getattr(who, "driver_id", None)
            or address_of(request._request)
        )
        return f"throttle:{self.scope}:{ident}"
