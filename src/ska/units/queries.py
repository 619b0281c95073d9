"""Reading a unit with what stands on it: what its end would mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import ROLE_NAMES, Actor, Right, Role, visible
from ska.accounts.queries import posts_at
from ska.actions.models import Action
from ska.actions.rules import OVER
from ska.analyses.models import Analysis
from ska.analyses.rules import State
from ska.db.gather import gather
from ska.errors import Missing
from ska.organizers.models import SchoolUnit, UnitSchoolType
from ska.organizers.queries import unit_by_slug


@dataclass(frozen=True)
class Post:
    """Someone who has a role in the unit, now or later."""

    person_id: UUID
    name: str
    role: str
    valid_to: date | None


@dataclass(frozen=True)
class Standing:
    """A unit, for reading, and what is not finished on it."""

    unit: SchoolUnit
    analyses: Sequence[Analysis]
    actions: Sequence[Action]
    posts: Sequence[Post]

    def posts_after(self, day: date) -> list[Post]:
        """Return the roles that go on when the unit has ended."""
        return [one for one in self.posts if one.valid_to is None or one.valid_to > day]


def standing_of(
    session: Session, actor: Actor, organizer_id: UUID, slug: str, today: date
) -> Standing:
    """Return a unit with its open analyses and insatser, and to those who manage units its roles.

    Raises Missing when this person does not see the unit.
    """
    wanted = visible(SchoolUnit, actor).where(
        SchoolUnit.organizer_id == organizer_id, SchoolUnit.slug == slug
    )
    of_unit = wanted.with_only_columns(SchoolUnit.id).scalar_subquery()
    found = gather(
        session,
        [
            wanted,
            visible(UnitSchoolType, actor).where(UnitSchoolType.unit_id == of_unit),
            visible(Analysis, actor).where(
                Analysis.unit_id == of_unit, Analysis.state != State.ESTABLISHED
            ),
            visible(Action, actor).where(Action.unit_id == of_unit, Action.state.not_in(OVER)),
        ],
    )
    if not found.of(SchoolUnit):
        raise Missing
    found.hang(SchoolUnit, "school_types", UnitSchoolType, "unit_id", order="school_type")
    unit = found.of(SchoolUnit)[0]
    may_manage = actor.may_for(Right.MANAGE_UNITS, organizer_id, unit.id)
    rows = posts_at(session, actor, organizer_id, unit.id, today) if may_manage else ()
    return Standing(unit, found.of(Analysis), found.of(Action), [_post(row) for row in rows])


def _post(row: Any) -> Post:
    role = ("tf " if row.acting else "") + ROLE_NAMES[Role(row.role)]
    return Post(row.person_id, row.name, role, row.valid_to)


def unit_to_change(session: Session, actor: Actor, organizer_id: UUID, slug: str) -> SchoolUnit:
    """Return a unit to act on; raise Missing when this person does not see it."""
    unit = unit_by_slug(session, actor, organizer_id, slug)
    if unit is None:
        raise Missing
    return unit
