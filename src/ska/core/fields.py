"""Field types for forms: what a person writes, checked, with a Swedish sentence when it is off."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationInfo,
    field_validator,
    model_validator,
)

from ska.core.personal_data import find_personal_data
from ska.core.swedish import format_number, parse_date, parse_number

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

_NO_DAY = date(1000, 7, 1)
_SKY = 1e9


class Written(BaseModel):
    """What a person wrote in a form or a program sent; a field left out counts as empty."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _left_out_is_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        empty = {name: "" for name, field in cls.model_fields.items() if field.is_required()}
        return {**empty, **data}


def _clean(value: Any) -> str:
    text = "" if value is None else str(value)
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def Required(missing: str, limit: int = 4000) -> BeforeValidator:
    """Return the check of a text that must be filled in; *missing* says what to write."""

    def check(value: Any) -> str:
        text = _clean(value)
        if not text:
            raise ValueError(missing)
        return _within(text, limit)

    return BeforeValidator(check)


def Optional(limit: int = 4000) -> BeforeValidator:
    """Return the check of a text that may be left empty."""
    return BeforeValidator(lambda value: _within(_clean(value), limit))


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise ValueError(f"Texten får vara högst {limit} tecken (du har {len(text)}).")
    return text


def Choice(kind: type[StrEnum], missing: str, *, optional: bool = False) -> BeforeValidator:
    """Return the check of a choice among the members of *kind*; empty is None when optional."""

    def check(value: Any) -> StrEnum | None:
        text = _clean(value)
        if not text and optional:
            return None
        try:
            return kind(text)
        except ValueError:
            raise ValueError(missing) from None

    return BeforeValidator(check)


def Reference(missing: str = "") -> BeforeValidator:
    """Return the check of a chosen thing's id; without *missing* it may be left out."""

    def check(value: Any) -> UUID | None:
        text = _clean(value)
        if not text:
            if missing:
                raise ValueError(missing)
            return None
        try:
            return UUID(text)
        except ValueError:
            raise ValueError(missing or "Välj något i listan.") from None

    return BeforeValidator(check)


def Day(missing: str = "") -> BeforeValidator:
    """Return the check of a date; without *missing* it may be left out.

    A date without a year is the nearest to the day of ``context={"today": …}``; without that
    context the year must be written.
    """

    def check(value: Any, info: ValidationInfo) -> date | None:
        if isinstance(value, date):
            return value
        text = _clean(value)
        if not text:
            if missing:
                raise ValueError(missing)
            return None
        today = (info.context or {}).get("today")
        day = parse_date(text, today or _NO_DAY)
        if today is None and abs(day.year - _NO_DAY.year) <= 1:
            raise ValueError("Skriv datumet med år, till exempel 2026-11-05.")
        return day

    return BeforeValidator(check)


def Amount(missing: str = "", *, low: float = 0, high: float = _SKY) -> BeforeValidator:
    """Return the check of a number between *low* and *high*, as people write numbers."""
    wrong = f"Ange ett tal{_within_bounds(low, high)}, till exempel 91,1."

    def check(value: Any) -> Decimal | None:
        text = _clean(value)
        if not text:
            if missing:
                raise ValueError(missing)
            return None
        try:
            number = parse_number(text)
        except ValueError:
            raise ValueError(wrong) from None
        if not low <= number <= high:
            raise ValueError(wrong)
        return number

    return BeforeValidator(check)


def _within_bounds(low: float, high: float) -> str:
    """Return the bounds in words; those that nobody meets are not told."""
    if high < _SKY:
        return f" mellan {format_number(low)} och {format_number(high)}"
    return f" från {format_number(low)} och uppåt" if low > -_SKY / 1000 else ""


def Count(missing: str = "", *, low: int = 0, high: int = 10_000_000) -> BeforeValidator:
    """Return the check of a whole number between *low* and *high*."""
    wrong = f"Ange ett heltal från {low} och uppåt."
    amount = Amount(missing, low=low, high=high)

    def check(value: Any) -> int | None:
        try:
            number: Decimal | None = amount.func(value)  # type: ignore[call-arg]  # our own check takes one
        except ValueError as error:
            raise ValueError(missing if not _clean(value) else wrong) from error
        if number is None:
            return None
        if number != int(number):
            raise ValueError(wrong)
        return int(number)

    return BeforeValidator(check)


def _ticked(value: Any) -> bool:
    return str(value).lower() in {"1", "true", "on", "ja"}


Tick = Annotated[bool, BeforeValidator(_ticked)]


class FreeText(Written):
    """A form with free text: guarded against what could point out one person.

    The writer may say that a hit is not personal data; the service then notes that in the audit.
    """

    not_personal_data: Tick = False

    @field_validator("*")
    @classmethod
    def _guard(cls, value: Any, info: ValidationInfo) -> Any:
        if type(value) is str and not info.data.get("not_personal_data"):
            hits = find_personal_data(value)
            if hits:
                raise ValueError(hits[0].sentence)
        return value
