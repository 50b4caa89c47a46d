from companies.models.account import BankAccount
from companies.models.address import Address
from companies.models.case import (
    FALLEN,
    OPEN,
    ContractCase,
    RulesAccepted,
    Side,
    Signature,
    Stage,
)
from companies.models.company import CLIENTS, PARTNERS, SIDES, Company, Contact
from companies.models.contract import Contract, SigningCode
from companies.models.note import Note
from companies.models.own import FIRST_FIRM, OWN_SUBJECT, OwnFirm, TaxRegime
from companies.models.requisites import Basis
from companies.models.taxes import OwnTax
from companies.models.terms import WITH_TERMS, OwnTerms

__all__ = [
    "CLIENTS",
    "FALLEN",
    "FIRST_FIRM",
    "OPEN",
    "OWN_SUBJECT",
    "PARTNERS",
    "SIDES",
    "WITH_TERMS",
    "Address",
    "BankAccount",
    "Basis",
    "Company",
    "Contact",
    "Contract",
    "ContractCase",
    "Note",
    "OwnFirm",
    "OwnTax",
    "OwnTerms",
    "RulesAccepted",
    "Side",
    "Signature",
    "SigningCode",
    "Stage",
    "TaxRegime",
]
