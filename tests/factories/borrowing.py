"""Story 2's last step: Lindåsa has a lästimme in force, Sjövalla an area that it could answer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tests.factories.base import current
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    DevelopmentAreaFactory,
    FollowUpFactory,
)
from tests.factories.organizers import SchoolUnitFactory
from tests.factories.practices import LentPracticeFactory, PracticeLoanFactory

from ska.actions.models import Action
from ska.analyses.models import DevelopmentArea
from ska.organizers.models import NetworkMember, Organizer

TITLE = "Ha en lästimme varje dag"
TOLD = {
    "title": TITLE,
    "description": "Hela skolan läser samtidigt, den första timmen efter lunch.",
    "outcome": "Fler läser flytande i mars än i september.",
    "until": "2027-06-30",
}
PLANNED = {
    "title": "Läs en timme varje dag", "description": "Efter lunch.", "level": "promoting",
    "governance_level": "professions", "horizon": "long", "owner_role": "arbetslagen",
    "starts": "2027-01-11",
}  # fmt: skip


def reading_hour(lindasa: Organizer) -> Action:
    """Return an insats of a school of Lindåsa's, followed up once."""
    unit = SchoolUnitFactory(organizer=lindasa, name="Lindåsaskolan")
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=lindasa))
    action = ActionFactory(
        area=area,
        unit_id=unit.id,
        title=TITLE,
        description="Hela skolan läser samtidigt.",
        owner_role="arbetslagen",
        state="in_force",
    )
    FollowUpFactory(
        action=action, done_answer="yes", effect_answer="partly", effect_ground="Läsflyt i mars.",
        answered_at=datetime(2026, 10, 1, 8, tzinfo=UTC), answered_by="Ida Holm",
    )  # fmt: skip
    return action


def area_of(organizer: Organizer, title: str = "Läsflyt i årskurs 4–6") -> DevelopmentArea:
    """Return an utvecklingsområde of this school year."""
    return DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=organizer), title=title)


def borrowed_hour(made: dict[str, tuple[Organizer, Any]]) -> tuple[Action, UUID]:
    """Return what Sjövalla made of Lindåsa's lästimme and followed up, and what was lent."""
    lindasa, sjovalla = made["Lindåsa"][0], made["Sjövalla"][0]
    assert current.as_owner is not None
    with current.as_owner() as session:
        member = session.query(NetworkMember).filter_by(organizer_id=lindasa.id).one()
    practice = LentPracticeFactory(
        organizer=lindasa, action=reading_hour(lindasa), membership=member, title=TITLE
    )
    loan = PracticeLoanFactory(practice=practice, borrower_id=sjovalla.id)
    action = ActionFactory(
        area=area_of(sjovalla), state="in_force", title="Läs en kvart varje dag",
        credit="Lindåsa, Lindåsaskolan", loan_id=loan.id,
    )  # fmt: skip
    FollowUpFactory(
        action=action, planned_on=date(2026, 11, 10), done_answer="yes",
        what_happened="Lisa i 4B vill läsa mer.", effect_answer="partly",
        effect_ground="Mentorernas intryck.", answered_by="Kim",
        answered_at=datetime(2026, 11, 10, 8, tzinfo=UTC),
    )  # fmt: skip
    return action, practice.id


def form_at(area: DevelopmentArea, lent: str) -> str:
    """Return the address where Sjövalla plans an insats of what is lent."""
    analysis = f"/sjovalla/2026-27/analyser/{area.analysis_id}"
    return f"{analysis}/omraden/{area.id}/insats?lan={lent.rsplit('/', 1)[1]}"
