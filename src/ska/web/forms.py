"""From what was written to a checked form, with every entered value kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body
from pydantic import BaseModel, ValidationError

from ska.errors import SkaError
from ska.web.cookies import FIELD

F = TypeVar("F", bound=BaseModel)
_PREFIX = "Value error, "


@dataclass
class Form(Generic[F]):
    """A form as the reader left it: *value* when it is right, else *errors* by field."""

    value: F | None = None
    raw: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def add_error(self, name: str, sentence: str) -> None:
        """Note an error that only a service could find."""
        self.errors[name] = sentence
        self.value = None

    def refuse(self, refused: SkaError, field: str) -> None:
        """Note what a service refused beside its fields, or beside *field* when it names none."""
        for name, sentence in (getattr(refused, "fields", None) or {field: refused.detail}).items():
            self.add_error(name, sentence)


def sentence_of(error: Mapping[str, Any]) -> str:
    """Return a checked field's error as the sentence that we wrote for it."""
    message = str(error.get("msg") or error.get("message") or "")
    if message.startswith(_PREFIX):
        return message.removeprefix(_PREFIX)
    if error.get("type") == "extra_forbidden" or "Extra inputs" in message:
        return "Fältet finns inte här."
    return "Kontrollera vad som står här."


def bind(model: type[F], data: Mapping[str, Any], *, today: date | None = None) -> Form[F]:
    """Return *data* checked by *model*, or with its errors and everything that was entered.

    With *today* dates may be written as people write them.
    """
    raw = {
        name: value
        for name, value in data.items()
        if name != FIELD and not isinstance(value, UploadFile)
    }
    try:
        return Form(value=model.model_validate(raw, context={"today": today}), raw=raw)
    except ValidationError as failure:
        errors = {
            ".".join(str(part) for part in error["loc"]) or "form": sentence_of(error)
            for error in failure.errors(include_url=False)
        }
        return Form(raw=raw, errors=errors)


def filled(model: BaseModel) -> Form[Any]:
    """Return a form that shows what *model* holds."""
    return Form(raw={name: _shown(value) for name, value in model.model_dump().items()})


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return str(value) if not isinstance(value, (list, bool)) else value


FORM_BODY = Body(media_type=RequestEncodingType.URL_ENCODED)
UPLOAD_BODY = Body(media_type=RequestEncodingType.MULTI_PART)
