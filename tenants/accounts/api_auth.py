"""DRF's part of knowing who asks: the middleware has found the actor already."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from tenants.actor import Actor
from tenants.kit.problems import Problem
from tenants.kit.web import is_colleague
from tenants.permissions import Kind, Permission


class ActorAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Actor, None] | None:
        who = getattr(request._request, "actor", None)
        return (who, None) if who else None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class NamedPermission(BasePermission):
    """A view names `permissions` (any suffices), or a dict of them by method; `open_to_all` says
    why none.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if getattr(view, "open_to_all", ""):
            return True
        who = request.user
        if not isinstance(who, Actor):
            return False  # 401
        permissions = view.permissions
        if isinstance(permissions, dict) and request.method not in permissions:
            raise MethodNotAllowed(str(request.method))
        sufficient: tuple[Permission, ...] = (
            permissions[request.method] if isinstance(permissions, dict) else permissions
        )
        if any(who.can(permission) for permission in sufficient):
            return True
        if who.kind in (Kind.OFFICE, Kind.CARGO) or is_colleague(who, sufficient):
            raise Problem(403, "forbidden", "")
        raise Http404


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call,misc]
    target_class = ActorAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
