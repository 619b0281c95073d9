"""What the isolation matrix needs to know of the rooms: how to fill an address's parameters.

A room that brings a new kind of parameter adds one function to `FILLERS`: given an organizer it
makes such a thing there, with CANARY in every text, and returns its part of the address.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.assessment import ModerationSessionFactory
from tests.factories.base import current
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    CauseFactory,
    DeficiencyFactory,
    DevelopmentAreaFactory,
    EffectReadingFactory,
    EvidenceFactory,
    ExpectationFactory,
    ExpectedEffectFactory,
    FindingFactory,
    FollowUpFactory,
    FrozenGroundFactory,
    ObservationFactory,
    ParticipationFactory,
    StruckPartFactory,
)
from tests.factories.comparisons import SavedViewFactory
from tests.factories.cycle import (
    AnnualCycleFactory,
    BoardDateFactory,
    CalendarFeedFactory,
    CycleStepFactory,
    MultiYearPlanFactory,
    NoticeFactory,
)
from tests.factories.dashboards import board_fillers
from tests.factories.dialogues import dialogue_fillers
from tests.factories.framework import framework_fillers
from tests.factories.handover import HandoverQuestionFactory
from tests.factories.history import (
    HistoryDraftFactory,
    PastAnalysisFactory,
    PastParagraphFactory,
)
from tests.factories.indicator_values import unit_value
from tests.factories.organizers import SchoolUnitFactory
from tests.factories.practices import practice_part, told_loan
from tests.factories.questions import asked_part
from tests.factories.sharing import SharedValueFactory, ShareGrantFactory, ShareViewingFactory
from tests.factories.shelves import store_values
from tests.factories.shifts import shift_part
from tests.factories.values import OwnImportFactory, TableLessonFactory, UploadFactory
from tests.factories.writing import TextVersionFactory, WrittenTextFactory
from tests.places import STORY_DAY

from ska.access import Role
from ska.analyses.rules import SECTIONS
from ska.organizers.models import Organizer
from ska.values.models import OwnValue

CANARY = "Kanariefågelsång"


def _upload(organizer: Organizer) -> str:
    return str(UploadFactory(organizer=organizer, file=f"{CANARY}skolan {organizer.slug}").id)


def _import(organizer: Organizer) -> str:
    made = OwnImportFactory(
        organizer=organizer,
        file=f"{CANARY}skolan {organizer.slug}",
        title=f"{CANARY}skolan {organizer.slug}",
    )
    return str(made.id)


def _lesson(organizer: Organizer) -> str:
    return str(TableLessonFactory(organizer=organizer, name=f"{CANARY}skolan").id)


def _value(organizer: Organizer) -> str:
    words = f"{CANARY}skolan {organizer.slug}"
    row = unit_value(
        "2025/26", 71.0, 50, source="local", measure=words, title=words, area=words, is_own=True
    )
    store_values(row, organizer=organizer)
    assert current.as_owner is not None
    with current.as_owner() as session:
        return str(session.scalar(select(OwnValue.id).filter_by(organizer_id=organizer.id)))


def chain_parts(organizer: Organizer) -> dict[str, str]:
    """Return the parts of one whole chain, which belong to each other as the addresses say."""
    words = f"{CANARY}skolan {organizer.slug}"
    analysis = AnalysisFactory(organizer=organizer, title=words)
    texts = [
        WrittenTextFactory(organizer=organizer, subject_id=analysis.id, key=key, text=words)
        for key in SECTIONS
    ]
    TextVersionFactory(written_text=texts[0], text=words)
    observation = ObservationFactory(analysis=analysis, text=words)
    # One id in every table of parts, so that one part of an address fits them all.
    one = {"id": observation.id, "analysis": analysis}
    finding = FindingFactory(**one, text=words)
    cause = CauseFactory(**one, text=words, finding_id=finding.id)
    EvidenceFactory(**one, text=words, cause_id=cause.id)
    area = DevelopmentAreaFactory(**one, title=words)
    ExpectedEffectFactory(**one, text=words, area_id=area.id)
    ParticipationFactory(**one, how=words)
    action = ActionFactory(area=area, title=words, loan_id=told_loan(CANARY, organizer))
    follow_up = FollowUpFactory(action=action)
    expectation = ExpectationFactory(action=action, title=words, area=words)
    FrozenGroundFactory(expectation=expectation)
    EffectReadingFactory(expectation=expectation, follow_up_id=follow_up.id, sentence=words)
    struck = StruckPartFactory(analysis=analysis, label=words, reason=words)
    return {
        "analysis_id": str(analysis.id),
        "part_id": str(observation.id),
        "struck_id": str(struck.id),
        "deficiency_id": str(DeficiencyFactory(organizer=organizer, text=words).id),
        "observation_id": str(observation.id),
        "area_id": str(area.id),
        "action_id": str(action.id),
        "follow_up_id": str(follow_up.id),
        "expectation_id": str(expectation.id),
        "text_id": str(texts[0].id),
        "key": next(iter(SECTIONS)),
    }


def _past(organizer: Organizer) -> str:
    words = f"{CANARY}skolan {organizer.slug}"
    past = PastAnalysisFactory(organizer=organizer, title=words, source=words)
    PastParagraphFactory(past=past, text=words)
    return str(past.id)


def _waiting(organizer: Organizer) -> str:
    words = f"{CANARY}skolan {organizer.slug}"
    return str(HistoryDraftFactory(organizer=organizer, title=words).id)


def _step(organizer: Organizer) -> str:
    cycle = AnnualCycleFactory(organizer=organizer, unit=SchoolUnitFactory(organizer=organizer))
    return str(CycleStepFactory(cycle=cycle, name=f"{CANARY}skolan {organizer.slug}").id)


def _wheel(organizer: Organizer) -> str:
    name = f"{CANARY}skolan {organizer.slug}"
    return str(AnnualCycleFactory(organizer=organizer, name=name).id)


def _plan(organizer: Organizer) -> str:
    words = f"{CANARY}skolan {organizer.slug}"
    plan = {"name": words, "subjects": [[words], [words]]}
    return str(MultiYearPlanFactory(organizer=organizer, **plan).id)


def _meeting(organizer: Organizer) -> str:
    name = f"{CANARY}skolan {organizer.slug}"
    return str(BoardDateFactory(organizer=organizer, name=name).id)


def _notice(organizer: Organizer) -> str:
    title = f"{CANARY}skolan {organizer.slug}"
    return str(
        NoticeFactory(
            organizer=organizer, person=PersonFactory(), title=title, told_at=STORY_DAY
        ).id
    )


def _held(organizer: Organizer) -> str:
    words = f"{CANARY}skolan {organizer.slug}"
    return str(ModerationSessionFactory(organizer=organizer, learned=words, subject=words).id)


def _view(organizer: Organizer) -> str:
    return str(SavedViewFactory(organizer=organizer, name=f"{CANARY}skolan {organizer.slug}").id)


def _feed(organizer: Organizer) -> str:
    return str(CalendarFeedFactory(organizer=organizer, person=PersonFactory()).id)


def unit_parts(organizer: Organizer) -> dict[str, str]:
    """Return the parts of a unit and of what was asked about it at a handover."""
    words = f"{CANARY}skolan {organizer.slug}"
    unit = SchoolUnitFactory(organizer=organizer, name=words)
    asked = HandoverQuestionFactory(unit=unit, question=words)
    return {"unit": str(unit.slug), "question": str(asked.id)}


def people_parts(organizer: Organizer) -> dict[str, str]:
    """Return the parts of a person and a role that is theirs."""
    person = PersonFactory(name=f"{CANARY}skolan {organizer.slug}")
    role = RoleAssignmentFactory(person=person, organizer=organizer, role=Role.TEACHER)
    return {"person_id": str(person.id), "role_id": str(role.id)}


def share_parts(organizer: Organizer) -> dict[str, str]:
    """Return a network that only this huvudman is in, and what it shares there."""
    grant = ShareGrantFactory(
        organizer=organizer, title=f"{CANARY}skolan {organizer.slug}", purpose=f"{CANARY}skolan"
    )
    SharedValueFactory(grant=grant)
    ShareViewingFactory(grant=grant)
    return {
        "network": f"natverk-{organizer.slug}",
        "grant_id": str(grant.id),
        "share_id": str(grant.id),
    }


FILLERS: dict[str, Callable[[Organizer], str]] = {
    **framework_fillers(CANARY),
    **board_fillers(CANARY),
    **dialogue_fillers(CANARY),
    "upload": _upload,
    "made": _import,
    "lesson": _lesson,
    "value": _value,
    "question_id": lambda organizer: asked_part(CANARY, organizer),
    "practice_id": lambda organizer: practice_part(CANARY, organizer),
    "past_id": _past,
    "waiting_id": _waiting,
    "step": _step,
    "plan": _plan,
    "meeting": _meeting,
    "wheel": _wheel,
    "notice": _notice,
    "feed": _feed,
    "held": _held,
    "view_id": _view,
    "shift_id": lambda organizer: shift_part(CANARY, organizer),
}
FIXED = {
    "finding": "x",
    "code": "skollagen-4-3",
    "edition": "skollagen-4",
    "year": "2026-27",
    "release": "x",
    "file": "icon.svg",
    "kind": "csv",
    "measure": "1",
    "act": "borja",
    "indicator": "gr-alla-amnen-ak9",
    "part": "underlag",
    "at": "0",
}
ITEM, DERIVED, NETWORK = "gr-alla-amnen-ak9", "beraknat-gr-larmiljo-ak5", "natverk:{network}"
GROUP = "rektorsgrupp:{group}"
ASKED = (
    ("/api/v1/organizers/{organizer:str}/thread", "analysis={analysis_id}"),
    ("/api/v1/organizers/{organizer:str}/thread", "action={action_id}"),
    ("/api/v1/organizers/{organizer:str}/coverage", "unit={unit}"),
    ("/api/v1/organizers/{organizer:str}/indicators", "unit={unit}"),
    ("/api/v1/organizers/{organizer:str}/search", f"q={CANARY}"),
    ("/{organizer:str}/oversikt/var-star-vi", "enhet={unit}"),
    ("/{organizer:str}/resultat", "enhet={unit}"),
    ("/{organizer:str}/sok", f"q={CANARY}"),
    ("/api/v1/organizers/{organizer:str}/comparison", f"indicator={DERIVED}"),
    ("/api/v1/organizers/{organizer:str}/comparison", f"indicator={DERIVED}&among={NETWORK}"),
    ("/api/v1/organizers/{organizer:str}/comparison", f"indicator={DERIVED}&among={GROUP}"),
    ("/api/v1/organizers/{organizer:str}/actions/{action_id:uuid}/foresight", f"indicator={ITEM}"),
    ("/{organizer:str}/insatser/{action_id:uuid}/effekt", f"indikator={ITEM}"),
    ("/{organizer:str}/jamfor", f"vad={DERIVED}"),
    ("/{organizer:str}/jamfor", f"vad={DERIVED}&vilka={NETWORK}"),
    ("/{organizer:str}/jamfor", f"vad={DERIVED}&vilka={GROUP}"),
    ("/{organizer:str}/jamfor/dela", f"vad={DERIVED}"),
    ("/{organizer:str}/jamfor/varden.csv", f"vad={DERIVED}&vilka={NETWORK}"),
    ("/{organizer:str}/jamfor/varden.xlsx", f"vad={DERIVED}&vilka={NETWORK}"),
    ("/{organizer:str}/jamfor/bild.svg", f"vad={DERIVED}&vilka={NETWORK}"),
    ("/{organizer:str}/jamfor/underlag", f"vad={DERIVED}&vilka={NETWORK}"),
    ("/{organizer:str}/fragor/ny", f"vad={DERIVED}&vilka={NETWORK}"),
)
NEEDS_A_QUESTION = {
    "/{organizer:str}/jamfor/salsa/bild.svg",
    "/{organizer:str}/jamfor/salsa/varden.csv",
    "/{organizer:str}/jamfor/salsa/varden.xlsx",
    "/api/v1/organizers/{organizer:str}/thread",
    "/api/v1/organizers/{organizer:str}/comparison",
    "/{organizer:str}/jamfor/dela",
    "/{organizer:str}/jamfor/varden.csv",
    "/{organizer:str}/jamfor/varden.xlsx",
    "/{organizer:str}/jamfor/bild.svg",
    "/{organizer:str}/jamfor/underlag",
    "/{organizer:str}/fragor/ny",
}
