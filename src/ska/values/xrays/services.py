"""What people do with findings: close one as a known false alarm, and open it again."""

from __future__ import annotations

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
    alarm = FalseAlarm(
        organizer_id=organizer.id,
        finding=key,
        rule=found.rule_id,
        reason=form.reason,
        person_name=actor.name,
    )
    session.add(alarm)
    session.flush()
    record(session, actor, act="xray.close", thing=alarm, details={"rule": found.rule_id})
    return alarm


def open_finding(session: Session, actor: Actor, *, alarm: FalseAlarm) -> None:
    """Let a closed finding be seen again."""
    actor.must(Right.IMPORT_VALUES, alarm.organizer_id)
    record(session, actor, act="xray.open", thing=alarm, details={"rule": alarm.rule})
    session.execute(
        delete(FalseAlarm).where(
            FalseAlarm.organizer_id == alarm.organizer_id, FalseAlarm.id == alarm.id
        )
    )
    session.flush()
