"""Field types for forms: what a person writes, checked, with a Swedish sentence when it is off."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from ska.core.swedish import STOCKHOLM, parse_date

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


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


def Required(missing: str, limit: int = 4000) -> BeforeValidator:  # noqa: N802  # reads as a type's part
    """Return the check of a text that must be filled in; *missing* says what to write."""

    def check(value: Any) -> str:
        text = _clean(value)
        if not text:
            raise ValueError(missing)
        return _within(text, limit)

    return BeforeValidator(check)


def Optional(limit: int = 4000) -> BeforeValidator:  # noqa: N802
    """Return the check of a text that may be left empty."""
    return BeforeValidator(lambda value: _within(_clean(value), limit))


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise ValueError(f"Texten får vara högst {limit} tecken (du har {len(text)}).")
    return text


def Choice(kind: type[StrEnum], missing: str, *, optional: bool = False) -> BeforeValidator:  # noqa: N802
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


def Reference(missing: str = "") -> BeforeValidator:  # noqa: N802
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


def Day(missing: str = "") -> BeforeValidator:  # noqa: N802
    """Return the check of a date as people type it; without *missing* it may be left out.

    A date without a year is the nearest one to the day it is typed.
    """

    def check(value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = _clean(value)
        if text:
            return parse_date(text, datetime.now(STOCKHOLM).date())
        if missing:
            raise ValueError(missing)
        return None

    return BeforeValidator(check)


def _ticked(value: Any) -> bool:
    return str(value).lower() in {"1", "true", "on", "ja"}


Tick = Annotated[bool, BeforeValidator(_ticked)]
