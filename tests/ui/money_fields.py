"""Every field of money that a form of the product has."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from copy import deepcopy

from django import forms

APPS = (
    "companies",
    "documents",
    "fleet",
    "orders",
    "commission",
    "finance",
    "tenants",
    "config",
)


def money_fields() -> dict[str, forms.Field]:
    """Fields whose input carries data-money, by form and name."""
    _import_forms()
    return {
        f"{form.__module__}.{form.__name__}.{name}": field
        for form in sorted(_descendants(forms.BaseForm), key=lambda form: form.__qualname__)
        for name, field in getattr(form, "base_fields", {}).items()
        if form.__module__.split(".")[0] in APPS and "data-money" in field.widget.attrs
    }


def _import_forms() -> None:
    for app in APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if {"forms", "views", "showroom"} & set(module.name.split(".")):
                importlib.import_module(module.name)


def _descendants(base: type) -> Iterator[type]:
    for child in base.__subclasses__():
        yield child
        yield from _descendants(child)


def inputs(fields: dict[str, forms.Field]) -> str:
    """The inputs as the product draws them, in one form."""
    drawn = [field.widget.render(name, None, {}) for name, field in fields.items()]
    return f"<form method='post'>{''.join(drawn)}</form>"


def cleaned(field: forms.Field, text: str) -> object:
    """What the server takes the posted text for. Raises ValidationError."""
    return deepcopy(field).clean(text)
