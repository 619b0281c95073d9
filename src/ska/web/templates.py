"""The template environment: Swedish formats as filters, our files as addresses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ska import __version__
from ska.core import swedish
from ska.core.text import _
from ska.settings import bundled
from ska.web import statics


def _date(value: date | datetime | None) -> str:
    return "" if value is None else swedish.format_date(_day(value))


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def make_environment() -> Environment:
    """Return the environment of all pages: escaping always on, undefined names are errors."""
    environment = Environment(
        loader=FileSystemLoader(bundled("frontend") / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    globals_: dict[str, Any] = {"_": _, "statics": statics.address, "version": __version__}
    environment.globals.update(globals_)
    environment.filters.update(
        number=swedish.format_number,
        percent=swedish.format_percent,
        date=_date,
        date_short=lambda value: "" if value is None else swedish.format_date_short(_day(value)),
        iso=lambda value: "" if value is None else value.isoformat(),
    )
    return environment
