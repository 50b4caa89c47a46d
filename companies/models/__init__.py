from companies.models.address import Address
from companies.models.company import CLIENTS, PARTNERS, SIDES, Company, Contact
from companies.models.contract import Contract, SigningCode
from companies.models.note import Note
from companies.models.own import OwnDetails
from companies.models.requisites import Basis

__all__ = [
    "CLIENTS",
    "PARTNERS",
    "SIDES",
    "Address",
    "Basis",
    "Company",
    "Contact",
    "Contract",
    "Note",
    "OwnDetails",
    "SigningCode",
]
