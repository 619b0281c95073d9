"""Reading questions: to whom one may be put, and those that are asked here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.core.text import _
from ska.db.gather import Gathered, gather
from ska.errors import Missing
from ska.organizers.groups import group_by_slug
from ska.organizers.models import Network, NetworkMember, Organizer
from ska.overview.queries.pages import units_to_choose
from ska.questions.models import AskedQuestion, GivenAnswer
from ska.sharing.queries import network_by_slug

UNITS, NETWORK, GROUP = "enheter", "natverk:", "rektorsgrupp:"


@dataclass(frozen=True)
class Receiver:
    """A unit or another huvudman that may be asked."""

    slug: str
    name: str
    organizer_id: UUID | None = None
    unit_id: UUID | None = None


@dataclass(frozen=True)
class Circle:
    """Among whom a comparison stands: own units, or a network that may have a joint question.

    *key* is the one of the comparison's address.
    """

    key: str
    name: str
    receivers: tuple[Receiver, ...]
    network_id: UUID | None = None


@dataclass(frozen=True)
class Asked:
    """A question with its answers, as this huvudman sees it."""

    row: AskedQuestion
    answers: tuple[GivenAnswer, ...]
    is_ours: bool
    may_answer: bool
    may_close: bool

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits."""
        return self.row.closed_at is None


def circle_of(session: Session, actor: Actor, organizer: Organizer, key: str) -> Circle:
    """Return who may be asked among *key*; raise Missing for a set that nobody is asked in.

    Nobody asks the unit that she leads herself.
    """
    if key == UNITS:
        return Circle(key, _("Våra enheter"), _units(session, actor, organizer))
    if key.startswith(GROUP):
        group = group_by_slug(session, actor, organizer.id, key.removeprefix(GROUP))
        if group.ended_at is not None:
            raise Missing
        ids = {one.unit_id for one in group.members}
        found = _units(session, actor, organizer)
        return Circle(key, group.name, tuple(one for one in found if one.unit_id in ids))
    if not key.startswith(NETWORK):
        raise Missing
    network, members = network_by_slug(session, organizer.id, key.removeprefix(NETWORK))
    if not any(one.id == organizer.id and one.since for one in members):
        raise Missing
    others = tuple(
        Receiver(one.slug, one.name, organizer_id=one.id)
        for one in members
        if one.since is not None and one.id != organizer.id
    )
    return Circle(key, network.name, others, network.id)


def _units(session: Session, actor: Actor, organizer: Organizer) -> tuple[Receiver, ...]:
    units = units_to_choose(session, actor, organizer.id)
    return tuple(
        Receiver(one.slug, one.name, unit_id=one.id)
        for one in units
        if not actor.leads(organizer.id, one.id)
    )


def asked_here(
    session: Session, actor: Actor, organizer_id: UUID, *, item: str = "", network: str = ""
) -> list[Asked]:
    """Return questions that this huvudman asked or is asked, those that wait first, newest first.

    For all, or for those about *item* in a *network*.
    """
    wanted = questions_here(actor, organizer_id, item=item, network=network)
    return as_seen(actor, organizer_id, gather(session, wanted))


def questions_here(
    actor: Actor, organizer_id: UUID, *, item: str = "", network: str = ""
) -> list[Select[Any]]:
    """Return the queries of questions and their answers, to be gathered with what else is read."""
    wanted = _here(actor, organizer_id)
    if item:
        of_network = select(Network.id).where(Network.slug == network).scalar_subquery()
        wanted = wanted.where(AskedQuestion.item == item, AskedQuestion.network_id == of_network)
    ids = wanted.with_only_columns(AskedQuestion.id)
    return [wanted, visible(GivenAnswer, actor).where(GivenAnswer.question_id.in_(ids))]


def as_seen(actor: Actor, organizer_id: UUID, found: Gathered) -> list[Asked]:
    """Return the questions that were gathered, as this huvudman and this person see them."""
    newest = found.of(AskedQuestion)[::-1]
    rows = [seen(actor, organizer_id, one, found.of(GivenAnswer)) for one in newest]
    return sorted(rows, key=lambda one: not one.is_open)


def question_by_id(session: Session, actor: Actor, organizer_id: UUID, question_id: UUID) -> Asked:
    """Return a question that is asked here; raise Missing for any other."""
    row = session.scalar(_here(actor, organizer_id).where(AskedQuestion.id == question_id))
    if row is None:
        raise Missing
    answers = session.scalars(
        visible(GivenAnswer, actor)
        .where(GivenAnswer.question_id == row.id)
        .order_by(GivenAnswer.id)
    ).all()
    return seen(actor, organizer_id, row, answers)


def seen(
    actor: Actor, organizer_id: UUID, row: AskedQuestion, answers: Sequence[GivenAnswer]
) -> Asked:
    """Return the question as this huvudman and this person see it."""
    mine = tuple(one for one in answers if one.question_id == row.id)
    is_ours = row.organizer_id == organizer_id
    answered = any(one.answerer_id == organizer_id for one in mine)
    may_write = actor.may(Right.ANALYSE, organizer_id)
    may_here = actor.may_for(Right.ANALYSE, organizer_id, row.unit_id) if row.unit_id else may_write
    put_to_us = row.unit_id is not None or row.is_joint or row.to_organizer_id == organizer_id
    is_open = row.closed_at is None
    return Asked(
        row, mine, is_ours,
        may_answer=is_open and put_to_us and not answered and may_here,
        may_close=is_open and is_ours and may_write,
    )  # fmt: skip


def _here(actor: Actor, organizer_id: UUID) -> Select[AskedQuestion]:
    ours = select(NetworkMember.network_id).where(
        NetworkMember.organizer_id == organizer_id, NetworkMember.is_member()
    )
    to_us = or_(
        AskedQuestion.to_organizer_id.is_(None), AskedQuestion.to_organizer_id == organizer_id
    )
    return visible(AskedQuestion, actor).where(
        or_(
            AskedQuestion.organizer_id == organizer_id,
            to_us & AskedQuestion.network_id.in_(ours),
        )
    )
