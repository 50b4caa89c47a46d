"""Which encoding a text file is written in, told by its bytes. Runs in the child.

Marks and UTF-8 leave no doubt. The old code pages share their bytes, so each is weighed: what part
of the letters stands as they stand in words of that script. Two that weigh the same are a doubt,
and the person is asked.
"""

from __future__ import annotations

import codecs
import re

LOOKED_AT = 256 * 1024
SURE = 0.9  # a code page that reads this part of the letters well may be the right one
AHEAD = 0.1  # and it is right when the next one is this far behind
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CODE_PAGES = ("cp874", "gb18030", "cp1251", "cp1252")
HIGH_RUNS = re.compile(rb"[\x80-\xff]+")
# A Thai vowel or tone above or below a letter needs its letter; a vowel in front needs one behind.
THAI_WELL = re.compile(
    r"[เแโใไ]?[ก-ฮ][ะาำๆฯๅ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|[๐-๙฿“”‘’…–—\u00a0]"
)
CYRILLIC_WELL = re.compile(r"[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+|[№«»“”„–—…\u00a0]")
LATIN_WELL = re.compile(
    r"(?<=[A-Za-z])[à-öø-ÿßœšž]{1,2}|[À-ÖØ-ÝŒŠŽ](?=[A-Za-z])|(?<=[A-Z])[À-ÖØ-Ý]"
)
LATIN_SIGNS = re.compile(r"[€£°²³±«»“”‘’–—…·®©\u00a0]")
# The half of Chinese characters that are in daily use comes first in GB 2312.
DAILY_CHINESE = re.compile(rb"(?:[\xb0-\xd7][\xa1-\xfe])")
CHINESE_SIGNS = re.compile(rb"(?:[\xa1\xa3][\xa1-\xfe])")


def encodings_of(start: bytes) -> list[str]:
    """Those that the file may be written in, the likeliest first; several are a doubt."""
    for mark, name in MARKS:
        if start.startswith(mark):
            return [name]
    if name := _wide(start):
        return [name]
    if _is_utf8(start):
        return ["utf-8"]
    weighed = sorted(((_weight(start, page), page) for page in CODE_PAGES), reverse=True)
    best = weighed[0][0]
    likely = [page for weight, page in weighed if weight >= SURE and weight > best - AHEAD]
    return likely or [page for weight, page in weighed if weight > 0]


def _wide(start: bytes) -> str:
    """UTF-16 without its mark shows by the zeros beside Latin letters, figures and line ends."""
    pairs = len(start) // 2
    if not pairs:
        return ""
    if start[1::2].count(0) > pairs * 0.3 and start[::2].count(0) < pairs * 0.05:
        return "utf-16-le"
    if start[::2].count(0) > pairs * 0.3 and start[1::2].count(0) < pairs * 0.05:
        return "utf-16-be"
    return ""


def _is_utf8(start: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(start, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _weight(start: bytes, page: str) -> float:
    """From 0 to 1: the part of all bytes beyond ASCII that stand well in this code page."""
    runs = HIGH_RUNS.findall(start)
    high = sum(map(len, runs))
    if page == "gb18030":
        return _chinese_weight(start, runs, high)
    text = start.decode(page, errors="replace")
    pieces = {
        "cp874": THAI_WELL.findall(text),
        "cp1251": [word for word in CYRILLIC_WELL.findall(text) if len(word) > 1],
        "cp1252": LATIN_WELL.findall(text) + LATIN_SIGNS.findall(text),
    }[page]
    return min(sum(map(len, pieces)) / high, 1.0)


def _chinese_weight(start: bytes, runs: list[bytes], high: int) -> float:
    try:
        codecs.getincrementaldecoder("gb18030")().decode(start, final=False)
    except UnicodeDecodeError:
        return 0.0
    daily = sum(2 * _pairs(DAILY_CHINESE, run) for run in runs)
    signs = sum(2 * _pairs(CHINESE_SIGNS, run) for run in runs)
    return min((daily + signs) / high, 1.0)


def _pairs(pattern: re.Pattern[bytes], run: bytes) -> int:
    """How many pairs of the run, counted from its beginning, are such characters."""
    return sum(
        1 for at in range(0, len(run) - 1, 2) if pattern.fullmatch(run, at, at + 2) is not None
    )
