"""The address book of pages. Every view names its permission, or why it has none."""

from __future__ import annotations

from django.urls import include, path, re_path
from django.views.decorators.cache import cache_page
from drf_spectacular.views import (
    SpectacularJSONAPIView,
    SpectacularSwaggerSplitView,
)

from config import api, health
from config.admin import site
from config.dashboard import dashboard, office
from config.showroom import showroom

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"

urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("dashboard/", office, name="office-dashboard"),
    re_path(r"^healthz/?$", health.healthz, name="healthz"),
    re_path(r"^readyz/?$", health.readyz, name="readyz"),
    re_path(r"^domain-check/?$", health.domain_check, name="domain-check"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("tenants.accounts.urls")),
    path("", include("tenants.office.urls")),
    path("", include("companies.urls")),
    path("", include("documents.urls")),
    path("", include("fleet.urls")),
    path("", include("orders.urls")),
    path("", include("commission.cargo.urls")),
    path("", include("finance.urls")),
    path("ui/", showroom, name="showroom"),
    path("admin/", site.urls),
    path("api/v1/", include((api.urlpatterns, "api"))),
    path(
        "api/v1/schema/",
        cache_page(600, cache="process")(SpectacularJSONAPIView.as_view(**api.OPEN)),
        name="api-schema",
    ),
    path(
        "api/v1/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema", **api.OPEN),
        name="api-docs",
    ),
]
