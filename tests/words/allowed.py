"""Latin words that stand on pages of every language: brands, codes, units, names of the seeds."""

ALLOWED = frozenset(
    {
        # brands and messengers
        *("Track", "com", "LINE", "WhatsApp", "Telegram", "PromptPay", "Excel", "Google"),
        *("PR", "Cargo", "Natural", "Earth", "GeoNames"),
        # words of the seeds
        *("GENERAL", "TISI", "FDA", "SPECIAL", "AUTO", "MANUAL", "CBM", "KG", "Truck", "Ship"),
        *("DIFF", "ONEPCT", "ADMIN", "MANAGER", "STAFF", "SALE", "MAX", "Reg", "Activate"),
        # formats and units of every language
        *("PDF", "CSV", "XLSX", "xlsx", "csv", "QR", "API", "SHA", "ADR", "GPS", "CMR", "EUR"),
        *("KGS", "RUB", "USD", "KZT", "THB", "CNY", "mail", "Ctrl"),
    }
)
