"""What people do with an earlier report: read it in, arrange it, keep it, strike it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions.forms import ActionForm
from ska.actions.rules import ActionLevel, GovernanceLevel, Horizon
from ska.actions.services import plan_action
from ska.analyses.models import PastAnalysis, PastParagraph
from ska.audit import record
from ska.core.ids import new_id
from ska.core.personal_data import find_personal_data
from ska.core.school_year import SchoolYear
from ska.core.swedish import join_words
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Conflict, Invalid, NotAllowed
from ska.history.catalogue import shipped
from ska.history.content import Content, content_of
from ska.history.forms import ArrangeForm, PastedForm
from ska.history.models import HistoryDraft
from ska.history.queries import KEPT_FOR, choices_of
from ska.history.rules.blocks import MOST_BLOCKS, Block, Report, Unreadable
from ska.history.rules.guessing import title_in, unit_in, year_in
from ska.history.rules.headings import as_blocks
from ska.history.rules.pasted import as_text, read_pasted
from ska.history.rules.sorting import is_usual, with_headings
from ska.history.rules.word import read_word

_NAMED = 3


@dataclass(frozen=True)
class Given:
    """A file as it was sent; *is_sure* says that no number in it is about a person."""

    name: str
    content: bytes
    is_sure: bool = False


class Unsafe(Invalid):
    """A report that seems to name a person; its text goes back to its reader, to be mended."""

    def __init__(self, detail: str, text: str) -> None:
        super().__init__(detail, {"text": detail})
        self.text = text


def read_file(
    session: Session, actor: Actor, *, organizer_id: UUID, given: Given, today: date
) -> HistoryDraft:
    """Read a Word file and let it wait for its reader; raise Invalid, with what to do, if not."""
    try:
        report = read_word(given.content)
    except Unreadable as refusal:
        raise Invalid(str(refusal), {"file": str(refusal)}) from refusal
    source = _("Word-fil: {name}").format(name=given.name)
    named = (given.name, source)
    return _wait(session, actor, organizer_id, report, named, today, is_sure=given.is_sure)


def read_text(
    session: Session, actor: Actor, *, organizer_id: UUID, form: PastedForm, today: date
) -> HistoryDraft:
    """Read pasted text and let it wait for its reader; raise Invalid, with what to do, if not."""
    report = read_pasted(form.text)
    named = (form.name, _("Inklistrad text"))
    return _wait(session, actor, organizer_id, report, named, today, is_sure=form.not_personal_data)


def _wait(
    session: Session,
    actor: Actor,
    organizer_id: UUID,
    report: Report,
    named: tuple[str, str],
    today: date,
    *,
    is_sure: bool = False,
) -> HistoryDraft:
    if not actor.may(Right.ESTABLISH, organizer_id):
        raise NotAllowed(_("Historik läses in av rektor eller den som leder kvalitetsarbetet."))
    blocks = _blocks(report)
    if not is_sure:
        _refuse_persons(named[0], blocks)
    choices = choices_of(session, actor, organizer_id)
    first = [named[0], *(one.text for one in blocks)]
    unit_id = unit_in(first, [(one.id, one.name) for one in choices.units])
    if unit_id is None and not choices.may_whole:
        unit_id = choices.units[0].id
    draft = HistoryDraft(
        organizer_id=organizer_id,
        person_id=actor.person_id,
        unit_id=unit_id,
        year=year_in(first, SchoolYear.containing(today)).start,
        title=title_in(named[0], report.title, blocks[0].text),
        source=named[1],
        content=Content("", blocks, report.found, report.left_out, is_sure=is_sure).as_kept(),
    )
    session.add(draft)
    session.flush()
    return draft


def _blocks(report: Report) -> list[Block]:
    """Return the report's blocks; none of its paragraphs may be missing in them."""
    usual = [*shipped().unit, *shipped().organizer]
    blocks = as_blocks(report.lines, lambda line: is_usual(line, usual))
    if len(blocks) > MOST_BLOCKS:
        too_long = _("Rapporten är längre än vad som går att läsa in på en gång. Dela den i två.")
        raise Invalid(too_long, {"text": too_long})
    if not blocks or sum(one.stands_for for one in blocks) != report.found:
        lost = _("Alla stycken gick inte att läsa. Klistra in texten i stället.")
        raise Invalid(lost, {"file": lost})
    return blocks


def _refuse_persons(name: str, blocks: Sequence[Block]) -> None:
    in_name = find_personal_data(name)
    if in_name:
        raise Invalid(in_name[0].sentence, {"name": in_name[0].sentence})
    hits = [(place, find_personal_data(one.text)) for place, one in enumerate(blocks, 1)]
    found = [(place, some[0]) for place, some in hits if some]
    if found:
        where = [str(place) for place, _hit in found[:_NAMED]]
        more = [_("fler")] if len(found) > _NAMED else []
        sentence = _("{what} Det gäller rad {where} i rutan, där hela texten står kvar.").format(
            what=found[0][1].sentence, where=join_words([*where, *more])
        )
        raise Unsafe(sentence, as_text(blocks))


def arrange(
    session: Session, actor: Actor, *, draft: HistoryDraft, form: ArrangeForm, today: date
) -> None:
    """Say whose report it is, and where its sections belong."""
    actor.must(Right.ESTABLISH, draft.organizer_id, form.unit_id)
    year = SchoolYear.parse(form.year)
    if year > SchoolYear.containing(today):
        later = _("Läsåret har inte börjat. Historik gäller år som har varit.")
        raise Invalid(later, {"year": later})
    lock(session, draft)
    now = content_of(draft.content, "")
    blocks = with_headings(now.blocks, set(form.headings))
    chosen = {int(place): part for place, part in form.parts.items() if place.isdecimal()}
    draft.unit_id, draft.year, draft.title = form.unit_id, year.start, form.title
    draft.content = Content(
        "", blocks, now.found, now.left_out, chosen, frozenset(form.promises), is_sure=now.is_sure
    ).as_kept()
    session.flush()


def looked_at(draft: HistoryDraft) -> Content:
    """Return a waiting report as its reader sees it."""
    return content_of(draft.content, "unit" if draft.unit_id else "organizer")


def keep(session: Session, actor: Actor, *, draft: HistoryDraft, today: date) -> PastAnalysis:
    """Keep a report as history, in whole and unchangeable, and plan what was accepted of it."""
    actor.must(Right.ESTABLISH, draft.organizer_id, draft.unit_id)
    content = looked_at(lock(session, draft))
    past = PastAnalysis(
        id=new_id(),
        organizer_id=draft.organizer_id,
        unit_id=draft.unit_id,
        year=draft.year,
        title=draft.title,
        source=draft.source,
        paragraphs=content.found,
        kept_by=actor.name,
    )
    session.add(past)
    session.flush()
    accepted = {one.place for one in content.accepted}
    session.add_all(
        PastParagraph(
            organizer_id=past.organizer_id,
            past_id=past.id,
            place=place,
            part=section.part,
            kind=block.kind,
            level=block.level,
            text=block.text,
            stands_for=block.stands_for,
            is_promise=place in accepted,
        )
        for section in content.sections
        for place, block in section.all_blocks
    )
    _plan(session, actor, past, content, today)
    session.delete(draft)
    details = {"paragraphs": past.paragraphs, "promises": len(accepted)}
    if content.is_sure:
        details["not_personal_data"] = True
    record(session, actor, act="history.keep", thing=past, details=details)
    session.flush()
    return past


def _plan(
    session: Session, actor: Actor, past: PastAnalysis, content: Content, today: date
) -> None:
    """Make an utkast of each promise that was accepted; a person gives it ground and days."""
    of_unit = past.unit_id is not None
    words = _("Löfte i {title}, läsåret {year}. Se över nivå, ansvar och dagar.").format(
        title=past.title, year=past.school_year
    )
    for promise in content.accepted:
        form = ActionForm(
            title=promise.title,
            description=words,
            level=ActionLevel.PROMOTING,
            governance_level=(
                GovernanceLevel.PRINCIPALS if of_unit else GovernanceLevel.ADMINISTRATION
            ),
            horizon=Horizon.LONG,
            owner_role=_("rektor") if of_unit else _("skolchef"),
            starts=today,
            unit_id=past.unit_id,
            not_personal_data=content.is_sure,
        )
        plan_action(
            session, actor, organizer_id=past.organizer_id, area=None, analysis=None, form=form
        )


def throw_away(session: Session, actor: Actor, *, draft: HistoryDraft) -> None:
    """Let a waiting report go."""
    if draft.person_id != actor.person_id:
        raise Conflict(_("Rapporten väntar på någon annan."))
    session.delete(draft)
    session.flush()


def strike(session: Session, actor: Actor, *, past: PastAnalysis, now: datetime) -> None:
    """Take a report out of the history; it can be put back. Twice is once."""
    actor.must(Right.ESTABLISH, past.organizer_id, past.unit_id)
    if lock(session, past).struck_at is None:
        past.struck_at, past.struck_by = now, actor.name
        record(session, actor, act="history.strike", thing=past)
    session.flush()


def restore(session: Session, actor: Actor, *, past: PastAnalysis) -> None:
    """Put a struck report back. Twice is once."""
    actor.must(Right.ESTABLISH, past.organizer_id, past.unit_id)
    if lock(session, past).struck_at is not None:
        past.struck_at = past.struck_by = None
        record(session, actor, act="history.restore", thing=past)
    session.flush()


def with_old_drafts(session: Session, _now: datetime) -> Sequence[UUID]:
    """Return the huvudmän in scope with reports that nobody came back to."""
    return session.scalars(
        select(HistoryDraft.organizer_id)
        .where(HistoryDraft.updated_at < func.now() - KEPT_FOR)
        .distinct()
    ).all()


def forget_waiting(session: Session, organizer_id: UUID, *, now: datetime, address: str) -> int:
    """Let go of the reports that nobody came back to; the scheduler does it. Returns how many."""
    gone = session.execute(
        delete(HistoryDraft).where(
            HistoryDraft.organizer_id == organizer_id,
            HistoryDraft.updated_at < func.now() - KEPT_FOR,
        )
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete's result counts its rows
