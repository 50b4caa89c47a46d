"""Every table has an age at which its rows go, or a reason to be kept for ever (FAULTS G12)."""

from __future__ import annotations

from django.apps import apps

from tests.guards.listed import compare

# Their rows go by a rule (docs/retention.md); each rule is tried in tests/platform/test_retention.py.
GO = {
    "account.EmailConfirmation",
    "accounts.ApiToken",
    "accounts.Device",
    "accounts.EnrolCode",
    "accounts.Invitation",
    "accounts.OpenSession",
    "cargo.ImportRow",
    "companies.SigningCode",
    "drivers.LastPosition",
    "drivers.Position",
    "kit.IdempotencyKey",
    "kit.OutboxEvent",
    "office.Notification",
    "office.PreparedFile",
    "sessions.Session",
}
BOOKS = "books and papers"
PEOPLE = "people and companies, as long as they are known"
SETTINGS = "settings: a few rows"
WORK = "the reseller's work and its history"
STAY = {
    "finance": BOOKS,
    "documents": BOOKS,
    "orders": WORK,
    "exchange": "the market's history: offers and awards are what contracts stand on",
    "platform": "resellers, their terms and what they owe",
    "contenttypes": "Django's own, a row a model",
    "auth": "Django's own, without rows",
    "mfa": PEOPLE,
    "admin": "what platform managers did",
    "django_tenants": "without rows",
}
STAY_ONE_BY_ONE = {
    "account.EmailAddress": PEOPLE,
    "accounts.DriverAccess": PEOPLE,
    "accounts.Membership": PEOPLE,
    "accounts.User": PEOPLE,
    "cargo.Activation": SETTINGS,
    "cargo.Adjustment": BOOKS,
    "cargo.Bill": BOOKS,
    "cargo.CommissionPayment": BOOKS,
    "cargo.Customer": PEOPLE,
    "cargo.CustomerSalesperson": PEOPLE,
    "cargo.GoodsType": SETTINGS,
    "cargo.ImportBatch": "who brought parcels in; those never confirmed go",
    "cargo.ImportWord": SETTINGS,
    "cargo.Lot": WORK,
    "cargo.MonthLock": BOOKS,
    "cargo.Rate": SETTINGS,
    "cargo.RateCard": SETTINGS,
    "cargo.Salesperson": PEOPLE,
    "cargo.Shipment": WORK,
    "companies.Address": PEOPLE,
    "companies.BankAccount": PEOPLE,
    "companies.Company": PEOPLE,
    "companies.Contact": PEOPLE,
    "companies.Contract": "signed contracts",
    "companies.Note": "what the office knows of a company, as long as the company stands",
    "companies.OwnFirm": SETTINGS,
    "companies.OwnTerms": "contracts stand on each version",
    "companies.OwnTax": SETTINGS,
    "companies.TaxRegime": SETTINGS,
    "companies.ContractCase": "contracts and how they ended",
    "companies.RulesAccepted": "part of every signature",
    "companies.Signature": "evidence of signed contracts",
    "drivers.Booking": WORK,
    "drivers.Carrier": PEOPLE,
    "drivers.Driver": PEOPLE,
    "drivers.DriverPrivate": PEOPLE,
    "drivers.Lookup": "counts of a minute; a few rows of whoever looks drivers up",
    "drivers.PoolCounter": "a row a day",
    "drivers.Vehicle": PEOPLE,
    "office.AuditEvent": "who did what: kept as long as the books it explains",
    "office.ExchangeRate": "what foreign money was worth: the books stand on it",
    "office.File": "what stored files are; the bytes of prepared ones go",
    "office.Member": PEOPLE,
    "office.RefCounter": "a row a day",
    "office.SavedView": SETTINGS,
}


def test_every_table_has_an_age_or_a_reason() -> None:
    models = [model._meta for model in apps.get_models() if model._meta.managed]
    by_app = {meta.label for meta in models if meta.app_label in STAY}
    in_question = {meta.label for meta in models} - by_app - GO
    compare(in_question, STAY_ONE_BY_ONE, "tables that grow for ever")
    assert {meta.label for meta in models} >= GO
