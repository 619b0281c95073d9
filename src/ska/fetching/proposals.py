"""Labels ``Delmål N: …`` of the national tables that no edition of the framework knows yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.core.text import _
from ska.errors import Conflict
from ska.fetching.models import Fetch
from ska.framework import queries
from ska.framework import services as framework
from ska.framework.forms import Better, LocalIndicatorForm, TieForm
from ska.framework.models import FrameworkItem
from ska.values.importers.ufa import unit_of_label

_SUB_GOAL = re.compile(r"Delmål\s+(\d+):\s*(\S.*)")


def sub_goal_of(label: str) -> tuple[int, str] | None:
    """Return the number and the words of a label that names a delmål."""
    found = _SUB_GOAL.fullmatch(label.strip())
    return (int(found[1]), found[2]) if found else None


def fresh_labels(connection: Connection, labels: Iterable[str]) -> list[str]:
    """Return the labels that name a delmål and stand in no edition, once each, in order."""
    known = {
        _bare(label)
        for label in connection.scalars(
            select(FrameworkItem.published_label).where(FrameworkItem.published_label.is_not(None))
        )
        if label
    }
    named = [label for label in labels if sub_goal_of(label)]
    return [label for label in dict.fromkeys(named) if _bare(label) not in known]


def waiting(session: Session, actor: Actor, organizer_id: UUID) -> list[str]:
    """Return the proposals of the newest fetch that the huvudman has not taken up yet."""
    newest = session.scalar(
        visible(Fetch, actor)
        .where(Fetch.organizer_id == organizer_id, Fetch.finished_at.is_not(None))
        .order_by(Fetch.finished_at.desc())
        .limit(1)
    )
    proposed = (newest.account or {}).get("proposals") or [] if newest else []
    taken = {one.name for one in queries.local_indicators(session, actor, organizer_id)}
    return [label for label in proposed if _name(label) not in taken]


def accept(session: Session, actor: Actor, *, organizer_id: UUID, labels: Iterable[str]) -> int:
    """Make the chosen proposals indicators of the huvudman's own, tied to their delmål.

    An edition is never changed: until the next one holds the measure, it is the huvudman's own
    indicator, with the table's label as its definition and the table's values as its own. Return
    how many were new.
    """
    actor.must(Right.EDIT_FRAMEWORK, organizer_id)
    chosen = set(labels)
    edition = queries.current_system(session)
    added = 0
    for label in waiting(session, actor, organizer_id):
        found = sub_goal_of(label)
        if label not in chosen or found is None:
            continue
        try:
            indicator = framework.add_local_indicator(
                session,
                actor,
                organizer_id=organizer_id,
                form=_form(label),
                published_label=label,
            )
        except Conflict:  # two people accepted at the same time
            continue
        item = _sub_goal(session, edition.id if edition else "", found[0])
        if item is not None:
            reason = _("Skolverkets tabell för måttet till delmål {n}.").format(n=found[0])
            framework.tie(session, actor, to=indicator, form=TieForm(item_id=item, reason=reason))
        added += 1
    return added


def _name(label: str) -> str:
    found = sub_goal_of(label)
    return (found[1] if found else label).rstrip("* ")[:160]


def _form(label: str) -> LocalIndicatorForm:
    return LocalIndicatorForm(
        name=_name(label),
        unit=unit_of_label(label) or _("antal"),
        better=Better.NEUTRAL,
        definition=_("Måttet ”{label}” i Skolverkets tabell.").format(label=label),
        caution=_("Måttet är hämtat ur tabellen. Läs Skolverkets definition innan ni tolkar det."),
        smallest_group=10,
        local_goal_id=None,
        retired_on=None,
    )


def _sub_goal(session: Session, edition_id: str, number: int) -> str | None:
    return session.scalar(
        select(FrameworkItem.id)
        .where(
            FrameworkItem.edition_id == edition_id,
            FrameworkItem.kind == "sub_goal",
            FrameworkItem.number == number,
            FrameworkItem.school_types.contains(["compulsory_school"]),
        )
        .limit(1)
    )


def _bare(label: str) -> str:
    return re.sub(r"\s+", " ", label).rstrip("* ").casefold()
