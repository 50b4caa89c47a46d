"""Amounts in words, as papers have them below the total, in Russian, Kyrgyz, Thai and English.

Russian and English print the small unit in figures, as accountants there do; Kyrgyz and Thai write
it out. Kyrgyz nouns take no plural after a number. Good below 10**15.
"""

from decimal import Decimal

from tenants.kit.money import rounded

# Per language and currency: the forms of the unit and of its hundredth.
# Russian has three (1, 2-4, 5-20), English two, Kyrgyz and Thai one.
UNITS: dict[str, dict[str, tuple[str, str]]] = {
    "ru": {
        "KGS": ("сом сома сомов", "тыйын тыйына тыйынов"),
        "RUB": ("рубль рубля рублей", "копейка копейки копеек"),
        "USD": (
            "доллар_США доллара_США долларов_США",
            "цент цента центов",
        ),
        "EUR": ("евро евро евро", "цент цента центов"),
        "KZT": ("тенге тенге тенге", "тиын тиына тиынов"),
        "THB": ("бат бата батов", "сатанг сатанга сатангов"),
        "CNY": ("юань юаня юаней", "фэнь фэня фэней"),
    },
    "ky": {
        "KGS": ("сом", "тыйын"),
        "RUB": ("рубль", "копейка"),
        "USD": ("АКШ_доллары", "цент"),
        "EUR": ("евро", "цент"),
        "KZT": ("теңге", "тыйын"),
        "THB": ("бат", "сатанг"),
        "CNY": ("юань", "фэнь"),
    },
    "th": {
        "KGS": ("ซอม", "ทียิน"),
        "RUB": ("รูเบิล", "โกเปก"),
        "USD": ("ดอลลาร์สหรัฐ", "เซนต์"),
        "EUR": ("ยูโร", "เซนต์"),
        "KZT": ("เทงเก", "ทียิน"),
        "THB": ("บาท", "สตางค์"),
        "CNY": ("หยวน", "เฟิน"),
    },
    "en": {
        "KGS": ("som soms", "tyiyn tyiyns"),
        "RUB": ("Russian_rouble Russian_roubles", "kopeck kopecks"),
        "USD": ("US_dollar US_dollars", "cent cents"),
        "EUR": ("euro euros", "cent cents"),
        "KZT": ("tenge tenge", "tiyn tiyn"),
        "THB": ("baht baht", "satang satang"),
        "CNY": ("yuan yuan", "fen fen"),
    },
}


def _list(words: str) -> tuple[str, ...]:
    return tuple(words.split())


RU_ONES = _list(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
RU_TENS = _list("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
RU_HUNDREDS = _list("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
RU_SCALES = (
    "",
    "тысяча тысячи тысяч",
    "миллион миллиона миллионов",
    "миллиард миллиарда миллиардов",
    "триллион триллиона триллионов",
)
KY_ONES = _list("нөл бир эки үч төрт беш алты жети сегиз тогуз")
KY_TENS = _list("он жыйырма отуз кырк элүү алтымыш жетимиш сексен токсон")
KY_SCALES = ("", "миң", "миллион", "миллиард", "триллион")
EN_ONES = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
EN_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
EN_SCALES = ("", "thousand", "million", "billion", "trillion")
TH_ONES = (
    "",
    "หนึ่ง",
    "สอง",
    "สาม",
    "สี่",
    "ห้า",
    "หก",
    "เจ็ด",
    "แปด",
    "เก้า",
)
TH_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")

LIMIT = 10**15


def in_words(amount: Decimal, currency: str, language: str) -> str:
    """`1277701.52 KGS` in Russian: «Один миллион двести семьдесят семь тысяч семьсот один сом 52
    тыйына».
    """
    whole, small = divmod(int(rounded(abs(amount)) * 100), 100)
    if whole >= LIMIT:
        raise ValueError(f"too large to say: {amount}")
    unit, hundredth = UNITS[language][currency]
    text = WRITERS[language](whole, small, unit.split(), hundredth.split()).replace("_", " ")
    minus = (
        {"ru": "минус ", "ky": "минус ", "th": "ลบ", "en": "minus "}[language]
        if rounded(amount) < 0
        else ""
    )
    return (minus + text)[0].upper() + (minus + text)[1:]


def _russian(
    whole: int,
    small: int,
    unit: list[str],
    hundredth: list[str],
) -> str:
    return f"{_ru(whole)} {_ru_form(whole, unit)} {small:02} {_ru_form(small, hundredth)}"


def _kyrgyz(
    whole: int,
    small: int,
    unit: list[str],
    hundredth: list[str],
) -> str:
    return f"{_ky(whole)} {unit[0]} {_ky(small)} {hundredth[0]}"


def _english(
    whole: int,
    small: int,
    unit: list[str],
    hundredth: list[str],
) -> str:
    return f"{_en(whole)} {unit[whole != 1]} and {small:02} {hundredth[small != 1]}"


def _thai(
    whole: int,
    small: int,
    unit: list[str],
    hundredth: list[str],
) -> str:
    rest = f"{_th(small)}{hundredth[0]}" if small else "ถ้วน"
    return rest if small and not whole else f"{_th(whole) or 'ศูนย์'}{unit[0]}{rest}"


def _triples(number: int) -> list[tuple[int, int]]:
    """1277701 -> [(1, 2), (277, 1), (701, 0)]: groups of three digits with the power of a thousand,
    empty ones out.
    """
    groups = [(number // 1000**power % 1000, power) for power in range(4, -1, -1)]
    return [(group, power) for group, power in groups if group]


def _ru_form(number: int, forms: list[str]) -> str:
    if number % 100 in range(11, 15) or number % 10 in (
        0,
        5,
        6,
        7,
        8,
        9,
    ):
        return forms[2]
    return forms[0] if number % 10 == 1 else forms[1]


def _ru(number: int) -> str:
    words = [word for group, power in _triples(number) for word in _ru_triple(group, power)]
    return " ".join(words) or RU_ONES[0]


def _ru_triple(
    number: int,
    power: int,
) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10) if rest >= 20 else (0, rest)
    words = [RU_HUNDREDS[hundreds - 1]] if hundreds else []
    words += [RU_TENS[tens - 2]] if tens else []
    if ones:  # a thousand is feminine
        words.append(
            {
                1: "одна",
                2: "две",
            }.get(ones, RU_ONES[ones])
            if power == 1
            else RU_ONES[ones]
        )
    return words + ([_ru_form(number, RU_SCALES[power].split())] if power else [])


def _ky(number: int) -> str:
    words = [
        word
        for group, power in _triples(number)
        for word in (*_ky_triple(group), KY_SCALES[power])
        if word
    ]
    return " ".join(words) or KY_ONES[0]


def _ky_triple(number: int) -> list[str]:
    hundreds = number // 100
    tens = number // 10 % 10
    ones = number % 10
    words = [KY_ONES[hundreds]] if hundreds > 1 else []
    words += ["жүз"] if hundreds else []
    return words + ([KY_TENS[tens - 1]] if tens else []) + ([KY_ONES[ones]] if ones else [])


def _en(number: int) -> str:
    words = [
        word
        for group, power in _triples(number)
        for word in (_en_triple(group), EN_SCALES[power])
        if word
    ]
    return " ".join(words) or EN_ONES[0]


def _en_triple(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    small = (
        EN_ONES[rest] if rest < 20 else EN_TENS[tens - 2] + (f"-{EN_ONES[ones]}" if ones else "")
    )
    return " ".join(
        ([f"{EN_ONES[hundreds]} hundred"] if hundreds else []) + ([small] if rest else [])
    )


def _th(number: int) -> str:
    """Thai counts in millions of millions; a one at the end is เอ็ด once anything stands before it."""
    millions, rest = divmod(number, 10**6)
    text = f"{_th(millions)}ล้าน" if millions else ""
    for place in range(5, -1, -1):
        if digit := rest // 10**place % 10:
            text += _th_digit(digit, place, following=number >= 10) + TH_PLACES[place]
    return text


def _th_digit(
    digit: int,
    place: int,
    *,
    following: bool,
) -> str:
    if place == 1 and digit <= 2:
        return ("", "ยี่")[digit - 1]
    return "เอ็ด" if place == 0 and digit == 1 and following else TH_ONES[digit]


WRITERS = {"ru": _russian, "ky": _kyrgyz, "th": _thai, "en": _english}
