"""Which tables stand in the public schema, which in each reseller's, and what may point where."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, Model

from tests.guards.listed import compare

FOREIGN_KEYS_OUT = {}  # "app.Model.field": why it may leave the reseller's schema
MOST_TABLES = 69


def models_of(names: list[str]) -> list[type[Model]]:
    labels = {config.label for config in apps.get_app_configs() if config.name in names}
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in labels
    ]


def keys_out(inside: list[type[Model]]) -> list[str]:
    return [
        f"{model._meta.label}.{field.name}"
        for model in inside
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model not in inside
    ]


def test_tenants_is_the_public_schema_but_for_office() -> None:
    ours = {name for name in settings.INSTALLED_APPS if (name + ".").startswith("tenants.")}
    assert ours & set(settings.TENANT_APPS) == {"tenants.office"}
    others = {
        "documents",
        "companies",
        "fleet",
        "tariffs",
        "orders",
        "commission.cargo",
        "finance",
    }
    assert set(settings.TENANT_APPS) == others | {"tenants.office"}
    assert not set(settings.SHARED_APPS) & set(settings.TENANT_APPS)


def test_no_foreign_key_leaves_a_reseller_s_schema() -> None:
    compare(
        keys_out(models_of(settings.TENANT_APPS)),
        FOREIGN_KEYS_OUT,
        "foreign keys out of a reseller's schema",
    )


def test_no_public_row_points_into_a_reseller_s_schema() -> None:
    compare(
        keys_out(models_of(settings.SHARED_APPS)),
        {},
        "foreign keys from public into a reseller's schema",
    )


def test_no_table_name_stands_in_both_schemas() -> None:
    """`public` is on every search path: a table missing in the own schema must not be found there."""
    public, own = (
        {m._meta.db_table for m in models_of(names)}
        for names in (settings.SHARED_APPS, settings.TENANT_APPS)
    )
    assert not public & own


def test_a_reseller_s_schema_stays_small() -> None:
    assert len(models_of(settings.TENANT_APPS)) < MOST_TABLES


def test_every_model_says_what_it_is() -> None:
    ours = [
        m
        for m in models_of(settings.INSTALLED_APPS)
        if m.__module__.split(".")[0] in {*settings.TENANT_APPS, "tenants", "commission"}
    ]
    silent = [
        m._meta.label
        for m in ours
        if not (m.__doc__ or "").strip() or m.__doc__.startswith(f"{m.__name__}(")
    ]
    assert silent == []
