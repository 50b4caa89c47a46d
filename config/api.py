"""The address book of the API: each app lists its own routes."""

from __future__ import annotations

from importlib import import_module

from django.urls import path

APPS = (
    "tenants.accounts",
    "companies",
    "documents",
    "orders",
    "commission.cargo",
    "finance",
)
OPEN: dict[str, list[str]] = {
    "authentication_classes": [],
    "permission_classes": [],
    "throttle_classes": [],
}

urlpatterns = [
    path(
        address,
        view.as_view(),
        name=address.replace("/", "-").replace("<", "").replace(">", "").replace(":", "-"),
    )
    for app in APPS
    for address, view in import_module(f"{app}.api").routes
]
