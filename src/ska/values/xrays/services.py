"""What people do with findings: close one as a known false alarm, and open it again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.errors import Conflict
from ska.organizers.models import Organizer
from ska.values.forms import AlarmForm
from ska.values.xrays.models import FalseAlarm
from ska.values.xrays.queries import Xray


def close_finding(
    session: Session, actor: Actor, organizer: Organizer, *, xray: Xray, key: str, form: AlarmForm
) -> FalseAlarm:
    """Close a finding of today with a reason; it comes back when its content changes."""
    actor.must(Right.IMPORT_VALUES, organizer.id)
    found = next((one for one in xray.open if one.key == key), None)
    if found is None:
        raise Conflict("Fyndet finns inte längre eller är redan stängt.")
    known = Known(organizer.id, key, found.rule_id, form.reason)
    return note_known(session, actor, known, act="xray.close")


def open_finding(session: Session, actor: Actor, *, alarm: FalseAlarm) -> None:
    """Let a closed finding be seen again."""
    actor.must(Right.IMPORT_VALUES, alarm.organizer_id)
    forget_known(session, actor, alarm, act="xray.open")


@dataclass(frozen=True)
class Known:
    """A finding that someone has explained: its name, its rule and the reason."""

    organizer_id: UUID
    key: str
    rule: str
    reason: str


def note_known(session: Session, actor: Actor, known: Known, *, act: str) -> FalseAlarm:
    """Keep that a finding is known; whoever calls has asked who may."""
    alarm = FalseAlarm(
        organizer_id=known.organizer_id,
        finding=known.key,
        rule=known.rule,
        reason=known.reason,
        person_name=actor.name,
    )
    session.add(alarm)
    session.flush()
    record(session, actor, act=act, thing=alarm, details={"rule": known.rule})
    return alarm


def forget_known(session: Session, actor: Actor, alarm: FalseAlarm, *, act: str) -> None:
    """Forget that a finding is known; whoever calls has asked who may."""
    record(session, actor, act=act, thing=alarm, details={"rule": alarm.rule})
    session.execute(
        delete(FalseAlarm).where(
            FalseAlarm.organizer_id == alarm.organizer_id, FalseAlarm.id == alarm.id
        )
    )
    session.flush()
