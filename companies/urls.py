from django.urls import path

from companies.views import (
    banking,
    cabinet,
    card,
    company_list,
    finding,
    firms,
    images,
    inviting,
    joining,
    own,
    samples,
    signing,
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
        "companies/<uuid:company_id>/accounts/",
        banking.company_accounts,
        name="company-accounts",
    ),
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
    path("my-company/firms/", firms.firm_list, name="own-firms"),
    path("my-company/firms/new/", firms.firm_new, name="own-firm-new"),
    path(
        "my-company/firms/<int:firm_id>/<slug:act>/",
        firms.firm_act,
        name="own-firm-act",
    ),
    path("my-company/regime/", firms.regime, name="own-regime"),
    path("my-company/accounts/", banking.own_accounts, name="own-accounts"),
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
    path(
        "my-company/images/<slug:kind>/sample/",
        samples.sample_with,
        name="own-image-sample",
    ),
    path("my-company/sample/", samples.sample, name="own-sample"),
    path("my-company/look/", own.look, name="own-look"),
    path(
        "my-company/look/preview/",
        own.look_preview,
        name="own-look-preview",
    ),
    path("my-company/terms/", own.terms, name="own-terms"),
    path("my-company/support/", own.support, name="own-support"),
    path("my-company/zone/", own.zone, name="own-zone"),
    path("my-company/dates/", own.dates, name="own-dates"),
    path(
        "cabinet/company/",
        cabinet.client_company,
        name="cabinet-company",
    ),
    path("cabinet/company/accounts/", banking.client_accounts, name="cabinet-accounts"),
    path("partner/company/accounts/", banking.partner_accounts, name="partner-accounts"),
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
