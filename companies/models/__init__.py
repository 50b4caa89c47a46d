from companies.models.company import Company, Contact
from companies.models.contract import Contract, SigningCode
from companies.models.own import OwnDetails

__all__ = [
    "Company",
    "Contact",
    "Contract",
    "OwnDetails",
    "SigningCode",
]
