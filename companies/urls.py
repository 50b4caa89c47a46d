from collections.abc import Callable

from django.urls import URLPattern, path

from companies.views import (
    cabinet,
    card,
    company_list,
    finding,
    images,
    inviting,
    joining,
    own,
    people,
    people_invites,
    signing,
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
