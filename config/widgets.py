"""Form fields of the product's pages by Jinja2, several times quicker than Django's templates; the panel's by Django's."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import BaseRenderer, DjangoTemplates, Jinja2
from django.utils.functional import cached_property


class Renderer(BaseRenderer):
    @cached_property
    def _quick(self) -> Jinja2:
        return Jinja2()

    @cached_property
    def _stock(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        return (self._quick if template_name.startswith("django/") else self._stock).get_template(template_name)
