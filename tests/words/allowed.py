"""Latin words that stand on pages of every language: brands, codes, units, names of the seeds."""

ALLOWED = frozenset(
    {
        # brands, messengers, formats
        *("Track", "com", "powered", "by", "LINE", "WhatsApp", "Telegram", "PromptPay"),
        *("Excel", "Natural", "Earth", "GeoNames", "GosLog", "English", "ru", "th"),
        *("PDF", "CSV", "XLSX", "xlsx", "csv", "PNG", "JPEG", "WebP", "QR", "API", "SHA"),
        # words of the seeds and of the trade
        *("GENERAL", "TISI", "FDA", "SPECIAL", "AUTO", "MANUAL", "CBM", "KG", "Truck", "Ship"),
        *("DIFF", "ONEPCT", "ADMIN", "MANAGER", "STAFF", "SALE", "MAX", "Reg", "Activate"),
        *("ADR", "GPS", "CMR", "PIN", "VAT", "MB", "mail", "Ctrl", "PR", "Cargo"),
        # numbers of firms and banks that are called so in every language, a key, a time zone
        *("GNI", "KPP", "OGRN", "OGRNIP", "OKPO", "IBAN", "SWIFT", "Shift", "UTC"),
        # records of domains, and a domain as an example
        *("TXT", "CNAME", "DNS", "https", "cabinet", "example"),
        # currencies and countries
        *("EUR", "KGS", "RUB", "USD", "KZT", "THB", "CNY", "CN", "KZ", "TH", "UZ", "RU", "TJ"),
    }
)
# Companies of the demo, by their own names.
NAMES_OF_DEMO = (
    "Track.com LLC",
    "Platform Head",
    "Chao Phraya Trading",
    "Siam Home Decor",
    "Lanna Textile",
    "Mekong Express",
    "Co., Ltd.",
    "Bangkok",
)
