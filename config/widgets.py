"""Form fields of the product's pages by Jinja2, several times quicker than Django's templates; the
panel's by Django's.
"""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.conf import settings
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.template.backends.jinja2 import Jinja2
from django.utils.functional import cached_property

PLACES = [
    Path(settings.BASE_DIR) / "templates",
    Path(forms.__file__).parent / "jinja2",
]  # ours first


class Renderer(BaseRenderer):
    @cached_property
    def _quick(self) -> Jinja2:
        return Jinja2(
            {
                "APP_DIRS": False,
                "DIRS": PLACES,
                "NAME": "widgets",
                "OPTIONS": {},
            }
        )

    @cached_property
    def _stock(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name: str) -> object:
        return (self._quick if template_name.startswith("django/") else self._stock).get_template(
            template_name
        )
