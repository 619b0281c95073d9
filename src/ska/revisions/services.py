"""Writing revision letters: a notice and a mail for each who answers for evidence that has moved.

Nobody asks for it: the scheduler does, one huvudman and one transaction at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ska.access import RIGHTS, Right, Role
from ska.analyses.rules import Level
from ska.core.ids import new_id
from ska.core.school_year import SchoolYear
from ska.cycle.queries import holders_on
from ska.cycle.rules import Holder, receivers_of
from ska.notices import services as notices
from ska.notices.rules import Letter, NoticeKind
from ska.organizers.models import Organizer
from ska.reminders.services import clockwork
from ska.revisions.models import RevisionLetter
from ska.revisions.queries import MovedPin, untold_changes
from ska.revisions.rules import Touched, headline, letter

# Who answers for an analysis: the holder of the rektor role of the unit, else for the whole.
RESPONSIBLE = {Level.UNIT: Role.PRINCIPAL, Level.ORGANIZER: Role.QUALITY_LEAD}
READ_IN = "De kom med en ny inläsning."
TAKEN_BACK = "En inläsning har tagits tillbaka."


@dataclass(frozen=True)
class _Desk:
    """What all letters of one huvudman and moment share."""

    organizer: Organizer
    holders: Sequence[Holder]
    now: datetime
    address: str


def write_letters(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> int:
    """Tell of every change not yet told, once for each person and change; return how many letters.

    Runs inside the huvudman's scope. A change that nobody can be told of waits until someone can.
    """
    actor = clockwork(organizer_id)
    changes = untold_changes(session, actor, organizer_id)
    if not changes:
        return 0
    holders = [
        one
        for one in holders_on(session, organizer_id, now.date())
        if Right.READ in RIGHTS[Role(one.role)]
    ]
    desk = _Desk(session.get_one(Organizer, organizer_id), holders, now, address)
    return sum(_tell(session, desk, moved) for moved in changes.values())


def _tell(session: Session, desk: _Desk, moved: Sequence[MovedPin]) -> int:
    letters = _by_person(desk, moved)
    if not letters or not _remembered(session, desk, moved, letters):
        return 0
    written = [_letter(desk, one, touched, moved[0]) for one, touched in letters.items()]
    actor = clockwork(desk.organizer.id)
    kind = NoticeKind.REVISION
    notices.write_letters(session, actor, desk.organizer.id, kind, written, now=desk.now)
    return len(letters)


def _by_person(desk: _Desk, moved: Sequence[MovedPin]) -> dict[Holder, list[Touched]]:
    """Return each person's analyses; someone with two roles gets one letter."""
    by_analysis: dict[UUID, list[MovedPin]] = defaultdict(list)
    for one in moved:
        by_analysis[one.analysis.analysis_id].append(one)
    letters: dict[UUID, tuple[Holder, list[Touched]]] = {}
    for pins in by_analysis.values():
        analysis = pins[0].analysis
        role = RESPONSIBLE[Level(analysis.level)]
        touched = _touched(desk, analysis, pins)
        for person in receivers_of(role, analysis.unit_id, desk.holders):
            letters.setdefault(person.person_id, (person, []))[1].append(touched)
    return dict(letters.values())


def _touched(desk: _Desk, analysis: Any, pins: Sequence[MovedPin]) -> Touched:
    path = f"/{desk.organizer.slug}/{SchoolYear(analysis.year).slug}/analyser/"
    moved = tuple(dict.fromkeys(one.moved for one in pins))
    return Touched(analysis.title, f"{desk.address}{path}{analysis.analysis_id}#underlag", moved)


def _remembered(
    session: Session,
    desk: _Desk,
    moved: Sequence[MovedPin],
    letters: Mapping[Holder, Sequence[Touched]],
) -> bool:
    """Write the change down as told; False when another clock was quicker."""
    change = moved[0].change
    row = {
        "id": new_id(),
        "organizer_id": desk.organizer.id,
        "changed_at": change.changed_at,
        "import_id": change.import_id,
        "values": len({one.change.was_id for one in moved}),
        "analyses": len({one.analysis.analysis_id for one in moved}),
        "receivers": [person.name for person in letters],
    }
    added = session.scalars(
        insert(RevisionLetter).values(row).on_conflict_do_nothing().returning(RevisionLetter.id)
    )
    return bool(added.all())


def _letter(desk: _Desk, person: Holder, touched: Sequence[Touched], first: MovedPin) -> Letter:
    lines = [moved.line for one in touched for moved in one.moved]
    more = f" Och {len(lines) - 3} till." if len(lines) > 3 else ""
    title = headline(touched)
    body = letter(
        touched,
        name=person.name,
        organizer=desk.organizer.name,
        cause=READ_IN if first.change.import_id else TAKEN_BACK,
        settings_href=f"{desk.address}/{desk.organizer.slug}/notiser/installningar",
    )
    return Letter(
        person.person_id,
        person.email,
        f"revision:{first.change.changed_at.isoformat()}:{person.person_id}",
        title,
        ". ".join(lines[:3]) + "." + more,
        touched[0].href.removeprefix(desk.address),
        body,
        subject=f"{title} ({desk.organizer.name})",
    )
