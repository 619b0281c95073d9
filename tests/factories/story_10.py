"""Story 10: Åby byskola is handed over twice in three months. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    AreaCauseFactory,
    CauseFactory,
    DevelopmentAreaFactory,
    ExpectedEffectFactory,
    FindingFactory,
    FollowUpFactory,
    ObservationFactory,
)
from tests.factories.cycle import AnnualCycleFactory, CycleStepFactory
from tests.factories.framework import load_shipped
from tests.factories.history import PastAnalysisFactory, PastParagraphFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.actions.models import Decision
from ska.core.ids import new_id

LAST = date(2026, 12, 31)
PAST = datetime(2026, 6, 12, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """Everyone in it, and the unit."""

    organizer: Any
    unit: Any
    sara: Any  # leaves
    tove: Any  # tf rektor from January to March
    nils: Any  # new in April
    kim: Any  # leads the huvudman's quality work


def _rektor(unit: Any, name: str, since: date, until: date | None, **more: Any) -> Any:
    person = PersonFactory(name=name)
    RoleAssignmentFactory(
        person=person, organizer=unit.organizer, unit=unit, role=Role.PRINCIPAL,
        valid_from=since, valid_to=until, **more,
    )  # fmt: skip
    return person


def story_10(db: Any) -> Story:
    """Store the school's years: one from before the work lay here, one fastställt, one going on."""
    load_shipped()
    organizer = OrganizerFactory(name="Lindåsa")
    unit = SchoolUnitFactory(organizer=organizer, name="Åby byskola", slug="aby")
    unit.organizer = organizer
    kim = PersonFactory(name="Kim Ek")
    RoleAssignmentFactory(person=kim, organizer=organizer, role=Role.QUALITY_LEAD)
    _rektor(unit, "Olle Ny", date(2021, 8, 1), date(2023, 7, 31))
    sara = _rektor(unit, "Sara Ek", date(2023, 8, 1), LAST)
    past = PastAnalysisFactory(organizer=organizer, unit=unit, year=2024)
    PastParagraphFactory(past=past, text="Läsveckorna tog tid från matematiken.")
    _tried(db, organizer, unit)
    _going_on(organizer, unit)
    return Story(organizer, unit, sara, PersonFactory(name="Tove Lind"),
                 PersonFactory(name="Nils Berg"), kim)  # fmt: skip


def _chain(organizer: Any, unit: Any, year: int, finding: str, cause: str, **more: Any) -> Any:
    analysis = AnalysisFactory(organizer=organizer, unit=unit, year=year, title=finding, **more)
    found = FindingFactory(analysis=analysis, text=finding)
    why = CauseFactory(analysis=analysis, finding_id=found.id, text=cause)
    area = DevelopmentAreaFactory(analysis=analysis, title=f"Vi utvecklar: {finding}")
    AreaCauseFactory(analysis=analysis, area_id=area.id, cause_id=why.id)
    return analysis, area


def _tried(db: Any, organizer: Any, unit: Any) -> None:
    _analysis, area = _chain(
        organizer, unit, 2025, "Rasterna var oroliga", "Rastvakterna byttes varje dag",
        state="established", established_at=PAST, established_by="Sara Ek",
        established_role="rektor",
    )  # fmt: skip
    action = ActionFactory(
        area=area, unit_id=unit.id, title="Fasta rastvakter", state="in_force",
        starts=date(2025, 9, 1),
    )  # fmt: skip
    answered = FollowUpFactory(
        action=action, unit_id=unit.id, planned_on=date(2026, 5, 4), done_answer="yes",
        effect_answer="partly", what_happened="Infört", effect_ground="Elevrådet räknade",
        learned="Samma vuxna hela terminen", answered_at=PAST, answered_by="Sara Ek",
    )  # fmt: skip
    with db.as_owner() as session:
        session.add(
            Decision(
                id=new_id(), organizer_id=organizer.id, unit_id=unit.id, follow_up_id=answered.id,
                kind="continue", reason="Det fungerar.", decided_on=PAST.date(),
                decided_by="Sara Ek",
            )
        )  # fmt: skip
    FollowUpFactory(action=action, unit_id=unit.id, planned_on=date(2027, 1, 22))


def _going_on(organizer: Any, unit: Any) -> None:
    analysis, area = _chain(
        organizer, unit, 2026, "Matematiken behöver mer tid", "Vi vet inte: räcker tiden?"
    )
    CauseFactory(
        analysis=analysis, finding_id=FindingFactory(analysis=analysis).id,
        text="Hur var det i 3:an?",
        is_open=True, owner_role="rektor", answer_by=date(2027, 2, 1), certainty="unknown",
    )  # fmt: skip
    ObservationFactory(analysis=analysis)
    ExpectedEffectFactory(
        analysis=analysis, area_id=area.id, text="Fem av sju klarar provet",
        expected_by=date(2027, 5, 28),
    )  # fmt: skip
    ActionFactory(
        organizer=organizer, unit_id=unit.id, title="Räknestuga", owner_role="Rektor Sara Ek"
    )
    cycle = AnnualCycleFactory(organizer=organizer, unit=unit)
    for key, name, due in (
        ("halvar", "Halvårsavstämning", date(2027, 1, 29)),
        ("enkat", "Enkäter", date(2027, 3, 12)),
    ):
        CycleStepFactory(cycle=cycle, key=key, name=name, starts=due, due=due)
