from django.urls import path

from documents.views import cabinet, card, document_list, verify
from tenants.office import saved_views
from tenants.permissions import Permission

app_name = "documents"
urlpatterns = [
    path("documents/", document_list.document_list, name="document-list"),
    path(
        "documents/export/",
        document_list.document_export,
        name="document-export",
    ),
    *saved_views.paths(
        document_list.DOCUMENTS,
        "documents/views/",
        Permission.DOCUMENT_VIEW,
    ),
    path(
        "cabinet/documents/",
        cabinet.client_documents,
        name="cabinet-documents",
    ),
    path(
        "partner/documents/",
        cabinet.partner_documents,
        name="partner-documents",
    ),
    path(
        "documents/<uuid:document_id>/",
        card.document_card,
        name="document-card",
    ),
    path(
        "documents/<uuid:document_id>/pdf/",
        card.document_pdf,
        name="document-pdf",
    ),
    path(
        "documents/<uuid:document_id>/again/",
        card.document_again,
        name="document-again",
    ),
    path("verify/", verify.verify_any, name="verify-any"),
    path("verify/<str:code>/", verify.verify, name="verify"),
]
