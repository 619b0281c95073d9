"""What people do from a comparison: let a network read an indicator, and renew the copy."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.comparisons.queries.rows import own_copy
from ska.organizers.models import Organizer
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import indicator_by_code
from ska.sharing import services as sharing
from ska.sharing.forms import ShareForm
from ska.sharing.models import ShareGrant

KIND = "indicator"


def share_indicator(
    session: Session,
    actor: Actor,
    *,
    organizer: Organizer,
    item: ItemRow,
    form: ShareForm,
    now: datetime,
) -> ShareGrant:
    """Publish a copy of the huvudman's own values of an indicator to a network.

    Only the huvudman as a whole, as the gate lets it out of the house. Raises what `share` raises.
    """
    return sharing.share(
        session,
        actor,
        organizer_id=organizer.id,
        item=sharing.Item(KIND, item.code, item.heading),
        rows=own_copy(session, actor, organizer, item),
        form=form,
        now=now,
    )


def renew_indicator(
    session: Session, actor: Actor, *, organizer: Organizer, grant: ShareGrant, now: datetime
) -> None:
    """Publish the values of today instead of the copy."""
    item = indicator_by_code(session, actor, organizer.id, grant.item)
    rows = own_copy(session, actor, organizer, item)
    sharing.renew_copy(session, actor, grant=grant, rows=rows, now=now)
