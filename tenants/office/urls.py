from __future__ import annotations

from django.urls import path

from tenants.office import audit_page, saved_views, views
from tenants.permissions import Permission

app_name = "office"
urlpatterns = [
    path("audit/", audit_page.audit_list, name="audit"),
    path("audit/export/", audit_page.audit_export, name="audit-export"),
    *saved_views.paths(audit_page.AUDIT, "audit/views/", Permission.AUDIT_VIEW),
    path("prepared/<uuid:prepared_id>/", views.prepared_file, name="prepared"),
    path("prepared/<uuid:prepared_id>/file/", views.prepared_download, name="prepared-download"),
    path(
        "notifications/",
        views.notification_list,
        name="notification-list",
    ),
    path(
        "notifications/count/",
        views.notification_count,
        name="notification-count",
    ),
    path(
        "notifications/mail/",
        views.notification_mail,
        name="notification-mail",
    ),
    path(
        "notifications/read/",
        views.notification_read,
        name="notification-read",
    ),
]
