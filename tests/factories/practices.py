"""Arbetssätt that are lent in a network, and who has borrowed them."""

from __future__ import annotations

from datetime import date
from itertools import count
from uuid import UUID

import factory
from tests.factories.base import Factory
from tests.factories.chain import ActionFactory
from tests.factories.organizers import OrganizerFactory
from tests.factories.sharing import NetworkFactory, NetworkMemberFactory

from ska.actions.borrowing.models import LentPractice, PracticeLoan, PracticeTelling
from ska.organizers.models import Organizer

_numbers = count(1)


class LentPracticeFactory(Factory):
    """An arbetssätt; without a network named, in one that only this huvudman is in."""

    class Meta:
        model = LentPractice
        exclude = ("organizer", "network", "membership", "action")

    organizer = factory.SubFactory(OrganizerFactory)
    network = factory.LazyAttribute(
        lambda row: NetworkFactory(
            slug=f"lan-{row.organizer.slug}", coordinator_id=row.organizer.id
        )
    )
    membership = factory.LazyAttribute(
        lambda row: NetworkMemberFactory(network=row.network, organizer=row.organizer)
    )
    action = factory.LazyAttribute(
        lambda row: ActionFactory(organizer=row.organizer, title=row.title)
    )
    organizer_id = factory.SelfAttribute("organizer.id")
    network_id = factory.LazyAttribute(lambda row: row.membership.network_id)
    action_id = factory.SelfAttribute("action.id")
    lender = factory.SelfAttribute("organizer.name")
    place = "Lindåsaskolan"
    item = "gr-alla-amnen-ak6"
    item_title = "Lägst betyget E i samtliga ämnen, årskurs 6"
    title = "Ha en lästimme varje dag"
    description = "Hela skolan läser samtidigt, den första timmen efter lunch."
    outcome = "Fler läser flytande i mars än i september."
    level = "promoting"
    governance_level = "professions"
    horizon = "long"
    owner_role = "arbetslagen"
    until = date(2099, 6, 30)
    lent_on = date(2026, 9, 1)
    lent_by = "Ida Holm"


class PracticeLoanFactory(Factory):
    class Meta:
        model = PracticeLoan
        exclude = ("practice",)

    practice = factory.SubFactory(LentPracticeFactory)
    practice_id = factory.SelfAttribute("practice.id")
    network_id = factory.SelfAttribute("practice.network_id")
    organizer_id = factory.SelfAttribute("practice.organizer_id")
    borrower_id = factory.SelfAttribute("practice.organizer_id")
    borrower = "Sjövalla"
    borrowed_by = "Ella Berg"


class PracticeTellingFactory(Factory):
    class Meta:
        model = PracticeTelling
        exclude = ("loan",)

    loan = factory.SubFactory(PracticeLoanFactory)
    loan_id = factory.SelfAttribute("loan.id")
    lender_id = factory.SelfAttribute("loan.organizer_id")
    organizer_id = factory.SelfAttribute("loan.borrower_id")
    teller = "Sjövalla"
    effect_answer = "cannot_tell"
    told = "Tre klasser läser varje dag. Det är lugnare efter lunch."
    ground = "Lärarnas intryck. Läsflytet är inte mätt än."
    told_by = "Ella Berg"
    told_on = date(2026, 10, 1)


def practice_part(canary: str, organizer: Organizer) -> str:
    """Return the part of an address that names an arbetssätt of *organizer*."""
    words = f"{canary}skolan {organizer.slug}"
    told = {"title": words, "description": words, "outcome": words, "place": words}
    practice = LentPracticeFactory(organizer=organizer, **told)
    loan = PracticeLoanFactory(practice=practice, borrowed_by=words)
    PracticeTellingFactory(loan=loan, told=words, ground=words, told_by=words)
    return str(practice.id)


def told_loan(canary: str, organizer: Organizer) -> UUID:
    """Return a loan of *organizer*'s in a network with another, with what is told of it."""
    words = f"{canary}skolan {organizer.slug}"
    lender = OrganizerFactory(name=f"Utlånare {next(_numbers)} till {organizer.slug}")
    network = NetworkFactory(slug=f"lanat-{lender.slug}", coordinator_id=lender.id)
    NetworkMemberFactory(network=network, organizer=organizer)
    membership = NetworkMemberFactory(network=network, organizer=lender)
    practice = LentPracticeFactory(organizer=lender, membership=membership)
    loan = PracticeLoanFactory(practice=practice, borrower_id=organizer.id, borrower=words)
    PracticeTellingFactory(loan=loan, told=words, ground=words, told_by=words)
    return loan.id
