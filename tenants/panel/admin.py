"""What a platform manager does: create and suspend resellers, register dispatchers and reset
access.
"""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenants.accounts.models import Membership, User
from tenants.actor import Actor
from tenants.kit import clock
from tenants.kit.edge.form_fields import EmailField, TextField
from tenants.kit.web import OfficeRequest
from tenants.panel import access, resellers
from tenants.panel.pages import NoDeletes, add_page
from tenants.permissions import Role
from tenants.platform import provisioning
from tenants.platform.models import PlatformFirm, Reseller
from tenants.platform.models.reseller import COUNTRIES

NOT_READY = gettext_lazy(
    "No place stands ready yet; one is being prepared. Try again in a few seconds."
)


def _who(request: HttpRequest) -> Actor:
    return cast("OfficeRequest", request).actor


class NewResellerForm(forms.ModelForm):  # type: ignore[type-arg]
    head_name = TextField(label=gettext_lazy("Head's name"), max_length=200)
    head_email = EmailField(label=gettext_lazy("Head's e-mail"))
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=[(code, code) for code in COUNTRIES],
    )

    class Meta:
        model = Reseller
        fields = ["name", "slug", "country", "cargo"]

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if Reseller.objects.filter(slug__iexact=slug).exists():
            raise forms.ValidationError(_("Another reseller has this short name."))
        return slug

    def clean(self) -> dict[str, object]:
        if not provisioning.spares_ready():
            raise forms.ValidationError(NOT_READY)
        return super().clean() or {}


class ResellerAdmin(NoDeletes):
    list_display = [
        "name",
        "slug",
        "country",
        "cargo",
        "created_at",
        "suspended_at",
    ]
    list_filter = ["country", "cargo"]
    search_fields = ["name", "slug"]
    actions = ["suspend", "resume"]
    readonly_fields = ["created_at", "suspended_at"]

    def get_form(
        self,
        request: HttpRequest,
        obj: Model | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> type[forms.ModelForm[Model]]:
        if obj is None:
            return NewResellerForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> tuple[str, ...]:
        if obj is None:
            return (
                "name",
                "slug",
                "country",
                "cargo",
                "head_name",
                "head_email",
            )
        return (
            "name",
            "cargo",
            "cargo_first",
            "support_email",
            "support_line",
            "support_whatsapp",
            "support_telegram",
            "support_phone",
            "time_zone",
            *self.readonly_fields,
        )

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> list[str]:
        return [] if obj is None else list(self.readonly_fields)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Somebody may take the last spare, or the short name, between the form's check and the
        act.
        """
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except provisioning.NoSpare:
            messages.error(request, NOT_READY)
        except resellers.SlugTaken:
            messages.error(request, _("Another reseller has this short name."))
        return redirect(request.get_full_path())

    def save_model(
        self,
        request: HttpRequest,
        obj: Reseller,
        form: forms.ModelForm[Reseller],
        change: bool,
    ) -> None:
        if change:
            obj.save(update_fields=form.changed_data or None)
            return
        data = form.cleaned_data
        created = resellers.create(
            slug=data["slug"],
            name=data["name"],
            email=data["head_email"],
            head=data["head_name"],
            country=data["country"],
            cargo=data["cargo"],
            at=clock.now(),
        )
        access.send_first_access(created)
        obj.__dict__.update(created.reseller.__dict__)
        messages.success(
            request,
            _("The head gets an e-mail with the address and a one-time password."),
        )

    @admin.action(description=gettext_lazy("Suspend"))
    def suspend(
        self,
        request: HttpRequest,
        queryset: QuerySet[Reseller],
    ) -> None:
        for reseller in queryset:
            access.suspend(
                reseller=reseller,
                by=_who(request),
                at=clock.now(),
            )

    @admin.action(description=gettext_lazy("Resume"))
    def resume(
        self,
        request: HttpRequest,
        queryset: QuerySet[Reseller],
    ) -> None:
        for reseller in queryset:
            access.resume(
                reseller=reseller,
                by=_who(request),
                at=clock.now(),
            )


class UserAdmin(NoDeletes):
    list_display = ["__str__", "name", "is_active", "is_platform_manager"]
    search_fields = ["email", "phone", "name"]
    fields = ["email", "phone", "name", "language", "is_active"]
    readonly_fields = ["email", "phone"]
    actions = ["reset_access"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(
        description=gettext_lazy(
            "Reset access: old sessions end, a one-time password goes by e-mail"
        )
    )
    def reset_access(
        self,
        request: HttpRequest,
        queryset: QuerySet[User],
    ) -> None:
        # nobody resets an equal, and a one-time password goes by mail alone
        people = list(queryset.filter(is_platform_manager=False).exclude(email=""))
        for user in people:
            access.reset(user=user, by=_who(request), at=clock.now())
        if people:
            messages.success(request, _("One-time passwords are on their way."))
        if queryset.filter(is_platform_manager=True).exists():
            messages.error(request, _("Access of platform managers is not reset here."))
        if queryset.filter(email="").exists():
            text = _("Who has no e-mail asks for a link on the page of signing in.")
            messages.error(request, text)


class NewStaffForm(forms.ModelForm):  # type: ignore[type-arg]
    name = TextField(label=gettext_lazy("Name"), max_length=200)
    email = EmailField(label=gettext_lazy("E-mail"))
    role = forms.ChoiceField(
        choices=[(role, role) for role in (Role.DISPATCHER, Role.ACCOUNTANT, Role.HEAD)]
    )

    class Meta:
        model = Membership
        fields = ["reseller", "role"]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        taken = Membership.objects.filter(
            reseller=data.get("reseller"),
            user__email__iexact=data.get("email", ""),
        )
        if taken.exists():
            self.add_error(
                "email",
                _("This person belongs to this reseller already."),
            )
        return data


class MembershipAdmin(NoDeletes):
    """Dispatchers are registered here: a reseller cannot invite one."""

    list_display = ["user", "reseller", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["user__email", "user__phone", "login_name", "reseller__name"]
    list_select_related = ["user", "reseller"]

    def get_form(
        self,
        request: HttpRequest,
        obj: Model | None = None,
        change: bool = False,
        **kwargs: object,
    ) -> type[forms.ModelForm[Model]]:
        return NewStaffForm if obj is None else super().get_form(request, obj, change, **kwargs)

    def get_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> tuple[str, ...]:
        if obj is None:
            return ("reseller", "role", "name", "email")
        return ("user", "reseller", "role", "is_active")

    def get_readonly_fields(
        self,
        request: HttpRequest,
        obj: Model | None = None,
    ) -> list[str]:
        return [] if obj is None else ["user", "reseller", "role"]

    def save_model(
        self,
        request: HttpRequest,
        obj: Membership,
        form: forms.ModelForm[Membership],
        change: bool,
    ) -> None:
        if change:
            access.set_active(
                membership=obj,
                active=obj.is_active,
                by=_who(request),
                at=clock.now(),
            )
            return
        data = form.cleaned_data
        membership = access.register_staff(
            reseller=data["reseller"],
            role=Role(data["role"]),
            name=data["name"],
            email=data["email"],
            by=_who(request),
            at=clock.now(),
        )
        obj.__dict__.update(membership.__dict__)


class PlatformFirmAdmin(NoDeletes):
    """The legal entity that contracts with resellers name; a signed contract keeps what it named."""

    list_display = ["full_name", "inn", "director"]
    exclude = ["id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not PlatformFirm.objects.exists()


add_page(PlatformFirm, PlatformFirmAdmin)
add_page(Reseller, ResellerAdmin)
add_page(User, UserAdmin)
add_page(Membership, MembershipAdmin)
