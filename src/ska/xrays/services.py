"""What people do with findings: close one as known, and open it again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.errors import Conflict, Missing
from ska.organizers.models import Organizer
from ska.values.xrays.models import FalseAlarm
from ska.values.xrays.services import Known, forget_known, note_known
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
    known = Known(organizer.id, key, found.rule.id, form.reason)
    return note_known(session, actor, known, act="work_xray.close")


def open_finding(
    session: Session, actor: Actor, organizer: Organizer, *, xray: WorkXray, key: str
) -> None:
    """Let a closed finding be seen again; raise Missing when it is not closed."""
    found = next(((one, alarm) for one, alarm in xray.closed if one.key == key), None)
    if found is None:
        raise Missing
    one, alarm = found
    actor.must(Right.ANALYSE, organizer.id, one.hit.unit_id)
    forget_known(session, actor, session.get_one(FalseAlarm, alarm.id), act="work_xray.open")
