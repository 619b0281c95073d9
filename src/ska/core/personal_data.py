"""The personal data guard: finds what could point out one person in a free text.

It looks for personnummer and samordningsnummer (folkbokföringslagen 18 §, 18 a §: six or eight
digits for the birth, three to tell people apart, one check digit), e-mail addresses and telephone
numbers. People mistype: what is written just as such a number is one with a wrong check digit too.
It does not look for names: those need a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class HitKind(StrEnum):
    """What a hit looks like."""

    PERSONAL_NUMBER = "personal_number"
    COORDINATION_NUMBER = "coordination_number"
    EMAIL = "email"
    PHONE = "phone"

    @property
    def words(self) -> str:
        """Return the Swedish words with article: ``ett personnummer``."""
        return _WORDS[self]


_WORDS = {
    HitKind.PERSONAL_NUMBER: "ett personnummer",
    HitKind.COORDINATION_NUMBER: "ett samordningsnummer",
    HitKind.EMAIL: "en e-postadress",
    HitKind.PHONE: "ett telefonnummer",
}


@dataclass(frozen=True, order=True)
class Hit:
    """A place in a text; it holds positions only, so that a log never repeats what was found."""

    start: int
    end: int
    kind: HitKind

    @property
    def sentence(self) -> str:
        """Return the Swedish sentence to show at the field."""
        return (
            f"Texten ser ut att innehålla {self.kind.words}. "
            "Ta bort det – här får inga uppgifter om enskilda personer finnas."
        )


# Between the parts of a number people write hyphens, plus signs, spaces and line breaks.
_HYPHENS = "\\-\u00ad\u2010-\u2015\u2212\ufe63\uff0d"
_BETWEEN = f"[\\s+{_HYPHENS}\u200b-\u200d\u2060\ufeff]{{0,4}}"
# A long number can also be broken by the end of a line at any digit.
_BREAK = f"(?:[{_HYPHENS}]?[ \\t]*[\\r\\n]+[ \\t]*)?"


def _digits(count: int) -> str:
    return _BREAK.join([r"\d"] * count)


_IDENTITY = re.compile(
    r"(?<!\d)(?="
    rf"(?P<all>(?P<century>{_digits(2)}{_BETWEEN})?"
    rf"(?P<birth>{_digits(2)}{_BETWEEN}{_digits(2)}{_BETWEEN}{_digits(2)}){_BETWEEN}"
    rf"(?P<number>{_digits(4)}))"
    r"(?!\d))"
)
# As people write it. Ten digits in a row are too often something else to do without check digit.
_WRITTEN = re.compile(
    rf"(?<![\w/-])(?:(?P<birth>(?:\d\d)?\d{{6}})[+{_HYPHENS}]|(?P<whole>\d{{8}}))"
    r"(?P<number>\d{4})(?![\w/-])"
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}\s?@\s?(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}"
)
_SEPARATOR = f"[ \\t\u00a0\u2009\u202f/{_HYPHENS}]{{0,3}}"
_START = r"(?<![\d,.\w])"
_PREFIX = rf"(?:(?:\+|00)46{_SEPARATOR}(?:\(0\){_SEPARATOR})?|0)"
_MOBILE = re.compile(rf"{_START}{_PREFIX}7[02369](?:{_SEPARATOR}\d){{7}}(?!\d)")
_LANDLINE = re.compile(
    rf"{_START}(?:0|{_PREFIX})(?:8|[1-9]\d{{1,2}}){_SEPARATOR.replace('{0,3}', '{1,3}')}"
    rf"[1-9](?:{_SEPARATOR}\d){{4,7}}(?!\d)"
)
_ABROAD = re.compile(rf"{_START}\+[1-9](?:{_SEPARATOR}\d){{8,12}}(?!\d)")


def find_personal_data(text: str) -> list[Hit]:
    """Return what looks like personal data, in reading order and without overlaps."""
    hits = sorted(
        [
            *_identities(text),
            *(Hit(m.start(), m.end(), HitKind.EMAIL) for m in _EMAIL.finditer(text)),
            *(
                Hit(m.start(), m.end(), HitKind.PHONE)
                for pattern in (_MOBILE, _LANDLINE, _ABROAD)
                for m in pattern.finditer(text)
            ),
        ],
        key=lambda hit: (hit.kind in (HitKind.EMAIL, HitKind.PHONE), hit.start, -hit.end),
    )
    chosen: list[Hit] = []
    for hit in hits:
        if all(hit.end <= other.start or hit.start >= other.end for other in chosen):
            chosen.append(hit)
    return sorted(chosen)


def _identities(text: str) -> Iterator[Hit]:
    for match in _IDENTITY.finditer(text):
        birth, number = _only_digits(match["birth"]), _only_digits(match["number"])
        kind = _kind(_only_digits(match["century"] or ""), birth)
        if kind is not None and _has_check_digit(birth + number):
            yield Hit(match.start("all"), match.end("all"), kind)
    for match in _WRITTEN.finditer(text):
        day, number = _only_digits(match["birth"] or match["whole"]), _only_digits(match["number"])
        kind = _kind(day[:-6], day[-6:])
        if kind is not None and not _is_of_time(day, number, is_whole=bool(match["whole"])):
            yield Hit(match.start(), match.end(), kind)


def _is_of_time(day: str, number: str, *, is_whole: bool) -> bool:
    """Tell of a span of days (260810–0821) or a day and its hour in one (202611051430)."""
    if is_whole:
        return _CLOCK.fullmatch(number) is not None
    return len(day) == 6 and number > day[2:] and _kind("", day[:2] + number) is not None


def _only_digits(text: str) -> str:
    return "".join(str(int(character)) for character in text if character.isdecimal())


def _kind(century: str, birth: str) -> HitKind | None:
    year, month, day = int(birth[:2]), int(birth[2:4]), int(birth[4:])
    if century and century not in ("18", "19", "20"):
        return None
    full_year = int(century) * 100 + year if century else 2000 + year
    is_coordination = day > 60
    try:
        date(full_year, month, day - 60 if is_coordination else day)
    except ValueError:
        return None
    return HitKind.COORDINATION_NUMBER if is_coordination else HitKind.PERSONAL_NUMBER


def _has_check_digit(ten_digits: str) -> bool:
    total = 0
    for place, character in enumerate(ten_digits):
        product = int(character) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return total % 10 == 0
