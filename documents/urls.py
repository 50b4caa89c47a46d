from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("documents/", views.document_list, name="document-list"),
    path(
        "documents/<uuid:document_id>/",
        views.document_card,
        name="document-card",
    ),
    path(
        "documents/<uuid:document_id>/pdf/",
        views.document_pdf,
        name="document-pdf",
    ),
    path(
        "documents/<uuid:document_id>/again/",
        views.document_again,
        name="document-again",
    ),
]
