"""What people do in the ledger: expect a change, withdraw it, and what an answer leaves there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions.effects.foresight import foresee
from ska.actions.effects.forms import ExpectationForm
from ska.actions.effects.lines import KEY
from ska.actions.effects.prospects import Around, Prospect
from ska.actions.effects.queries import Entry, entries_of_action
from ska.actions.effects.rules import bare
from ska.actions.forms import ReasonForm
from ska.actions.models import Action, EffectReading, Expectation, FollowUp, FrozenGround
from ska.actions.rules import OVER
from ska.audit import record
from ska.core.text import _
from ska.errors import Conflict, Invalid


def write_expectation(
    session: Session,
    actor: Actor,
    *,
    action: Action,
    prospect: Prospect,
    around: Around,
    form: ExpectationForm,
    now: datetime,
) -> Expectation:
    """Write what an insats should change, and freeze what it will be judged by.

    Raises Conflict when the insats is over; Invalid for a period that is known already, and for a
    change that is too small to be seen unless that is accepted.
    """
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    if action.state in OVER:
        raise Conflict(_("Insatsen är avslutad eller återtagen."))
    _insist(prospect, around, form)
    line, plan = prospect.line, prospect.ground.plan
    unit = around.unit(form.unit_id)
    one = Expectation(
        organizer_id=action.organizer_id,
        action_id=action.id,
        **form.model_dump(exclude={"accept_small"}),
        title=prospect.item.heading,
        unit_of_measure=line.unit,
        **{name: getattr(line.key, name) for name in KEY if name != "gender"},
        area_code=line.area_code,
        area=unit.name if unit else line.area,
        detectable=plan.detectable,
        fingerprint=plan.fingerprint,
        reason=plan.reason,
        written_at=now,
        written_by=actor.name,
    )
    session.add(one)
    session.flush()
    if plan.fingerprint:
        kept = {"organizer_id": action.organizer_id, "expectation_id": one.id}
        session.add(FrozenGround(**kept, content=prospect.ground.content()))
    # The audit line is a second witness of what was frozen.
    record(session, actor, act="expectation.write", thing=one, details=_witness(one))
    session.flush()
    return one


def _insist(prospect: Prospect, around: Around, form: ExpectationForm) -> None:
    wrong: dict[str, str] = {}
    if form.expected_in not in prospect.periods:
        wrong["expected_in"] = _(
            "Välj en period som inte är känd än. Det som väntas skrivs innan utfallet finns."
        )
    same = (form.indicator, form.gender, form.unit_id, form.expected_in)
    if any(
        (one.indicator, one.gender, one.unit_id, one.expected_in) == same
        for one in around.expectations
        if one.withdrawn_at is None
    ):
        wrong["indicator"] = _("Det finns redan en förväntan på den siffran från den perioden.")
    if form.effect_id is not None and all(one.id != form.effect_id for one in around.effects):
        wrong["effect_id"] = _("Välj den förväntade effekten i listan.")
    foresight = foresee(prospect.line, prospect.ground, form.direction)
    if foresight.is_too_small(float(form.size)) and not form.accept_small:
        wrong["size"] = " ".join(
            (_("En så liten ändring kan inte skiljas från slumpen."), *foresight.sentences())
        )
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)


def _witness(one: Expectation) -> dict[str, Any]:
    return {"fingerprint": one.fingerprint} if one.fingerprint else {}


def withdraw_expectation(
    session: Session,
    actor: Actor,
    *,
    action: Action,
    one: Expectation,
    form: ReasonForm,
    now: datetime,
) -> None:
    """Withdraw an expectation with its reason; one that has been read stays."""
    actor.must(Right.PLAN_ACTIONS, action.organizer_id, action.unit_id)
    session.refresh(one, ["withdrawn_at"], with_for_update=True)
    if one.withdrawn_at is not None:
        raise Conflict(_("Förväntan är redan återtagen."))
    read = select(EffectReading.id).where(
        EffectReading.organizer_id == one.organizer_id, EffectReading.expectation_id == one.id
    )
    if session.scalar(read.limit(1)):
        raise Conflict(_("Förväntan är avläst vid en uppföljning och ligger kvar."))
    one.withdrawn_at, one.withdrawn_by, one.withdrawn_reason = now, actor.name, form.reason
    record(session, actor, act="expectation.withdraw", thing=one)
    session.flush()


def keep_readings(
    session: Session, actor: Actor, *, action: Action, follow_up: FollowUp, now: datetime
) -> None:
    """Keep what the numbers say on the day a follow-up is answered, beside the answer."""
    for entry in entries_of_action(session, actor, action):
        session.add(_reading(entry, follow_up, now))
    session.flush()


def _reading(entry: Entry, follow_up: FollowUp, now: datetime) -> EffectReading:
    effect = bare(entry.told.effect) if entry.expectation.is_own else entry.told.effect
    names = ("word", "sentence", "estimate", "p", "placebos", "as_large")
    return EffectReading(
        organizer_id=follow_up.organizer_id,
        expectation_id=entry.expectation.id,
        follow_up_id=follow_up.id,
        verdict=str(effect.verdict),
        **{name: getattr(effect, name) for name in names},
        periods=", ".join(entry.told.periods),
        read_at=now,
    )
