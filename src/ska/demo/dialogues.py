"""Seed the demo's dialogues, from their opening to what was agreed, needed and answered."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.analyses.models import DevelopmentArea
from ska.core.school_year import SchoolYear
from ska.demo.chain import Acting
from ska.demo.definitions import AgreedSeed, DialogueSeed, NationalSeed, NeedSeed, OrganizerSeed
from ska.dialogues import forms
from ska.dialogues.models import ResultsDialogue
from ska.dialogues.queries.decisions import decision_view
from ska.dialogues.queries.national import national_view
from ska.dialogues.queries.results import dialogue_view
from ska.dialogues.rules import contents, results
from ska.dialogues.services import common
from ska.dialogues.services import national as nationals
from ska.dialogues.services import results as dialogues
from ska.dialogues.services.decisions import write_decision
from ska.organizers.dependencies import Place
from ska.organizers.models import Organizer, SchoolUnit
from ska.writing.queries import texts_of
from ska.writing.rules import Draft
from ska.writing.services import write_text

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(13, 7), STOCKHOLM)


def seed_dialogues(
    session: Session,
    organizer: Organizer,
    seed: OrganizerSeed,
    units: dict[str, SchoolUnit],
    acting: Acting,
) -> None:
    """Hold a huvudman's resultatdialoger and prepare its kvalitetsdialog with the state."""
    for dialogue in seed.dialogues:
        _dialogue(session, organizer, dialogue, units, acting)
    if seed.national is not None:
        _national(session, organizer, seed.national, acting)


def _dialogue(
    session: Session,
    organizer: Organizer,
    seed: DialogueSeed,
    units: dict[str, SchoolUnit],
    acting: Acting,
) -> None:
    """Hold one resultatdialog as its people would."""
    actor, day = acting(seed.opened_by), seed.held_on
    form = forms.DialogueForm(unit_id=units[seed.unit].id, held_on=day)
    dialogue = dialogues.open_dialogue(
        session, actor, organizer_id=organizer.id, form=form, today=day
    )
    meeting = forms.MeetingForm(held_on=day, took_part=seed.took_part)
    common.say_meeting(session, actor, dialogue=dialogue, form=meeting)
    _write(session, actor, (results.KIND, dialogue.id), seed.notes, day)
    for agreed in seed.agreed:
        said = _agreed(session, agreed)
        common.agree(session, actor, dialogue=dialogue, form=said, today=day)
    for need in seed.needs:
        _need(session, dialogue, need, acting, actor)
    if seed.closed_by is not None:
        closer = acting(seed.closed_by)
        place = Place(organizer, SchoolYear.containing(day), day)
        content = dialogue_view(session, closer, place, dialogue.id, day).prepared
        common.close(session, closer, dialogue=dialogue, content=content, now=_moment(day))


def _write(
    session: Session, actor: Actor, subject: tuple[str, UUID], notes: dict[str, str], day: date
) -> None:
    written = texts_of(session, actor, *subject)
    for key, words in notes.items():
        draft = Draft(words.strip(), written[key].version)
        write_text(session, actor, text=written[key], draft=draft, now=_moment(day))


def _agreed(session: Session, seed: AgreedSeed) -> forms.AgreementForm:
    area = session.scalars(
        select(DevelopmentArea.id).where(DevelopmentArea.title == seed.ground)
    ).one()
    said = {**seed.model_dump(exclude={"ground"}), "ground": str(area)}
    return forms.AgreementForm.model_validate(said)


def _need(
    session: Session, dialogue: ResultsDialogue, seed: NeedSeed, acting: Acting, actor: Actor
) -> None:
    form = forms.NeedForm(need=seed.text, answer_by=None)
    need = dialogues.tell_need(session, actor, dialogue=dialogue, form=form)
    if seed.decided is not None:
        said = forms.BoardDecisionForm.model_validate({**seed.decided, "concerns": str(need.id)})
        owner = need.organizer_id
        view = decision_view(session, actor, owner)
        write_decision(session, actor, organizer_id=owner, form=said, view=view)
    if seed.answer is not None:
        dialogues.answer_need(
            session,
            acting(seed.answered_by),
            need=need,
            form=forms.NeedAnswerForm.model_validate(seed.answer),
            now=_moment(dialogue.held_on),
        )


def _national(session: Session, organizer: Organizer, seed: NationalSeed, acting: Acting) -> None:
    """Prepare the state's kvalitetsdialog: the day, own texts, and each voice's answer."""
    actor = acting(seed.opened_by)
    form = forms.MeetingForm(held_on=seed.held_on, took_part=seed.took_part)
    dialogue = nationals.open_national(session, actor, organizer_id=organizer.id, form=form)
    _write(session, actor, (contents.KIND, dialogue.id), seed.notes, seed.written_on)
    place = Place(organizer, SchoolYear.containing(seed.written_on), seed.written_on)
    factors = national_view(session, actor, place, seed.written_on).factors
    for said in seed.assessments:
        answer = {name: value for name, value in said.items() if name != "by"}
        for factor in factors:
            form_ = forms.AssessmentForm.model_validate({**answer, "factor": factor.code})
            nationals.assess(
                session, acting(said["by"]), dialogue=dialogue, form=form_, unit_id=None
            )
