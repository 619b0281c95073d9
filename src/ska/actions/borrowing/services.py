"""What people do with arbetssätt: lend, take back, borrow, and tell what came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions.borrowing.forms import LendForm, TellForm
from ska.actions.borrowing.loans import Loan
from ska.actions.borrowing.models import LentPractice, PracticeLoan, PracticeTelling
from ska.actions.borrowing.queries import WORDS, Practice, Source
from ska.actions.models import Action
from ska.actions.rules import NOT_YET
from ska.audit import record
from ska.core.text import _
from ska.db.session import lock
from ska.errors import Conflict, Invalid
from ska.organizers.models import Organizer, SchoolUnit
from ska.sharing.queries import SharedTitle
from ska.sharing.services import must_be_in, must_be_soon


def lend(
    session: Session,
    actor: Actor,
    *,
    organizer: Organizer,
    action: Action,
    titles: list[SharedTitle],
    form: LendForm,
    now: datetime,
) -> LentPractice:
    """Let a network read an insats, in the words of *form*; about one of *titles*, or none.

    Raises Invalid for a network that the huvudman is not in and for a day that cannot be, Conflict
    for a draft and for what is lent there already.
    """
    actor.must(Right.SHARE, organizer.id)
    if action.state in NOT_YET:
        raise Conflict(_("Ett utkast har ingen provat än. Låt insatsen gälla först."))
    must_be_soon(form.until, now.date())
    must_be_in(session, organizer.id, form.network_id)
    about = next((one.title for one in titles if one.item == form.item), None)
    if form.item and about is None:
        wrong = _("Välj indikatorn i listan, eller ingen.")
        raise Invalid(wrong, {"item": wrong})
    unit = session.get(SchoolUnit, action.unit_id) if action.unit_id else None
    kept = {name: getattr(action, name) for name in WORDS}
    written = form.model_dump(exclude={"not_personal_data"})
    one = LentPractice(
        **{**kept, **written},
        organizer_id=organizer.id,
        action_id=action.id,
        lender=organizer.name,
        place=unit.name if unit else organizer.name,
        item_title=about or "",
        lent_on=now.date(),
        lent_by=actor.name,
    )
    _end_what_has_passed(session, one, now)
    try:
        with session.begin_nested():
            session.add(one)
            session.flush()
    except IntegrityError as error:
        raise Conflict(
            _("Insatsen lånas redan ut i nätverket. Sluta låna ut den först.")
        ) from error
    details = {"network": str(one.network_id), "until": one.until.isoformat()}
    if form.not_personal_data:
        details["not_personal_data"] = "true"
    record(session, actor, act="practice.lend", thing=one, details=details)
    session.flush()
    return one


def _end_what_has_passed(session: Session, one: LentPractice, now: datetime) -> None:
    """End a lending of the same insats whose last day has been, so that it can be lent anew."""
    passed = session.scalar(
        select(LentPractice)
        .where(
            LentPractice.organizer_id == one.organizer_id,
            LentPractice.network_id == one.network_id,
            LentPractice.action_id == one.action_id,
            LentPractice.withdrawn_at.is_(None),
            LentPractice.until < now.date(),
        )
        .with_for_update()
    )
    if passed is not None:
        passed.withdrawn_at, passed.withdrawn_by = now, _("sista dagen passerades")
        session.flush()


def take_back(session: Session, actor: Actor, *, practice: Practice, now: datetime) -> None:
    """Stop lending at once; what was borrowed stays where it is. Twice is once."""
    actor.must(Right.SHARE, practice.row.organizer_id)
    row = session.get_one(LentPractice, practice.row.id)
    lock(session, row)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = now, actor.name
        record(session, actor, act="practice.take_back", thing=row)
        session.flush()


def note_loan(
    session: Session, actor: Actor, organizer: Organizer, action: Action, source: Source
) -> None:
    """Note with whoever lends that an insats was made of it here; of an own insats nothing.

    Only the insats knows which one it is. What was taken back since the form was read is not
    borrowed: the insats stays, as one's own.
    """
    practice = source.practice
    if practice is None or practice.organizer_id == organizer.id:
        return
    loan = PracticeLoan(
        organizer_id=practice.organizer_id,
        practice_id=practice.id,
        network_id=practice.network_id,
        borrower_id=organizer.id,
        borrower=organizer.name,
        borrowed_by=actor.name,
    )
    try:
        with session.begin_nested():
            session.add(loan)
            session.flush()
    except ProgrammingError:  # the second lock: it is no longer lent to us
        action.credit = None
        return
    action.loan_id = loan.id
    record(session, actor, act="practice.borrow", thing=loan, organizer_id=organizer.id)


def tell_back(
    session: Session,
    actor: Actor,
    *,
    organizer: Organizer,
    action: Action,
    loan: Loan | None,
    form: TellForm,
    now: datetime,
) -> PracticeTelling:
    """Tell whoever lent an arbetssätt what came of it here, in the words of *form*.

    Raises Conflict for an insats that was not borrowed in a network, for a draft, outside the
    network, and for what is told already.
    """
    actor.must(Right.SHARE, organizer.id)
    if loan is None:
        raise Conflict(_("Insatsen är inte lånad i ett nätverk. Det finns ingen att berätta för."))
    if action.state in NOT_YET:
        raise Conflict(_("Ett utkast har ingen provat än. Låt insatsen gälla först."))
    if not loan.are_in:
        raise Conflict(
            _("Ni och {lender} är inte längre i samma nätverk, så de läser inte det ni skriver.")
            .format(lender=loan.lender)
        )  # fmt: skip
    must_be_in(session, organizer.id, loan.row.network_id)
    one = PracticeTelling(
        **form.model_dump(exclude={"not_personal_data"}),
        organizer_id=organizer.id,
        loan_id=loan.row.id,
        lender_id=loan.row.organizer_id,
        teller=organizer.name,
        told_by=actor.name,
        told_on=now.date(),
    )
    try:
        with session.begin_nested():
            session.add(one)
            session.flush()
    except IntegrityError as error:
        raise Conflict(_("Ni har redan berättat. Ta tillbaka det först.")) from error
    details = {"not_personal_data": "true"} if form.not_personal_data else {}
    record(session, actor, act="practice.tell_back", thing=one, details=details)
    session.flush()
    return one


def take_telling_back(
    session: Session, actor: Actor, *, telling: PracticeTelling, now: datetime
) -> None:
    """Let nobody else read any longer what was told. Twice is once."""
    actor.must(Right.SHARE, telling.organizer_id)
    lock(session, telling)
    if telling.withdrawn_at is None:
        telling.withdrawn_at, telling.withdrawn_by = now, actor.name
        record(session, actor, act="practice.take_telling_back", thing=telling)
        session.flush()
