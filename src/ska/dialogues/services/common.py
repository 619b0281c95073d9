"""What is done in every dialogue: meet, agree, keep the page, close; and the audit line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from ska.access import Actor, Right, visible
from ska.actions import services as actions
from ska.actions.forms import ActionForm
from ska.actions.models import Action, Deficiency
from ska.actions.rules import ActionLevel, GovernanceLevel, Horizon
from ska.analyses.models import Analysis, DevelopmentArea
from ska.audit import record
from ska.core.fields import FreeText
from ska.core.text import _
from ska.db.session import lock
from ska.dialogues.forms import AgreementForm, MeetingForm
from ska.dialogues.models import Agreement, DialoguePack, NationalQualityDialogue, ResultsDialogue
from ska.dialogues.rules import contents, results
from ska.dialogues.rules.contents import National
from ska.dialogues.rules.results import Prepared
from ska.errors import Changed, Conflict, Invalid
from ska.writing.queries import texts_of
from ska.writing.services import freeze_texts

Dialogue = ResultsDialogue | NationalQualityDialogue


def word_of(dialogue: Dialogue) -> str:
    """Return the word of the dialogue's kind: in the audit, and before its id where it is told."""
    return "dialogue" if isinstance(dialogue, ResultsDialogue) else "national"


def _whose(dialogue: Dialogue) -> dict[str, UUID | None]:
    """Return the columns that tie a row to its dialogue; the state's is the whole huvudman's."""
    return {
        "organizer_id": dialogue.organizer_id,
        "unit_id": dialogue.unit_id if isinstance(dialogue, ResultsDialogue) else None,
        f"{word_of(dialogue)}_id": dialogue.id,
    }


def still_open(session: Session, actor: Actor, dialogue: Dialogue) -> None:
    """Insist that *actor* may act here and that it is open, and let nobody change it meanwhile."""
    actor.must(Right.PLAN_ACTIONS, dialogue.organizer_id, _whose(dialogue)["unit_id"])
    lock(session, dialogue)
    if not dialogue.is_open:
        raise Conflict(_("Dialogen är avslutad och ändras inte mer. Öppna en ny."))


def say_meeting(
    session: Session,
    actor: Actor,
    *,
    dialogue: Dialogue,
    form: MeetingForm,
    seen: str | None = None,
) -> None:
    """Say which day the dialogue is held and who takes part.

    Raises Changed when *seen* is given and what was said is no longer what the writer saw.
    """
    still_open(session, actor, dialogue)
    if seen is not None and seen != dialogue.print:
        raise Changed(_("Någon annan har ändrat dag eller deltagare medan du skrev."))
    dialogue.held_on, dialogue.took_part = form.held_on, form.took_part
    note(session, actor, f"{word_of(dialogue)}.meet", dialogue, form)


def agree(
    session: Session, actor: Actor, *, dialogue: Dialogue, form: AgreementForm, today: date
) -> Agreement:
    """Write down what was agreed and plan it as a draft insats, which is then gone on with.

    It is the unit's after a resultatdialog, the huvudman's after the state's kvalitetsdialog. It
    rests on an area or a brist, is followed up on its day, and comes into force as all others.
    """
    still_open(session, actor, dialogue)
    agreement = Agreement(
        **_whose(dialogue),
        text=form.text,
        owner_role=form.owner_role,
        due=form.due,
        written_by=actor.name,
    )
    agreement.action_id = _planned(session, actor, agreement, form.ground, today).id
    session.add(agreement)
    session.flush()
    note(session, actor, f"{word_of(dialogue)}.agree", agreement, form)
    return agreement


def keep(
    session: Session,
    actor: Actor,
    *,
    dialogue: Dialogue,
    content: Prepared | National,
    now: datetime,
) -> DialoguePack:
    """Keep the page as it is now; the version can be read, not changed."""
    pack = DialoguePack(
        **_whose(dialogue), kept_at=now, kept_by=actor.name, content=msgspec.to_builtins(content)
    )
    session.add(pack)
    session.flush()
    return pack


def close(
    session: Session,
    actor: Actor,
    *,
    dialogue: Dialogue,
    content: Prepared | National,
    now: datetime,
) -> None:
    """Close a dialogue: its notes and what it was prepared with are kept and change no more."""
    still_open(session, actor, dialogue)
    missing = {}
    if not dialogue.took_part:
        missing["took_part"] = _("Skriv vilka som deltog innan ni avslutar.")
    if dialogue.held_on > now.date():
        missing["held_on"] = _("Dialogen har inte varit än. Ändra dagen eller vänta.")
    if missing:
        raise Invalid(" ".join(missing.values()), missing)
    kind = results.KIND if isinstance(dialogue, ResultsDialogue) else contents.KIND
    freeze_texts(session, texts=texts_of(session, actor, kind, dialogue.id).values(), now=now)
    keep(session, actor, dialogue=dialogue, content=content, now=now)
    dialogue.closed_at, dialogue.closed_by = now, actor.name
    record(session, actor, act=f"{word_of(dialogue)}.close", thing=dialogue)
    session.flush()


def _planned(
    session: Session, actor: Actor, agreement: Agreement, ground: UUID, today: date
) -> Action:
    """Plan what was agreed as a draft of the unit, or of the huvudman when it has none."""
    organizer_id, unit_id, due = agreement.organizer_id, agreement.unit_id, agreement.due
    if due < today:
        early = _("Dagen har varit. Välj en dag framåt.")
        raise Invalid(early, {"due": early})
    area, analysis, deficiency = _ground(session, actor, organizer_id, unit_id, ground)
    level = GovernanceLevel.PRINCIPALS if unit_id else GovernanceLevel.ADMINISTRATION
    planned = ActionForm.model_construct(
        title=agreement.text,
        level=ActionLevel.PREVENTIVE,
        governance_level=level,
        horizon=Horizon.SHORT if (due - today).days <= 365 else Horizon.LONG,
        owner_role=agreement.owner_role,
        starts=today,
        unit_id=unit_id,
        deficiency_id=deficiency.id if deficiency else None,
        follow_ups=[due],
    )
    return actions.plan_action(
        session, actor, organizer_id=organizer_id, area=area, analysis=analysis, form=planned
    )


def _ground(
    session: Session, actor: Actor, organizer_id: UUID, unit_id: UUID | None, ground_id: UUID
) -> tuple[DevelopmentArea | None, Analysis | None, Deficiency | None]:
    """Return the area with its analysis, or the brist, that an agreement rests on."""
    found = session.execute(
        visible(DevelopmentArea, actor)
        .where(DevelopmentArea.organizer_id == organizer_id, DevelopmentArea.id == ground_id)
        .join(Analysis, Analysis.id == DevelopmentArea.analysis_id)
        .add_columns(Analysis)
    ).one_or_none()
    if found is not None and found[1].unit_id in (None, unit_id):
        return found[0], found[1], None
    deficiency = session.scalar(
        visible(Deficiency, actor).where(
            Deficiency.organizer_id == organizer_id,
            Deficiency.unit_id.is_(None) if unit_id is None else Deficiency.unit_id == unit_id,
            Deficiency.id == ground_id,
        )
    )
    if deficiency is None:
        unknown = _("Välj ett område eller en brist i listan.")
        raise Invalid(unknown, {"ground": unknown})
    return None, None, deficiency


def note(session: Session, actor: Actor, act: str, thing: Any, form: FreeText) -> None:
    """Write the act down, and that its text was said to hold no personal data, if it was."""
    details = {"not_personal_data": True} if form.not_personal_data else None
    record(session, actor, act=act, thing=thing, details=details)
    session.flush()
