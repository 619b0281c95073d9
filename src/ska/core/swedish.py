"""Numbers, dates and alphabetical order as Swedish readers write them.

The written forms are those of Svenska skrivregler: groups of three from four digits, decimal
comma, the true minus sign, and no-break spaces inside a number. Å, Ä and Ö sort last, V and W
apart. The database compiles without ICU, so `sort_key` is the one place that knows the alphabet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
STOCKHOLM = ZoneInfo("Europe/Stockholm")

# fmt: off
MONTHS = [
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
]
_MONTHS_SHORT = [
    "jan.", "feb.", "mars", "apr.", "maj", "juni",
    "juli", "aug.", "sep.", "okt.", "nov.", "dec.",
]
WEEKDAYS = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
_WEEKDAYS_SHORT = ["mån", "tis", "ons", "tors", "fre", "lör", "sön"]
# fmt: on

Number = int | float | Decimal


def format_number(value: Number, decimals: int | None = None) -> str:
    """Return ``1 234,5``; without *decimals* the value keeps those it has, rounding is half up."""
    exact = _exact(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = f"{abs(exact):f}"
    whole, _, fraction = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", NBSP)
    sign = MINUS if exact < 0 else ""
    return sign + grouped + (f",{fraction}" if fraction else "")


def format_percent(value: Number, decimals: int | None = 1) -> str:
    """Return ``91,1 %`` for a value already given in percent."""
    return f"{format_number(value, decimals)}{NBSP}%"


def format_signed(value: Number, decimals: int | None = None) -> str:
    """Return the value with its sign, ``+1,2`` or ``−3,2``; a change that rounds to 0 has none."""
    text = format_number(value, decimals)
    is_zero = not text.strip(MINUS + "0,")
    return text if is_zero or text.startswith(MINUS) else f"+{text}"


def format_percentage_points(value: Number, decimals: int | None = 1) -> str:
    """Return a difference between two shares, ``+1,2 procentenheter``, never in "%"."""
    text = format_signed(value, decimals)
    word = "procentenhet" if text.strip("+" + MINUS) == "1" else "procentenheter"
    return f"{text}{NBSP}{word}"


def count_words(n: int, one: str, many: str) -> str:
    """Return the count with its noun in the right form: ``1 elev``, ``1 234 elever``."""
    return f"{format_number(n)}{NBSP}{one if n == 1 else many}"


def join_words(words: Iterable[str], last: str = "och") -> str:
    """Return the words as running text: ``a, b och c``."""
    *first, final = list(words) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def parse_number(text: str) -> Decimal:
    """Read what people type: ``91,1``, ``91.1``, ``91,1 %``, ``1 234,5``; else ValueError."""
    cleaned = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    cleaned = re.sub("[\u2010-\u2015\u2212]", "-", cleaned).removesuffix("%")
    if "," in cleaned and "." in cleaned:
        cleaned = cleaned.replace(".", "")
    cleaned = cleaned.replace(",", ".")
    if not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)", cleaned):
        raise ValueError("Ange ett tal, till exempel 91,1")
    return Decimal(cleaned)


def parse_whole(text: str, low: int, high: int) -> int | None:
    """Return the whole number that is written, None when it is none from *low* to *high*."""
    if not text.isascii() or not text.isdecimal() or len(text.lstrip("0")) > len(str(high)):
        return None
    return int(text) if low <= int(text) <= high else None


def format_date(day: date) -> str:
    """Return the date for running text: ``5 november 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_date_long(day: date) -> str:
    """Return the date with its weekday: ``torsdag 5 november 2026``."""
    return f"{WEEKDAYS[day.weekday()]} {format_date(day)}"


def format_date_short(day: date) -> str:
    """Return the date for tight places: ``tors 5 nov.``."""
    return f"{_WEEKDAYS_SHORT[day.weekday()]} {day.day} {_MONTHS_SHORT[day.month - 1]}"


def format_date_table(day: date) -> str:
    """Return the date for tables: ``2026-11-05``."""
    return f"{day:%Y-%m-%d}" if day.year > 999 else day.isoformat()


def format_date_range(first: date, last: date) -> str:
    """Return ``5–9 november 2026``, repeating only what differs."""
    if first == last:
        return format_date(first)
    if first.year != last.year:
        start = format_date(first)
    elif first.month != last.month:
        start = f"{first.day} {MONTHS[first.month - 1]}"
    else:
        start = str(first.day)
    return f"{start}{EN_DASH}{format_date(last)}"


def format_week(day: date) -> str:
    """Return the ISO week of the day: ``vecka 45``."""
    return f"vecka{NBSP}{day.isocalendar().week}"


def format_term(day: date) -> str:
    """Return the term the day lies in: ``HT 2026`` from July, ``VT 2027`` from January."""
    return f"{'HT' if day.month >= 7 else 'VT'}{NBSP}{day.year}"


def format_time(moment: datetime, *, in_table: bool = False) -> str:
    """Return Stockholm's clock: ``14.30`` in text, ``14:30`` in tables; naive times are refused."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(STOCKHOLM).strftime("%H:%M" if in_table else "%H.%M")


_ISO = re.compile(r"(\d{4})-?(\d{1,2})-?(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})(?:[\s/.]+(\d{4}))?")
_NAMED = re.compile(r"(\d{1,2})(?::?e)?\s+([a-zåäö]{3,9})\.?(?:\s+(\d{4}))?")
_WEEK = re.compile(r"(?:(\d{4})-?)?(?:vecka|v)\.?\s*(\d{1,2})(?:[\s,]+(\d{4}))?")
_WEEKDAY_FIRST = re.compile(r"(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag)?(?:en)?\.?,?\s+(?:den\s+)?")
_WITHOUT_DAY = re.compile(r"([a-zåäö]{2,12})\.?\s*(\d{4})")
_TERMS = {"ht": 10, "hösten": 10, "höstterminen": 10, "vt": 3, "våren": 3, "vårterminen": 3}
_NOT_A_DATE = "Skriv datumet som 2026-11-05, 5/11 2026, 5 nov 2026 eller v. 45"


def parse_date(text: str, today: date) -> date:
    """Read a date as people type it; a week is its Monday, a missing year the nearest to *today*.

    Accepts ``2026-11-05``, ``20261105``, ``5/11 2026``, ``5 nov 2026``, ``torsdag 5 november``,
    ``v. 45`` and ``v. 45 2027``. Raises ValueError with a Swedish sentence for anything else.
    """
    cleaned = unicodedata.normalize("NFKC", text).strip().lower()
    cleaned = re.sub("[\u2010-\u2015\u2212]", "-", re.sub(r"\s+", " ", cleaned))
    cleaned = _WEEKDAY_FIRST.sub("", cleaned, count=1)
    try:
        if match := _ISO.fullmatch(cleaned):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _SLASHED.fullmatch(cleaned):
            return _day(int(match[1]), int(match[2]), match[3], today)
        if match := _NAMED.fullmatch(cleaned):
            return _day(int(match[1]), _month(match[2]), match[3], today)
        if match := _WEEK.fullmatch(cleaned):
            return _monday(int(match[2]), match[1] or match[3], today)
    except ValueError as error:
        raise ValueError(_NOT_A_DATE) from error
    raise ValueError(_what_to_write(cleaned))


def _what_to_write(text: str) -> str:
    """Return how to write a date; of a month or a term alone, with a day of it as example."""
    match = _WITHOUT_DAY.fullmatch(text)
    if match is None:
        return _NOT_A_DATE
    try:
        month = _TERMS.get(match[1]) or _month(match[1])
    except ValueError:
        return _NOT_A_DATE
    return f"Skriv en dag också, till exempel 15 {MONTHS[month - 1]} {match[2]}"


@lru_cache(maxsize=8_192)  # the same names are put in order on every page
def sort_key(text: str) -> str:
    """Return a key that orders like a Swedish index: Å Ä Ö last, V before W, åk 9 before åk 10."""
    key: list[str] = []
    for part in re.split(r"([0-9]+)", unicodedata.normalize("NFC", text).casefold()):
        if part.isascii() and part.isdigit():
            key.append(f"{part.lstrip('0') or '0':0>18}")
        else:
            key.extend(_letter(character) for character in part)
    return "".join(key) + "\x00" + text


_LAST_LETTERS = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"}
_SPACES = dict.fromkeys(" -/\u00a0\u2010\u2011\u2012\u2013\u2014", " ")


def _letter(character: str) -> str:
    known = _LAST_LETTERS.get(character) or _SPACES.get(character)
    if known:
        return known
    bare = unicodedata.normalize("NFD", character)[:1]
    return bare if bare.isascii() and bare.isalpha() else character if bare > "~" else "!"


def _exact(value: Number) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("a number that is shown must be finite")
    return exact


def _month(name: str) -> int:
    if len(name) >= 3:
        for number, month in enumerate(MONTHS, start=1):
            if month.startswith(name) or (name == "sept" and number == 9):
                return number
    raise ValueError(name)


def _day(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    near = [
        date(candidate, month, day)
        for candidate in range(today.year - 4, today.year + 5)
        if _exists(candidate, month, day)
    ]
    return min(near, key=lambda found: (abs(found - today), found < today))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _monday(week: int, year: str | None, today: date) -> date:
    if year:
        return date.fromisocalendar(int(year), week, 1)
    near: list[date] = []
    for candidate in range(today.year - 1, today.year + 2):
        try:
            near.append(date.fromisocalendar(candidate, week, 1))
        except ValueError:
            continue
    this_monday = today - timedelta(days=today.weekday())
    return min(near, key=lambda found: abs(found - this_monday))


def beside(number: str | None, words: str) -> str:
    """Return "61,8 % (ungefärligt värde)": a number with its words, or the words in its place."""
    return words if number is None else f"{number} ({words})" if words else number
