from django.urls import path

from companies.views import (
    addresses,
    cabinet,
    card,
    company_list,
    finding,
    images,
    importing,
    inviting,
    joining,
    merging,
    notes,
    own,
    papers,
    signing,
    standing,
)
from tenants.office import saved_views
from tenants.permissions import Permission

app_name = "companies"
urlpatterns = [
    path("companies/", company_list.company_list, name="company-list"),
    path(
        "companies/export/",
        company_list.company_export,
        name="company-export",
    ),
    *saved_views.paths(company_list.COMPANIES, "companies/views/", Permission.COMPANY_VIEW),
    path("companies/clients/", finding.client_search, name="client-search"),
    path("companies/search/", finding.company_search, name="company-search"),
    path("companies/alike/", finding.alike, name="company-alike"),
    path("companies/addresses/", addresses.address_search, name="address-search"),
    path("companies/import/", importing.company_import, name="company-import"),
    path("companies/new/", card.company_new, name="company-new"),
    path("companies/invite/", inviting.invite, name="company-invite"),
    path(
        "companies/<uuid:company_id>/",
        card.company_card,
        name="company-card",
    ),
    path(
        "companies/<uuid:company_id>/edit/",
        card.company_edit,
        name="company-edit",
    ),
    path(
        "companies/<uuid:company_id>/archive/",
        card.company_archive,
        name="company-archive",
    ),
    path(
        "companies/<uuid:company_id>/contacts/",
        card.company_contacts,
        name="contact-list",
    ),
    path(
        "companies/<uuid:company_id>/contacts/<uuid:contact_id>/remove/",
        card.contact_remove,
        name="contact-remove",
    ),
    path(
        "companies/<uuid:company_id>/addresses/",
        addresses.company_addresses,
        name="address-list",
    ),
    path(
        "companies/<uuid:company_id>/addresses/new/",
        addresses.address_new,
        name="address-new",
    ),
    path(
        "companies/<uuid:company_id>/addresses/<uuid:address_id>/",
        addresses.address_edit,
        name="address-edit",
    ),
    path(
        "companies/<uuid:company_id>/addresses/<uuid:address_id>/remove/",
        addresses.address_remove,
        name="address-remove",
    ),
    path("companies/<uuid:company_id>/documents/", papers.company_papers, name="paper-list"),
    path("companies/<uuid:company_id>/notes/", notes.company_notes, name="note-list"),
    path(
        "companies/<uuid:company_id>/notes/<uuid:note_id>/remove/",
        notes.note_remove,
        name="note-remove",
    ),
    path("companies/<uuid:company_id>/block/", standing.company_block, name="company-block"),
    path("companies/<uuid:company_id>/unblock/", standing.company_unblock, name="company-unblock"),
    path("companies/<uuid:company_id>/limit/", standing.company_limit, name="company-limit"),
    path("companies/<uuid:company_id>/merge/", merging.company_merge, name="company-merge"),
    path("companies/<uuid:company_id>/both/", standing.company_both, name="company-both"),
    path(
        "companies/<uuid:company_id>/history/",
        card.company_history,
        name="company-history",
    ),
    path(
        "companies/<uuid:company_id>/contract/",
        signing.company_contract,
        name="company-contract",
    ),
    path(
        "companies/<uuid:company_id>/contract/paper/",
        signing.contract_paper,
        name="contract-paper",
    ),
    path(
        "companies/<uuid:company_id>/contract/<uuid:contract_id>/scan/",
        signing.contract_scan,
        name="contract-scan",
    ),
    path(
        "companies/<uuid:company_id>/invite/",
        inviting.invite_again,
        name="company-invite-again",
    ),
    path(
        "companies/<uuid:company_id>/invited/",
        inviting.invited,
        name="company-invited",
    ),
    path(
        "companies/<uuid:company_id>/invite/revoke/",
        inviting.invite_revoke,
        name="company-invite-revoke",
    ),
    path("my-company/", own.details, name="own-details"),
    path("my-company/images/", own.images, name="own-images"),
    path(
        "my-company/images/<slug:kind>/",
        images.own_image,
        name="own-image",
    ),
    path(
        "my-company/images/<slug:kind>/save/",
        own.image_save,
        name="own-image-save",
    ),
    path("my-company/look/", own.look, name="own-look"),
    path(
        "my-company/look/preview/",
        own.look_preview,
        name="own-look-preview",
    ),
    path("my-company/terms/", own.terms, name="own-terms"),
    path("my-company/support/", own.support, name="own-support"),
    path("my-company/dates/", own.dates, name="own-dates"),
    path(
        "cabinet/company/",
        cabinet.client_company,
        name="cabinet-company",
    ),
    path(
        "cabinet/contract/",
        cabinet.client_contract,
        name="cabinet-contract",
    ),
    path(
        "partner/company/",
        cabinet.partner_company,
        name="partner-company",
    ),
    path(
        "partner/contract/",
        cabinet.partner_contract,
        name="partner-contract",
    ),
    path(
        "invitations/<str:token>/",
        joining.take_invitation,
        name="invitation-take",
    ),
    path(
        "invitations/<str:token>/logo/",
        images.invitation_logo,
        name="invitation-logo",
    ),
]
