"""What the isolation matrix needs to know of the rooms: how to fill an address's parameters.

A room that brings a new kind of parameter adds one function to `FILLERS`: given an organizer it
makes such a thing there, with CANARY in every text, and returns its part of the address.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.factories.accounts import PersonFactory
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    DevelopmentAreaFactory,
    FollowUpFactory,
    ObservationFactory,
)
from tests.factories.cycle import (
    AnnualCycleFactory,
    BoardDateFactory,
    CalendarFeedFactory,
    CycleStepFactory,
    NoticeFactory,
)
from tests.factories.framework import framework_fillers
from tests.factories.organizers import SchoolUnitFactory
from tests.factories.values import OwnImportFactory, UploadFactory
from tests.factories.writing import TextVersionFactory, WrittenTextFactory
from tests.places import STORY_DAY

from ska.organizers.models import Organizer

CANARY = "Kanariefågelsång"


def _unit(organizer: Organizer) -> str:
    unit = SchoolUnitFactory(organizer=organizer, name=f"{CANARY}skolan {organizer.slug}")
    return str(unit.slug)


def _text(organizer: Organizer) -> str:
    text = WrittenTextFactory(organizer=organizer, text=f"{CANARY}skolan {organizer.slug}")
    TextVersionFactory(written_text=text, text=f"{CANARY}skolan {organizer.slug}")
    return str(text.id)


def _upload(organizer: Organizer) -> str:
    return str(UploadFactory(organizer=organizer, file=f"{CANARY}skolan {organizer.slug}").id)


def _import(organizer: Organizer) -> str:
    made = OwnImportFactory(
        organizer=organizer,
        file=f"{CANARY}skolan {organizer.slug}",
        title=f"{CANARY}skolan {organizer.slug}",
    )
    return str(made.id)


def _analysis(organizer: Organizer) -> str:
    return str(AnalysisFactory(organizer=organizer, title=f"{CANARY} {organizer.slug}").id)


def _observation(organizer: Organizer) -> str:
    analysis = AnalysisFactory(organizer=organizer)
    return str(ObservationFactory(analysis=analysis, text=f"{CANARY} {organizer.slug}").id)


def _area(organizer: Organizer) -> str:
    analysis = AnalysisFactory(organizer=organizer)
    return str(DevelopmentAreaFactory(analysis=analysis, title=f"{CANARY} {organizer.slug}").id)


def _action(organizer: Organizer) -> str:
    return str(ActionFactory(organizer=organizer, title=f"{CANARY} {organizer.slug}").id)


def _follow_up(organizer: Organizer) -> str:
    action = ActionFactory(organizer=organizer, title=f"{CANARY} {organizer.slug}")
    return str(FollowUpFactory(action=action).id)


def _step(organizer: Organizer) -> str:
    cycle = AnnualCycleFactory(organizer=organizer)
    return str(CycleStepFactory(cycle=cycle, name=f"{CANARY}skolan {organizer.slug}").id)


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


def _feed(organizer: Organizer) -> str:
    return str(CalendarFeedFactory(organizer=organizer, person=PersonFactory()).id)


FILLERS: dict[str, Callable[[Organizer], str]] = {
    "unit": _unit,
    **framework_fillers(CANARY),
    "analysis_id": _analysis,
    "observation_id": _observation,
    "area_id": _area,
    "action_id": _action,
    "follow_up_id": _follow_up,
    "text_id": _text,
    "upload": _upload,
    "made": _import,
    "step": _step,
    "meeting": _meeting,
    "notice": _notice,
    "feed": _feed,
}
FIXED = {
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
    "key": "causes",
}
