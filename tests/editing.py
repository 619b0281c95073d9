"""Writing in an analysis: who writes, what a form of a section sends, and what is kept of it."""

from __future__ import annotations

from typing import Any

from tests.factories.accounts import PersonFactory, RoleAssignmentFactory

from ska.access import Role
from ska.accounts.models import Person
from ska.organizers.models import Organizer
from ska.writing.models import WrittenText
from ska.writing.rules import digest

YEAR = "/ekhult/2026-27/analyser"


def person_of(organizer: Organizer, role: Role = Role.QUALITY_LEAD, name: str = "Kim Ek") -> Person:
    """Return someone who holds *role* there."""
    person: Person = PersonFactory(name=name)
    RoleAssignmentFactory(person=person, organizer=organizer, role=role)
    return person


def form_of(
    text: str, *, version: int = 0, was: str = "", key: str = "causes", **more: str
) -> dict[str, Any]:
    """Return what the form of a section sends: its text, and what it was written upon."""
    return {f"text_{key}": text, f"version_{key}": version, f"was_{key}": digest(was)} | more


def text_in(db: Any, key: str = "causes") -> WrittenText:
    """Return the section as it is kept."""
    with db.as_owner() as session:
        kept: WrittenText = session.query(WrittenText).filter_by(key=key).one()
        return kept
