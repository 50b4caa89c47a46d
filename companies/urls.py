from collections.abc import Callable

from django.urls import URLPattern, path

from companies.views import (
    addresses,
    banking,
    cabinet,
    card,
    company_list,
    contracts,
    finding,
    firms,
    images,
    importing,
    inviting,
    joining,
    merging,
    notes,
    own,
    own_domain,
    own_terms,
    papers,
    people,
    people_invites,
    samples,
    standing,
)
from tenants.kit.web import View, needs
from tenants.office import saved_views
from tenants.permissions import Permission

app_name = "companies"
Guard = Callable[[View], View]


def people_pages(begins: str, names: str, changes: Guard) -> list[URLPattern]:
    """The acts on a company's people, which the office and each cabinet have."""
    one = f"{begins}people/<uuid:member_id>/"
    link = f"{begins}people/invitations/<uuid:invitation_id>/"
    pages: tuple[tuple[str, View, str], ...] = (
        (f"{begins}people/new/", people_invites.person_new, "person-new"),
        (f"{begins}people/invited/", people_invites.person_invited, "person-invited"),
        (one, people.person, "person"),
        (f"{one}end/", people.person_end, "person-end"),
        (f"{link}again/", people_invites.person_again, "person-again"),
        (f"{link}revoke/", people_invites.person_revoke, "person-revoke"),
    )
    return [path(at, changes(view), name=f"{names}{name}") for at, view, name in pages]


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
        contracts.company_contract,
        name="company-contract",
    ),
    path(
        "companies/<uuid:company_id>/contract/paper/",
        contracts.contract_paper,
        name="contract-paper",
    ),
    path(
        "companies/<uuid:company_id>/contract/send/",
        contracts.contract_send,
        name="contract-send",
    ),
    path(
        "companies/<uuid:company_id>/contract/<uuid:case_id>/remind/",
        contracts.contract_remind,
        name="contract-remind",
    ),
    path(
        "companies/<uuid:company_id>/contract/<uuid:case_id>/addendum/",
        contracts.contract_addendum,
        name="contract-addendum",
    ),
    path(
        "companies/<uuid:company_id>/contract/<uuid:contract_id>/scan/",
        contracts.contract_scan,
        name="contract-scan",
    ),
    path(
        "companies/<uuid:company_id>/contract/<uuid:case_id>/<slug:act>/",
        contracts.contract_end,
        name="contract-end",
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
    *people_pages("companies/<uuid:company_id>/", "", needs(Permission.COMPANY_INVITE)),
    path(
        "companies/<uuid:company_id>/people/<uuid:member_id>/sign/",
        needs(Permission.COMPANY_INVITE)(people.person_sign),
        name="person-sign",
    ),
    path(
        "cabinet/people/",
        needs(Permission.CLIENT_CABINET)(people.people_list),
        name="cabinet-people",
    ),
    *people_pages("cabinet/", "cabinet-", needs(Permission.CLIENT_PEOPLE)),
    path(
        "partner/people/",
        needs(Permission.PARTNER_CABINET)(people.people_list),
        name="partner-people",
    ),
    *people_pages("partner/", "partner-", needs(Permission.PARTNER_PEOPLE)),
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
    path(
        "my-company/contract-terms/",
        own_terms.contract_terms,
        name="own-contract-terms",
    ),
    path(
        "my-company/contract-terms/sample/",
        own_terms.contract_terms_sample,
        name="own-contract-terms-sample",
    ),
    path("my-company/terms/", own.terms, name="own-terms"),
    path(
        "my-company/terms/<uuid:case_id>/<slug:act>/",
        contracts.contract_end,
        name="own-contract-end",
    ),
    path("my-company/support/", own.support, name="own-support"),
    path("my-company/zone/", own.zone, name="own-zone"),
    path("my-company/dates/", own.dates, name="own-dates"),
    path("my-company/domain/", own_domain.domain, name="own-domain"),
    path("my-company/domain/check/", own_domain.domain_check, name="own-domain-check"),
    path("my-company/domain/remove/", own_domain.domain_remove, name="own-domain-remove"),
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
    path("login/logo/", images.door_logo, name="door-logo"),
    path(
        "invitations/<str:token>/logo/",
        images.invitation_logo,
        name="invitation-logo",
    ),
]
