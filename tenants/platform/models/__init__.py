from tenants.platform.models.domain import DomainClaim
from tenants.platform.models.fees import FeeLine, Ladder
from tenants.platform.models.firm import PlatformFirm, PlatformSealKey
from tenants.platform.models.paper_code import PaperCode
from tenants.platform.models.reseller import Domain, Reseller
from tenants.platform.models.schema import MigrationStep, SchemaSlot

__all__ = [
    "Domain",
    "DomainClaim",
    "FeeLine",
    "Ladder",
    "MigrationStep",
    "PaperCode",
    "PlatformFirm",
    "PlatformSealKey",
    "Reseller",
    "SchemaSlot",
]
