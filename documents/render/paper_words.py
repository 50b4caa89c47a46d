"""The words of a paper: labels, days, numbers and sums, in the paper's language and not in the
reader's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.kinds.kind import LANGUAGES, Label
from tenants.kit.money import rounded
from tenants.kit.words import in_words

MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "en": "January February March April May June July August September October November December",
    "ky": "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры",
}
DAYS = {
    "ru": "{d} {month} {y} г.",
    "th": "{d} {month} {y}",
    "en": "{d} {month} {y}",
    "ky": "{y}-жылдын {d}-{month}",
}
BUDDHIST_DAY = "{d} {month} พ.ศ. {y}"
BUDDHIST_YEARS = 543
CURRENCY_WORDS = {
    "ru": {
        "KGS": "сом",
        "RUB": "руб.",
        "KZT": "тенге",
        "THB": "бат",
        "CNY": "юань",
    },
    "ky": {
        "KGS": "сом",
        "RUB": "рубль",
        "KZT": "теңге",
        "THB": "бат",
        "CNY": "юань",
    },
    "th": {"THB": "บาท"},
    "en": {},
}
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The words of one paper; `buddhist` counts Thai years from 543 BC, as Thai tax papers do."""

    language: str
    labels: Mapping[str, Label]
    buddhist: bool = False

    def __call__(self, key: str) -> str:
        return self.labels[key][LANGUAGES.index(self.language)]

    def of_country(self, key: str, country: str) -> str:
        """The label as the party's country calls it."""
        own = f"{key}_{country}"
        return self(own if own in self.labels else key)

    def basis(self, acts_under: str) -> str:
        """What a signatory acts under: one of the usual papers, or the words that were given."""
        key = f"basis_{acts_under}"
        return self(key) if key in self.labels else acts_under

    def tax(self, kind: str) -> str:
        """What a tax of `companies/taxes.py` is called in the paper's language."""
        key = f"tax_{kind}"
        return self(key) if key in self.labels else kind

    def day(self, on: date) -> str:
        """«13 марта 2026 г.»"""
        month = MONTHS[self.language].split()[on.month - 1]
        era = self.buddhist and self.language == "th"
        pattern = BUDDHIST_DAY if era else DAYS[self.language]
        return pattern.format(d=on.day, month=month, y=on.year + BUDDHIST_YEARS * era).replace(
            " ", NO_BREAK
        )

    def short_day(
        self,
        on: date,
    ) -> str:
        """«13.03.2026», in Thai «13/03/2026» or «13/03/2569»."""
        if self.language == "th":
            return f"{on:%d/%m}/{on.year + BUDDHIST_YEARS * self.buddhist}"
        return f"{on:%d %b %Y}" if self.language == "en" else f"{on:%d.%m.%Y}"

    def amount(self, amount: Decimal) -> str:
        """Two places always; thousands apart."""
        return self._grouped(f"{rounded(amount):,.2f}")

    def number(self, number: Decimal | int) -> str:
        """As many places as there are."""
        text = f"{number:,f}"
        return self._grouped(text.rstrip("0").rstrip(".") if "." in text else text)

    def money(
        self,
        amount: Decimal,
        currency: str,
    ) -> str:
        return f"{self.amount(amount)}{NO_BREAK}{self.currency(currency)}"

    def currency(self, currency: str) -> str:
        return CURRENCY_WORDS[self.language].get(currency, currency)

    def words(self, amount: Decimal, currency: str) -> str:
        return in_words(amount, currency, self.language)

    def _grouped(self, text: str) -> str:
        if self.language in ("th", "en"):
            return text
        return text.replace(",", NO_BREAK).replace(".", ",")
