"""What people do with findings: close one as known, and open it again."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.errors import Conflict, Missing
from ska.organizers.models import Organizer
from ska.values.xrays.models import FalseAlarm
from ska.xrays.forms import KnownForm
from ska.xrays.queries import WorkXray


def close_finding(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    *,
    xray: WorkXray,
    key: str,
    form: KnownForm,
) -> FalseAlarm:
    """Close a finding of today with a reason; it comes back when what it saw changes.

    Raises Conflict when it is no longer open, NotAllowed without the right to write analyses there.
    """
    found = next((one for one in xray.open if one.key == key), None)
    if found is None:
        raise Conflict("Fyndet finns inte längre eller är redan stängt.")
    actor.must(Right.ANALYSE, organizer.id, found.hit.unit_id)
    alarm = FalseAlarm(
        organizer_id=organizer.id,
        finding=key,
        rule=found.rule.id,
        reason=form.reason,
        person_name=actor.name,
    )
    session.add(alarm)
    session.flush()
    record(session, actor, act="work_xray.close", thing=alarm, details={"rule": found.rule.id})
    return alarm


def open_finding(
    session: Session, actor: Actor, organizer: Organizer, *, xray: WorkXray, key: str
) -> None:
    """Let a closed finding be seen again; raise Missing when it is not closed."""
    found = next(((one, alarm) for one, alarm in xray.closed if one.key == key), None)
    if found is None:
        raise Missing
    one, alarm = found
    actor.must(Right.ANALYSE, organizer.id, one.hit.unit_id)
    row = session.get_one(FalseAlarm, alarm.id)
    record(session, actor, act="work_xray.open", thing=row, details={"rule": one.rule.id})
    _remove(session, organizer.id, alarm.id)


def _remove(session: Session, organizer_id: UUID, alarm_id: UUID) -> None:
    session.execute(
        delete(FalseAlarm).where(FalseAlarm.organizer_id == organizer_id, FalseAlarm.id == alarm_id)
    )
    session.flush()
