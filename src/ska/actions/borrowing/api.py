"""Arbetssätt for programs. An insats is borrowed by planning it with *borrowed_from*.

What it gave is told on the insats, and read with the arbetssätt.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody

from ska.access import Right
from ska.actions.borrowing import services
from ska.actions.borrowing.forms import LendForm, TellForm
from ska.actions.borrowing.loans import Loan, loan_of
from ska.actions.borrowing.models import PracticeTelling
from ska.actions.borrowing.queries import Practice, practice_by_id, practices_here
from ska.actions.queries import action_by_id
from ska.errors import Missing
from ska.organizers.dependencies import GivenCall
from ska.sharing.queries import shared_titles
from ska.web.answers import told
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove
from ska.web.versions import IfMatch, Stamped, must_match, tagged


class LendIn(LendForm):
    """An insats that is lent, by its id."""

    action_id: UUID


class TellingOut(Stamped):
    """What a borrower tells of an arbetssätt: the answer, and how sure it is (*ground*)."""

    example: ClassVar[dict[str, Any]] = {
        "teller": "Sjövalla",
        "effect_answer": "cannot_tell",
        "told": "Tre klasser har läst varje dag sedan januari. Det är lugnare efter lunch.",
        "ground": "Lärarnas intryck. Läsflytet mäts först i maj, så mer vet vi inte.",
        "told_by": "Hanna Sjö",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    teller: str
    effect_answer: str
    told: str
    ground: str
    told_by: str
    told_on: date


class PracticeOut(Stamped):
    """An arbetssätt as a network reads it, who has borrowed it and what they tell of it."""

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
        "is_lent": True,
        "borrowed_by": ["Sjövalla"],
        "tellings": [],
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
    is_lent: bool
    borrowed_by: list[str]
    tellings: list[TellingOut]


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
        """Return an arbetssätt that is lent here, or that was lent by ourselves."""
        return tagged(_out(practice_by_id(*call.where, practice_id, call.today)))

    @remove("/{practice_id:uuid}", needs=Right.SHARE, summary="Stop lending")
    def take_back(
        self, practice_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> None:
        """Stop lending an own arbetssätt; what others have borrowed they keep."""
        practice = practice_by_id(*call.where, practice_id, call.today)
        must_match(if_match, _out(practice).version)
        services.take_back(*call.who, practice=practice, now=call.now)


class TellingApi(Controller):
    """What an insats that was borrowed gave, told to whoever lent it."""

    path = "/api/v1/organizers/{organizer:str}/actions/{action_id:uuid}/telling"
    tags = ("Insatser",)

    @read(needs=Right.SHARE, summary="Read what was told back")
    def read_telling(self, action_id: FromPath[UUID], call: GivenCall) -> Response[TellingOut]:
        """Return what is told of a borrowed insats; 404 when nothing is."""
        loan = loan_of(*call.who, action_by_id(*call.where, action_id))
        return tagged(_telling(_standing(loan)))

    @create(needs=Right.SHARE, summary="Tell what a borrowed insats gave")
    def tell(
        self, action_id: FromPath[UUID], data: JSONBody[TellForm], call: GivenCall
    ) -> Response[TellingOut]:
        """Tell whoever lent it; 409 for a draft, outside the network and when it is told."""
        action = action_by_id(*call.where, action_id)
        one = services.tell_back(
            *call.who, organizer=call.place.organizer, action=action,
            loan=loan_of(*call.who, action), form=data, now=call.now,
        )  # fmt: skip
        return tagged(_telling(one), 201)

    @remove(needs=Right.SHARE, summary="Take back what was told")
    def take_back(
        self, action_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> None:
        """Let nobody else read it any longer."""
        one = _standing(loan_of(*call.who, action_by_id(*call.where, action_id)))
        must_match(if_match, _telling(one).version)
        services.take_telling_back(*call.who, telling=one, now=call.now)


def _standing(loan: Loan | None) -> PracticeTelling:
    if loan is None or loan.telling is None or not loan.stands:
        raise Missing
    return loan.telling


def _telling(one: PracticeTelling) -> TellingOut:
    return told(TellingOut, one)


def _out(one: Practice) -> PracticeOut:
    names = list(dict.fromkeys(loan.borrower for loan in one.loans))
    return told(
        PracticeOut,
        one.row,
        network=one.network,
        is_ours=one.is_ours,
        is_lent=one.is_lent,
        borrowed_by=names,
        tellings=[_telling(it) for it in one.tellings],
    )


API = [PracticeApi, TellingApi]
