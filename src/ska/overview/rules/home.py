"""What a person meets first: who they are here, what is theirs to do, where the year is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from ska.core.school_year import SchoolYear
from ska.core.swedish import count_words, format_date, join_words
from ska.core.text import _

MOST = 3
SOON = 30


class Kind(StrEnum):
    """What a row of the start page is about."""

    STEP = "step"
    DRAFT = "draft"
    FOLLOW_UP = "follow_up"
    HANDOVER = "handover"
    QUESTION = "question"
    NEW_ROLE = "new_role"
    UNIT = "unit"
    GUIDE = "guide"
    COUNT = "count"
    GROUP = "group"
    MEETING = "meeting"
    FOLLOWED = "followed"


@dataclass(frozen=True)
class HomeRow:
    """One row of the one statement behind the start page; *extra* depends on the kind."""

    kind: Kind
    id: UUID | None
    title: str
    day: date | None
    unit_id: UUID | None
    extra: str


@dataclass(frozen=True)
class Todo:
    """Something that waits for this person: verb first, with its day and its page."""

    verb: str
    text: str
    href: str
    due: str
    status: str
    is_late: bool


_VERBS = {
    Kind.STEP: _("Gör klart"),
    Kind.DRAFT: _("Fortsätt med"),
    Kind.FOLLOW_UP: _("Följ upp"),
    Kind.HANDOVER: _("Lämna över"),
    Kind.QUESTION: _("Svara på"),
    Kind.NEW_ROLE: _("Läs de första 30 dagarna på"),
}


def todo_list(
    rows: Sequence[HomeRow], today: date, *, path: str, year_path: str
) -> tuple[list[Todo], int]:
    """Return the most pressing things, late first, and how many there are in all.

    Whoever is new begins with the first thirty days. What has no day of its own comes after what
    is late; what is due later than soon is no thing to do now.
    """
    soon = today + timedelta(days=SOON)
    waiting = [row for row in rows if row.kind in _VERBS and (row.day is None or row.day <= soon)]

    def pressing(row: HomeRow) -> tuple[int, date, str]:
        if row.kind is Kind.NEW_ROLE:
            return -1, today, row.title
        if row.day is None:
            return 1, today, row.title
        return (0 if row.day < today else 2), row.day, row.title

    units = {row.id: row.title for row in rows if row.kind is Kind.UNIT}
    ordered = sorted(waiting, key=pressing)
    return [_todo(row, today, units, path, year_path) for row in ordered[:MOST]], len(waiting)


def _todo(
    row: HomeRow, today: date, units: dict[UUID | None, str], path: str, year_path: str
) -> Todo:
    places = {
        Kind.STEP: f"{year_path}/arshjul/steg/{row.id}",
        Kind.DRAFT: f"{path}/{_slug(row.extra)}/analyser/{row.id}",
        Kind.FOLLOW_UP: f"{path}/uppfoljningar/{row.id}",
        Kind.HANDOVER: f"{path}/enheter/{row.extra}/overlamning",
        Kind.QUESTION: f"{path}/enheter/{row.extra}/overlamning#fragor",
        Kind.NEW_ROLE: f"{path}/enheter/{row.extra}/overlamning#first",
    }
    unit = units.get(row.unit_id, "")
    text = f"{row.title}, {unit}" if unit and unit not in row.title else row.title
    is_late = row.day is not None and row.day < today
    status = _("Försenad") if is_late else _("Utkast") if row.kind is Kind.DRAFT else _("Planerad")
    return Todo(_VERBS[row.kind], text, places[row.kind], _due(row, today), status, is_late)


def _slug(year: str) -> str:
    return SchoolYear(int(year)).slug if year.isdigit() else ""


def _due(row: HomeRow, today: date) -> str:
    if row.day is None:
        return ""
    days = (today - row.day).days
    if days > 0:
        late = count_words(days, _("dag"), _("dagar"))
        return _("Skulle vara klar {day}, {late} sen").format(day=format_date(row.day), late=late)
    if days == 0:
        return _("Klar senast i dag")
    return _("Klar senast {day}").format(day=format_date(row.day))


def greeting(name: str, roles: Sequence[str], organizer: str, unit: str = "") -> str:
    """Return "Hej Anna. Du är kvalitetsutvecklare i Ekhult." for the one who has signed in."""
    hello = _("Hej {name}.").format(name=name.split(" ", maxsplit=1)[0])
    if not roles:
        return hello
    where = _("på {unit}").format(unit=unit) if unit else _("i {place}").format(place=organizer)
    return f"{hello} " + _("Du är {roles} {where}.").format(roles=join_words(roles), where=where)


_MONTHS = ["aug", "sep", "okt", "nov", "dec", "jan", "feb", "mars", "apr", "maj", "juni", "juli"]


@dataclass(frozen=True)
class YearNow:
    """Where the year is: the twelve months with today's marked, and the next deadline."""

    months: tuple[tuple[str, bool], ...]
    phase: str
    next_title: str
    next_due: str
    next_href: str


def year_now(
    rows: Sequence[HomeRow],
    today: date,
    year: SchoolYear,
    phases: dict[str, str],
    *,
    year_path: str,
) -> YearNow:
    """Return the strip of the year *year*; the phase is the next step's that is in *phases*.

    A wheel's own phases are headings, no questions that one stands before.
    """
    at = (today.month - 8) % 12 if today in year else -1
    months = tuple((name, index == at) for index, name in enumerate(_MONTHS))
    coming = [
        row for row in rows if row.kind is Kind.STEP and row.day is not None and row.day >= today
    ]
    if not coming:
        return YearNow(months, "", "", "", "")
    coming.sort(key=lambda row: (row.day or today, row.title))
    first = coming[0]
    due = format_date(first.day) if first.day else ""
    phase = next((phases[row.extra] for row in coming if row.extra in phases), "")
    return YearNow(months, phase, first.title, due, f"{year_path}/arshjul/steg/{first.id}")


@dataclass(frozen=True)
class GuideStep:
    """A step of "Kom igång"."""

    text: str
    href: str
    is_done: bool


def guide(
    rows: Sequence[HomeRow], *, has_values: bool, path: str, year_path: str
) -> list[GuideStep] | None:
    """Return the four first steps with what is done; none when all is, None when put away."""
    if any(row.kind is Kind.GUIDE for row in rows):
        return None
    counts = {row.title: int(row.extra) for row in rows if row.kind is Kind.COUNT}
    steps = [
        GuideStep(_("Se era resultat"), f"{path}/resultat", has_values),
        GuideStep(_("Skriv en analys"), f"{year_path}/analyser", counts.get("analyses", 0) > 0),
        GuideStep(_("Planera en insats"), f"{path}/insatser", counts.get("actions", 0) > 0),
        GuideStep(_("Be administratören bjuda in en kollega"), "", counts.get("people", 0) > 1),
    ]
    return [] if all(one.is_done for one in steps) else steps
