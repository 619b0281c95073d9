"""What the page before the state's kvalitetsdialog reads: four statements in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ska.access import Actor, visible
from ska.db.gather import Gathered, gather
from ska.dialogues.models import (
    Agreement,
    BoardDecision,
    DialoguePack,
    NationalQualityDialogue,
    SelfAssessment,
)
from ska.dialogues.queries.measured import lines_of
from ska.dialogues.rules.contents import KIND, Factor, GoalLines, Ground, National
from ska.dialogues.rules.national import national_of, principals_on
from ska.dialogues.rules.results import Agreed, Before, Choosable, whole_grounds_of
from ska.dialogues.rules.voices import Answer, Principals, Rating, Voice
from ska.errors import found
from ska.framework.models import LocalIndicator
from ska.framework.queries import ItemRow, items_in_force
from ska.framework.queries.choosing import own_indicators
from ska.handover.rules import Line
from ska.organizers.dependencies import Place
from ska.organizers.models import SchoolUnit, UnitSchoolType
from ska.overview.queries.items import ItemRow as Listed
from ska.overview.queries.pages import local_item
from ska.overview.queries.results import cards_of, grouped
from ska.values.levels.models import AcceptedShift
from ska.values.levels.queries import live_shifts, shift_of
from ska.writing.models import WrittenText
from ska.xrays.queries import everything
from ska.xrays.rules import Work

KINDS = ("objective", "sub_goal", "indicator", "success_factor")


@dataclass(frozen=True)
class NationalView:
    """The page before the state's kvalitetsdialog, with the dialogue that is open, if any."""

    dialogue: NationalQualityDialogue | None
    content: National
    texts: dict[str, WrittenText]
    agreements: Sequence[Agreement]
    earlier: Sequence[NationalQualityDialogue]
    grounds: Sequence[Choosable]
    factors: Sequence[Factor]
    principals: Principals
    held: Gathered

    def own(self, voice: Voice, unit_id: UUID | None) -> dict[str, SelfAssessment]:
        """Return what a voice, or the rektor of a unit, has answered, by factor."""
        return {
            one.factor: one
            for one in self.held.of(SelfAssessment)
            if one.voice == voice and one.unit_id == unit_id
        }


def national_view(session: Session, actor: Actor, place: Place, today: date) -> NationalView:
    """Return what is known before the state's dialogue, as far as the person may see."""
    held = _held(session, actor, place.organizer.id)
    dialogues = held.of(NationalQualityDialogue)
    dialogue = next((one for one in dialogues if one.is_open), None)
    closed = [one for one in dialogues if not one.is_open]
    things = everything(session, actor, place.organizer.id, today)
    things.pop("alarms")
    work = Work(today, **things)
    items = items_in_force(session, kinds=KINDS)
    system = next((one.edition_id for one in items if one.kind == "objective"), "")
    items = [one for one in items if one.edition_id == system]
    factors = [Factor(one.code, one.heading) for one in items if one.kind == "success_factor"]
    texts = {one.key: one for one in held.of(WrittenText) if dialogue and _is_of(one, dialogue)}
    ground = Ground(
        path=place.path,
        here=f"{place.path}/kvalitetsdialog/{dialogue.id}" if dialogue else "",
        types=[(one.school_type, one.unit_id) for one in _running(held)],
        goals=_goals(session, actor, place, held, items),
        factors=factors,
        answers=[_answer(one) for one in held.of(SelfAssessment)],
        texts={key: one.text for key, one in texts.items()},
        before=_before(held, closed),
        decided=_decided(held, place),
        held_on=dialogue.held_on if dialogue else None,
    )
    return NationalView(
        dialogue,
        national_of(work, ground),
        texts,
        [one for one in held.of(Agreement) if dialogue and one.national_id == dialogue.id],
        closed[::-1],
        whole_grounds_of(work),
        factors,
        principals_on(work, ground.held_on),
        held,
    )


def _is_of(text: WrittenText, dialogue: NationalQualityDialogue) -> bool:
    return text.subject_id == dialogue.id


def _held(session: Session, actor: Actor, organizer_id: UUID) -> Gathered:
    """Return what is kept of these dialogues.

    All self-assessments are read, also those of others: what is told of them is told together.
    """
    going_on = (
        _dialogues(actor, organizer_id)
        .where(NationalQualityDialogue.closed_at.is_(None))
        .with_only_columns(NationalQualityDialogue.id)
        .scalar_subquery()
    )
    return gather(
        session,
        [
            visible(SchoolUnit, actor).where(SchoolUnit.organizer_id == organizer_id),
            visible(UnitSchoolType, actor).where(UnitSchoolType.organizer_id == organizer_id),
            own_indicators(actor, organizer_id).where(LocalIndicator.retired_on.is_(None)),
            live_shifts(actor, organizer_id),
            _dialogues(actor, organizer_id),
            visible(BoardDecision, actor).where(BoardDecision.organizer_id == organizer_id),
            visible(Agreement, actor).where(
                Agreement.organizer_id == organizer_id, Agreement.national_id.is_not(None)
            ),
            select(SelfAssessment).where(
                SelfAssessment.organizer_id == organizer_id,
                SelfAssessment.national_id == going_on,
            ),
            visible(WrittenText, actor).where(
                WrittenText.organizer_id == organizer_id,
                WrittenText.subject_kind == KIND,
                WrittenText.subject_id == going_on,
            ),
        ],
    )


def _dialogues(actor: Actor, organizer_id: UUID) -> Select[NationalQualityDialogue]:
    table = NationalQualityDialogue
    return visible(table, actor).where(table.organizer_id == organizer_id)


def _running(held: Gathered) -> list[UnitSchoolType]:
    return [one for one in held.of(UnitSchoolType) if one.valid_to is None]


def _goals(
    session: Session, actor: Actor, place: Place, held: Gathered, items: list[ItemRow]
) -> list[GoalLines]:
    """Return the delmål of the skolformer that are run, with the huvudman's own values."""
    runs = {one.school_type for one in _running(held)}
    listed = [
        Listed(one.id, one.code, one.kind, one.heading, one.school_types, one.details)
        for one in items
    ]
    measures = [
        one
        for one in listed
        if one.kind == "indicator"
        and (not runs or not one.school_types or runs & {*one.school_types})
    ]
    measures += [local_item(one) for one in held.of(LocalIndicator)]
    shifts = [shift_of(one) for one in held.of(AcceptedShift)]
    cards = cards_of(session, actor, place.organizer, None, measures, shifts=shifts)
    return [
        GoalLines(
            group.heading,
            not group.is_official,
            lines_of(group.cards, f"{place.path}/resultat"),
            [one.name for one in group.cards if not one.has_value],
        )
        for group in grouped(listed, measures, cards)
    ]


def _decided(held: Gathered, place: Place) -> list[Line]:
    """Return what the nämnd has decided this läsår and the last, the latest first."""
    since = place.year.previous.first_day
    kept = [
        one for one in held.of(BoardDecision) if one.struck_at is None and one.decided_on >= since
    ]
    in_order = sorted(kept, key=lambda one: (one.decided_on, one.id), reverse=True)
    href = f"{place.path}/namndbeslut"
    return [
        Line(f"{one.registry_number}: {one.text}", href, one.concerns, one.decided_on)
        for one in in_order
    ]


def _answer(one: SelfAssessment) -> Answer:
    return Answer(
        Voice(one.voice), one.unit_id, one.factor, Rating(one.rating), one.ground, one.written_by
    )


def _before(held: Gathered, closed: Sequence[NationalQualityDialogue]) -> Before | None:
    if not closed:
        return None
    last = closed[-1]
    agreed = [
        Agreed(one.text, one.owner_role, one.due, one.action_id)
        for one in held.of(Agreement)
        if one.national_id == last.id
    ]
    return Before(last.held_on, last.took_part, agreed, ())


def national_by_id(
    session: Session, actor: Actor, organizer_id: UUID, national_id: UUID
) -> NationalQualityDialogue:
    """Return a dialogue to act on; raise Missing when it is not there for this person."""
    query = _dialogues(actor, organizer_id).where(NationalQualityDialogue.id == national_id)
    return found(session.scalar(query))


@dataclass(frozen=True)
class Version:
    """A kept version of the page: of which dialogue, when it was kept, and by whom."""

    id: UUID
    held_on: date
    kept_at: datetime
    kept_by: str


def versions_kept(session: Session, actor: Actor, organizer_id: UUID) -> list[Version]:
    """Return the kept versions of the page, the latest first."""
    rows = session.execute(
        _packs(actor, organizer_id)
        .join(NationalQualityDialogue, NationalQualityDialogue.id == DialoguePack.national_id)
        .with_only_columns(
            DialoguePack.id,
            NationalQualityDialogue.held_on,
            DialoguePack.kept_at,
            DialoguePack.kept_by,
        )
        .order_by(DialoguePack.id.desc())
    )
    return [Version(*row) for row in rows]


def pack_by_id(session: Session, actor: Actor, organizer_id: UUID, pack_id: UUID) -> DialoguePack:
    """Return a kept version of the page; raise Missing when it is not there for this person."""
    return found(session.scalar(_packs(actor, organizer_id).where(DialoguePack.id == pack_id)))


def _packs(actor: Actor, organizer_id: UUID) -> Select[DialoguePack]:
    return visible(DialoguePack, actor).where(
        DialoguePack.organizer_id == organizer_id, DialoguePack.national_id.is_not(None)
    )
