"""Arbetssätt for programs. An insats is borrowed by planning it with *borrowed_from*."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.actions.borrowing import services
from ska.actions.borrowing.forms import LendForm
from ska.actions.borrowing.queries import Practice, practice_by_id, practices_here
from ska.actions.queries import action_by_id
from ska.organizers.dependencies import GivenCall
from ska.sharing.queries import shared_titles
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove
from ska.web.versions import IfMatch, Stamped, must_match, tagged


class LendIn(LendForm):
    """An insats that is lent, by its id."""

    action_id: UUID


class PracticeOut(Stamped):
    """An arbetssätt as a network reads it, and how many have borrowed it."""

    example: ClassVar[dict[str, Any]] = {
        "lender": "Lindåsa",
        "place": "Lindåsaskolan",
        "network": "Nätverk Mellanslätt",
        "title": "Ha en lästimme varje dag",
        "description": "Hela skolan läser samtidigt, den första timmen efter lunch.",
        "outcome": "Fler läser flytande i mars än i september.",
        "item": "gr-alla-amnen-ak6",
        "level": "promoting",
        "governance_level": "professions",
        "horizon": "long",
        "owner_role": "arbetslagen",
        "lent_by": "Ida Holm",
        "is_ours": False,
        "borrowed_by": ["Sjövalla"],
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    lender: str
    place: str
    network: str
    title: str
    description: str
    outcome: str
    item: str
    level: str
    governance_level: str
    horizon: str
    owner_role: str
    lent_by: str
    lent_on: date
    until: date
    is_ours: bool
    borrowed_by: list[str]


class PracticeApi(Controller):
    """Arbetssätt that are lent in the huvudman's networks."""

    path = "/api/v1/organizers/{organizer:str}/practices"
    tags = ("Insatser",)

    @read(needs=Right.READ, summary="List the arbetssätt to borrow")
    def list_practices(self, call: GivenCall, pages: GivenPages) -> Response[list[PracticeOut]]:
        """Return what is lent today in the huvudman's networks, its own too, by title."""
        return pages.of(practices_here(*call.where, call.today), _out, lambda one: one.row.id)

    @create(needs=Right.SHARE, summary="Lend an insats")
    def lend(self, data: JSONBody[LendIn], call: GivenCall) -> PracticeOut:
        """Let a network read an insats in the words that are sent; 409 when it is lent there."""
        action = action_by_id(*call.where, data.action_id)
        lent = services.lend(
            *call.who, organizer=call.place.organizer, action=action, now=call.now,
            titles=shared_titles(*call.where, call.today),
            form=LendForm.model_construct(**data.model_dump(exclude={"action_id"})),
        )  # fmt: skip
        return _out(practice_by_id(*call.where, lent.id, call.today))

    @read("/{practice_id:uuid}", needs=Right.READ, summary="Read an arbetssätt")
    def read_practice(self, practice_id: FromPath[UUID], call: GivenCall) -> Response[PracticeOut]:
        """Return an arbetssätt that is lent here."""
        return tagged(_out(practice_by_id(*call.where, practice_id, call.today)))

    @remove("/{practice_id:uuid}", needs=Right.SHARE, summary="Stop lending")
    def take_back(
        self, practice_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> None:
        """Stop lending an own arbetssätt; what others have borrowed they keep."""
        practice = practice_by_id(*call.where, practice_id, call.today)
        must_match(if_match, _out(practice).version)
        services.take_back(*call.who, practice=practice, now=call.now)


def _out(one: Practice) -> PracticeOut:
    names = list(dict.fromkeys(loan.borrower for loan in one.loans))
    return told(PracticeOut, one.row, network=one.network, is_ours=one.is_ours, borrowed_by=names)
