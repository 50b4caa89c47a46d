from companies.models.account import BankAccount
from companies.models.address import Address
from companies.models.company import CLIENTS, PARTNERS, SIDES, Company, Contact
from companies.models.contract import Contract, SigningCode
from companies.models.note import Note
from companies.models.own import FIRST_FIRM, OwnFirm, TaxRegime
from companies.models.requisites import Basis

__all__ = [
    "CLIENTS",
    "FIRST_FIRM",
    "PARTNERS",
    "SIDES",
    "Address",
    "BankAccount",
    "Basis",
    "Company",
    "Contact",
    "Contract",
    "Note",
    "OwnFirm",
    "SigningCode",
    "TaxRegime",
]
