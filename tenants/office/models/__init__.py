from tenants.office.models.audit import AuditEvent
from tenants.office.models.people import Member, Notification, SavedView
from tenants.office.models.rates import ExchangeRate
from tenants.office.models.things import File, PreparedFile, RefCounter

__all__ = [
    "AuditEvent",
    "ExchangeRate",
    "File",
    "Member",
    "Notification",
    "PreparedFile",
    "RefCounter",
    "SavedView",
]
