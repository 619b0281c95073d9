"""A chain from tag to follow-up, as "Var står vi?" counts it."""

from datetime import UTC, date, datetime

from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    AreaCauseFactory,
    CauseFactory,
    DevelopmentAreaFactory,
    FindingFactory,
    FollowUpFactory,
)
from tests.factories.framework import (
    FindingTagFactory,
)

NUMBER = "2120001234"


def chain(organizer, tag, *, unit=None, year=2026, followed=False, act=True):
    """Make an analysis whose finding is about *tag*, with what comes of it."""
    kind, _, item = tag.partition(":")
    analysis = AnalysisFactory(organizer=organizer, unit=unit, year=year)
    finding = FindingFactory(analysis=analysis)
    FindingTagFactory(analysis=analysis, finding_id=finding.id, kind=kind, item=item)
    if act:
        cause = CauseFactory(analysis=analysis, finding_id=finding.id)
        area = DevelopmentAreaFactory(analysis=analysis)
        AreaCauseFactory(analysis=analysis, area_id=area.id, cause_id=cause.id)
        action = ActionFactory(area=area, state="in_force", ends=date(2027, 6, 1))
        if followed:
            FollowUpFactory(
                action=action,
                done_answer="yes",
                effect_answer="yes",
                answered_at=datetime(2026, 9, 1, tzinfo=UTC),
                answered_by="Kim Ek",
            )
    return analysis, finding
