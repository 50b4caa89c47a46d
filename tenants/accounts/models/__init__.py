from tenants.accounts.models.access import (
    ApiToken,
    Device,
    DriverAccess,
    EnrolCode,
    Invitation,
    OpenSession,
)
from tenants.accounts.models.user import Membership, User

__all__ = [
    "ApiToken",
    "Device",
    "DriverAccess",
    "EnrolCode",
    "Invitation",
    "Membership",
    "OpenSession",
    "User",
]
