"""The platform managers' panel: one site of its own, never Django's default one."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, path, reverse

from tenants.actor import Actor
from tenants.panel import given_up, given_up_page, link_page
from tenants.panel.pages import register_pages
from tenants.permissions import Kind


class PlatformSite(admin.AdminSite):
    site_header = site_title = "Track.com"
    index_title = "Track.com"

    def each_context(
        self,
        request: HttpRequest,
    ) -> dict[str, object]:
        own_styles = [static("css/fonts.css"), static("css/panel.css")]
        return super().each_context(request) | {"own_styles": own_styles}

    def has_permission(self, request: HttpRequest) -> bool:
        who = cast("Actor | None", getattr(request, "actor", None))
        return who is not None and who.kind is Kind.PLATFORM

    def get_urls(self) -> list[URLPattern | URLResolver]:
        page = path(
            "given-up/",
            self.admin_view(self.given_up),
            name=given_up_page.NAME,
        )
        links = path(
            "link-requests/",
            self.admin_view(self.link_requests),
            name=link_page.NAME,
        )
        return [page, links, *super().get_urls()]

    def link_requests(self, request: HttpRequest) -> HttpResponse:
        return link_page.view(request, self.each_context(request))

    def given_up(self, request: HttpRequest) -> HttpResponse:
        return given_up_page.view(request, self.each_context(request))

    def index(
        self,
        request: HttpRequest,
        extra_context: dict[str, object] | None = None,
    ) -> TemplateResponse:
        shown = {
            "url": reverse(f"admin:{given_up_page.NAME}"),
            "label": given_up_page.words()["title"],
            "count": given_up.count(),
        }
        links = {
            "url": reverse(f"admin:{link_page.NAME}"),
            "label": link_page.words()["title"],
            "count": link_page.count(),
        }
        facts = {"given_up": shown, "link_requests": links}
        return super().index(request, (extra_context or {}) | facts)

    def login(
        self,
        request: HttpRequest,
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """There is one login for everyone; a signed-in stranger is sent home."""
        who = cast("Actor | None", getattr(request, "actor", None))
        if who:
            return redirect(who.home)
        target = request.GET.get("next", reverse("admin:index"))
        return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': target})}")

    def logout(  # type: ignore[override]  # the stubs promise a template
        self,
        request: HttpRequest,
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self,
        request: HttpRequest,
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        return redirect("password-new")


site = PlatformSite(name="admin")

register_pages(site)
