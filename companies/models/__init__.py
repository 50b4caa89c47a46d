from companies.models.account import BankAccount
from companies.models.company import Company, Contact
from companies.models.contract import Contract, SigningCode
from companies.models.own import FIRST_FIRM, OwnFirm, TaxRegime
from companies.models.requisites import Basis

__all__ = [
    "FIRST_FIRM",
    "BankAccount",
    "Basis",
    "Company",
    "Contact",
    "Contract",
    "OwnFirm",
    "SigningCode",
    "TaxRegime",
]
