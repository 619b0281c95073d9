"""What people do with what stands: change what it says, strike a part, put it back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from ska.access import Actor, visible
from ska.analyses import forms, rules
from ska.analyses.models import (
    Analysis,
    AnalysisUnit,
    AreaCause,
    Cause,
    Evidence,
    ExpectedEffect,
    InAnalysis,
    StruckPart,
)
from ska.analyses.parts import KINDS, OBSERVATION, Kind
from ska.analyses.services import insist_on_cause, note, open_for
from ska.audit import record
from ska.core.fields import FreeText
from ska.core.text import _
from ska.errors import Changed, Conflict, Invalid, Missing, found
from ska.organizers.services import must_be_open

# What lies inside a part and goes with it; what rests on it must be struck first.
_INSIDE: dict[str, tuple[str, type[Any], tuple[str, ...]]] = {
    "cause": ("evidence", Evidence, ("side", "text", "observation_id")),
    "area": ("effects", ExpectedEffect, ("text", "expected_by")),
}
_KEYS = {"cause": "cause_id", "area": "area_id"}
_FORMS = {"cause": "evidence", "area": "effect"}
_RESTS: dict[str, tuple[Any, str]] = {
    "finding": (Cause.finding_id, _("Orsaker vilar på det här. Stryk dem först.")),
    "cause": (
        AreaCause.cause_id,
        _("Ett utvecklingsområde svarar på orsaken. Stryk eller ändra området först."),
    ),
}


def change_analysis(
    session: Session,
    actor: Actor,
    *,
    analysis: Analysis,
    form: forms.AnalysisChangeForm,
    today: date,
) -> None:
    """Give an analysis another title or other units, or send it to review and back."""
    open_for(session, actor, analysis)
    if form.about is not None:
        _be_about(session, actor, analysis, form.about, today)
    if form.title:
        analysis.title = form.title
    if form.state is not None:
        analysis.state = form.state
    analysis.version += 1
    note(session, actor, "analysis.change", analysis, form)
    session.flush()


def _be_about(
    session: Session, actor: Actor, analysis: Analysis, units: list[UUID], today: date
) -> None:
    """Let a huvudman's analysis be about *units*; those it was about stay though they ended."""
    if analysis.of_level is not rules.Level.ORGANIZER:
        raise Conflict(_("En enhets analys handlar om enheten själv."))
    own = {"organizer_id": analysis.organizer_id, "analysis_id": analysis.id}
    rows = session.scalars(select(AnalysisUnit).filter_by(**own)).all()
    now = {one.unit_id: one for one in rows}
    new = [unit for unit in dict.fromkeys(units) if unit not in now]
    must_be_open(session, actor, analysis.organizer_id, new, today, field="about")
    for unit in now.keys() - set(units):
        session.delete(now[unit])
    session.add_all(AnalysisUnit(**own, unit_id=unit) for unit in new)


def part_of(session: Session, actor: Actor, analysis: Analysis, kind: Kind, part_id: UUID) -> Any:
    """Return a part as it stands now; raise Missing when *analysis* has it not."""
    table = kind.table
    found = session.scalar(
        visible(table, actor)
        .where(
            table.organizer_id == analysis.organizer_id,
            table.analysis_id == analysis.id,
            table.id == part_id,
        )
        .options(*(selectinload(one) for one in kind.loads))
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing
    return found


def change_part(
    session: Session,
    actor: Actor,
    *,
    analysis: Analysis,
    kind: Kind,
    part_id: UUID,
    form: FreeText,
    seen: str,
) -> Any:
    """Change what a part says; *seen* is the print of what the writer read.

    Raises Changed when it says something else by now.
    """
    open_for(session, actor, analysis, kind.right)
    part = part_of(session, actor, analysis, kind, part_id)
    if kind.print_of(part) != seen:
        raise Changed(_("Någon annan har ändrat det här sedan du läste det."))
    if isinstance(form, forms.AreaForm):
        insist_on_cause(analysis, form)
    if isinstance(form, forms.CauseForm) and (form.evidence_for or form.evidence_against):
        raise Invalid(_("Det som talar för och emot läggs till och ändras för sig."))
    kind.write(session, actor, part, form)
    note(session, actor, f"{kind.name}.change", part, form)
    session.flush()
    return part


def strike_part(
    session: Session,
    actor: Actor,
    *,
    analysis: Analysis,
    kind: Kind,
    part_id: UUID,
    form: forms.StrikeForm,
    seen: str | None = None,
) -> StruckPart:
    """Strike a part with a reason; what it said is kept. Raises Conflict when others rest on it.

    Raises Changed when a print is *seen* and the part says something else by now.
    """
    own = open_for(session, actor, analysis, kind.right)
    part = part_of(session, actor, analysis, kind, part_id)
    if seen is not None and kind.print_of(part) != seen:
        raise Changed(_("Någon annan har ändrat det här sedan du läste det."))
    if kind is OBSERVATION:
        raise Conflict(_("Ett underlag stryks där det står, och finns kvar."))
    _insist_free(session, analysis, kind, part_id)
    struck = StruckPart(
        **own,
        kind=kind.name,
        part_id=part.id,
        label=getattr(part, kind.label),
        content=_plain(kind.content(part)),
        inside=_inside(kind, part),
        reason=form.reason,
        struck_by=actor.name,
    )
    session.add(struck)
    note(session, actor, f"{kind.name}.strike", part, form)
    try:
        with session.begin_nested():
            session.delete(part)
            session.flush()
    except IntegrityError as error:
        raise Conflict(_("Insatser vilar på området, så det kan inte strykas.")) from error
    return struck


def _insist_free(session: Session, analysis: Analysis, kind: Kind, part_id: UUID) -> None:
    """Raise Conflict when something in the analysis rests on the part."""
    if kind.name not in _RESTS:
        return
    column, sentence = _RESTS[kind.name]
    owner = column.class_.organizer_id == analysis.organizer_id
    if session.scalar(select(column).where(owner, column == part_id).limit(1)):
        raise Conflict(sentence)


def _inside(kind: Kind, part: Any) -> list[dict[str, Any]]:
    if kind.name not in _INSIDE:
        return []
    name, _table, fields = _INSIDE[kind.name]
    rows = [{f: getattr(one, f) for f in ("id", *fields)} for one in getattr(part, name)]
    return [_plain(row) for row in rows]


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(content, default=str))
    return plain


def struck_of(session: Session, actor: Actor, analysis: Analysis, struck_id: UUID) -> StruckPart:
    """Return a struck part; raise Missing when *analysis* has it not."""
    struck = session.scalar(
        visible(StruckPart, actor).where(
            StruckPart.organizer_id == analysis.organizer_id,
            StruckPart.analysis_id == analysis.id,
            StruckPart.id == struck_id,
        )
    )
    return found(struck)


def put_back(session: Session, actor: Actor, *, analysis: Analysis, struck: StruckPart) -> Any:
    """Put a struck part back as it was; raise Conflict when what it rested on is gone."""
    kind = KINDS[struck.kind]
    own = open_for(session, actor, analysis, kind.right)
    form = kind.form.model_validate({**struck.content, "not_personal_data": True})
    part = kind.table(id=struck.part_id, **own)
    try:
        kind.write(session, actor, part, form)
    except Invalid as error:
        raise Conflict(_("Det som detta vilade på är struket. Ta tillbaka det först.")) from error
    session.add(part)
    session.flush()
    session.add_all(_made(kind, part, row) for row in struck.inside)
    record(session, actor, act=f"{kind.name}.put_back", thing=part)
    session.delete(struck)
    session.flush()
    return part


def _made(kind: Kind, part: Any, row: dict[str, Any]) -> InAnalysis:
    """Return what lay inside a struck part, as it was."""
    _name, table, fields = _INSIDE[kind.name]
    key = {_KEYS[kind.name]: part.id}
    written = KINDS[_FORMS[kind.name]].form.model_validate(
        {**{name: row[name] for name in fields}, **key, "not_personal_data": True}
    )
    words = {name: getattr(written, name) for name in fields}
    own = {"organizer_id": part.organizer_id, "analysis_id": part.analysis_id}
    made: InAnalysis = table(id=UUID(row["id"]), **own, **key, **words)
    return made
