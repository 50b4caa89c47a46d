"""Tax numbers, bank accounts and bank codes of each country: what is wrong with one, in words."""

from companies.identifiers.kg import kg_account, kg_bik, kg_inn, kg_okpo, kg_tax_office
from companies.identifiers.kz import kz_account, kz_bik, kz_bin
from companies.identifiers.reading import Fault, Numbers, Rule, plain
from companies.identifiers.ru import (
    ru_account,
    ru_bik,
    ru_correspondent,
    ru_inn,
    ru_kpp,
    ru_ogrn,
    ru_okpo,
)
from companies.identifiers.th import th_account, th_branch, th_tax

__all__ = [
    "Fault",
    "Numbers",
    "Rule",
    "kg_account",
    "kg_bik",
    "kg_inn",
    "kg_okpo",
    "kg_tax_office",
    "kz_account",
    "kz_bik",
    "kz_bin",
    "plain",
    "ru_account",
    "ru_bik",
    "ru_correspondent",
    "ru_inn",
    "ru_kpp",
    "ru_ogrn",
    "ru_okpo",
    "th_account",
    "th_branch",
    "th_tax",
]
