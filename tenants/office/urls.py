from __future__ import annotations

from django.urls import path

from tenants.office import audit_page, views

app_name = "office"
urlpatterns = [
    path("audit/", audit_page.audit_list, name="audit"),
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
        "notifications/read/",
        views.notification_read,
        name="notification-read",
    ),
]
