"""The page where it is told what came of a borrowed arbetssätt, and taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import rules
from ska.actions.borrowing import services
from ska.actions.borrowing.forms import TellForm
from ska.actions.borrowing.loans import Loan, loan_of
from ska.actions.models import Action
from ska.actions.queries import action_by_id
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

TOLD = ("effect_answer", "told", "ground")


class TellingController(Controller):
    """What an insats that was borrowed gave, told to whoever lent it."""

    path = "/{organizer:str}/insatser/{action_id:uuid}/beratta"

    @read(needs=Right.SHARE)
    def show_telling(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the form, or what is told already; what was taken back is there to begin with."""
        action = action_by_id(session, actor, place.organizer.id, action_id)
        loan = loan_of(session, actor, action)
        last = loan.telling if loan else None
        begun = {name: getattr(last, name) for name in TOLD} if last else {}
        return _page(action, loan, Form(raw=begun))

    @write(needs=Right.SHARE)
    def tell(
        self,
        action_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Tell, or show what is wrong."""
        action, loan = _both(session, actor, place, action_id)
        form = bind(TellForm, data)
        if form.value is not None:
            try:
                services.tell_back(
                    session, actor, organizer=place.organizer, action=action, loan=loan,
                    form=form.value, now=now,
                )  # fmt: skip
                done = _("Det är berättat. {lender} läser det nu.").format(
                    lender=loan.lender if loan else ""
                )
                return Done(done, to=f"{place.path}/insatser/{action.id}/beratta")
            except (Conflict, Invalid) as refused:
                form.refuse(refused, "")
        return _page(action, loan, form)

    @write("/ta-tillbaka", needs=Right.SHARE)
    def take_back(
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Take back what was told."""
        action, loan = _both(session, actor, place, action_id)
        if loan is None or loan.telling is None:
            raise Missing
        services.take_telling_back(session, actor, telling=loan.telling, now=now)
        done = _("Ingen annan läser det längre. Orden ligger kvar här om ni vill berätta på nytt.")
        return Done(done, to=f"{place.path}/insatser/{action.id}/beratta")


def _both(
    session: Session, actor: Actor, place: Place, action_id: UUID
) -> tuple[Action, Loan | None]:
    action = action_by_id(session, actor, place.organizer.id, action_id)
    return action, loan_of(session, actor, action)


def _page(action: Action, loan: Loan | None, form: Form[Any]) -> Page:
    answered = [one for one in action.follow_ups if one.answered_at is not None]
    return Page(
        "actions/practices/tell.html",
        action=action,
        loan=loan,
        form=form,
        latest=answered[-1] if answered else None,
        is_draft=action.state in rules.NOT_YET,
        **rules.NAMES,
    )
