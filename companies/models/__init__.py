from companies.models.company import Company, Contact
from companies.models.contract import Contract, SigningCode
from companies.models.own import OwnDetails
from companies.models.requisites import Basis

__all__ = [
    "Basis",
    "Company",
    "Contact",
    "Contract",
    "OwnDetails",
    "SigningCode",
]
