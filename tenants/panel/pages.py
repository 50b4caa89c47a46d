"""The pages of the managers' panel. Apps above (finance) add theirs from AppConfig.ready."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.db.models import Model
from django.http import HttpRequest

from tenants.kit.edge.form_fields import EmailField, TextField


class NoDeletes(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nothing is deleted here: what ends is suspended or switched off. Texts are read through the
    edge, as everywhere.
    """

    formfield_overrides = {
        models.CharField: {"form_class": TextField},
        models.TextField: {"form_class": TextField},
        models.EmailField: {"form_class": EmailField},
    }

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


_pages: dict[type[Model], type[NoDeletes]] = {}


def add_page(model: type[Model], page: type[NoDeletes]) -> None:
    """Once per model, however often an app is made ready."""
    _pages[model] = page


def register_pages(site: admin.AdminSite) -> None:
    """Every page goes to the site: the platform's own and those of the apps above."""
    for model, page in _pages.items():
        site.register(model, page)
