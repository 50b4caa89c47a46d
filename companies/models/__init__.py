from companies.models.case import (
    FALLEN,
    OPEN,
    ContractCase,
    RulesAccepted,
    Side,
    Signature,
    Stage,
)
from companies.models.company import Company, Contact
from companies.models.contract import Contract, SigningCode
from companies.models.own import OwnDetails
from companies.models.requisites import Basis

__all__ = [
    "FALLEN",
    "OPEN",
    "Basis",
    "Company",
    "Contact",
    "Contract",
    "ContractCase",
    "OwnDetails",
    "RulesAccepted",
    "Side",
    "Signature",
    "SigningCode",
    "Stage",
]
