"""The chain: an analysis with its parts, and what comes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.actions.models import (
    Action,
    Deficiency,
    EffectReading,
    Expectation,
    FollowUp,
    FrozenGround,
)
from ska.analyses.models import (
    Analysis,
    AreaCause,
    Cause,
    DevelopmentArea,
    Evidence,
    ExpectedEffect,
    Finding,
    Observation,
    Participation,
    StruckPart,
)
from ska.core.ids import new_id


class AnalysisFactory(Factory):
    class Meta:
        model = Analysis
        exclude = ("organizer", "unit")

    organizer = factory.SubFactory(OrganizerFactory)
    unit = None
    organizer_id = factory.SelfAttribute("organizer.id")
    unit_id = factory.LazyAttribute(lambda row: row.unit.id if row.unit else None)
    level = factory.LazyAttribute(lambda row: "unit" if row.unit else "organizer")
    year = 2026
    title = "Kunskapsresultat i årskurs 9"
    written_by = "Kim Ek"
    created_at = datetime(2026, 8, 20, 9, tzinfo=UTC)  # not begun a moment ago


class PartFactory(Factory):
    class Meta:
        abstract = True
        exclude = ("analysis",)

    analysis = factory.SubFactory(AnalysisFactory)
    analysis_id = factory.SelfAttribute("analysis.id")
    organizer_id = factory.SelfAttribute("analysis.organizer_id")


class ObservationFactory(PartFactory):
    class Meta:
        model = Observation

    kind = "voice"
    text = "Det är stökigt på lektionerna"


class FindingFactory(PartFactory):
    class Meta:
        model = Finding

    kind = "challenge"
    text = "Studieron varierar mellan klasser"


class CauseFactory(PartFactory):
    class Meta:
        model = Cause

    finding_id = factory.LazyAttribute(lambda row: FindingFactory(analysis=row.analysis).id)
    text = "Vikarietätt läsår i matematik"
    certainty = "possible"


class EvidenceFactory(PartFactory):
    class Meta:
        model = Evidence

    cause_id = factory.LazyAttribute(lambda row: CauseFactory(analysis=row.analysis).id)
    side = "for"
    text = "Fyra röster säger det"


class DevelopmentAreaFactory(PartFactory):
    class Meta:
        model = DevelopmentArea

    title = "Stabil matematikundervisning"


class AreaCauseFactory(PartFactory):
    class Meta:
        model = AreaCause


class ExpectedEffectFactory(PartFactory):
    class Meta:
        model = ExpectedEffect

    text = "Studieroindex minst 6,5"


class ParticipationFactory(PartFactory):
    class Meta:
        model = Participation

    group = "pupils"
    offered = True
    took_part = True
    how = "Elevrådet i oktober"


class StruckPartFactory(PartFactory):
    class Meta:
        model = StruckPart

    kind = "participation"
    part_id = factory.LazyFunction(new_id)
    label = "Elevrådet i oktober"
    content = factory.LazyFunction(lambda: {"group": "pupils", "how": "Elevrådet i oktober"})
    inside = factory.LazyFunction(list)
    reason = "Skrevs två gånger"
    struck_by = "Kim Ek"


class DeficiencyFactory(Factory):
    class Meta:
        model = Deficiency
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    text = "Elevhälsan saknar skolläkare"
    source = "Uppföljning av elevhälsan"
    found_on = date(2026, 9, 1)


class ActionFactory(Factory):
    class Meta:
        model = Action
        exclude = ("organizer", "area")

    organizer = None
    area = None
    organizer_id = factory.LazyAttribute(
        lambda row: row.area.organizer_id if row.area else (row.organizer or OrganizerFactory()).id
    )
    area_id = factory.LazyAttribute(lambda row: row.area.id if row.area else None)
    kind = "development"
    title = "Kartlägg nya elever inom två veckor"
    level = "preventive"
    governance_level = "principals"
    horizon = "short"
    owner_role = "rektor"
    starts = date(2026, 9, 15)
    state = "draft"


class FollowUpFactory(Factory):
    class Meta:
        model = FollowUp
        exclude = ("action",)

    action = factory.SubFactory(ActionFactory)
    action_id = factory.SelfAttribute("action.id")
    organizer_id = factory.SelfAttribute("action.organizer_id")
    planned_on = date(2027, 1, 22)


class ExpectationFactory(Factory):
    """An expectation of the huvudman's own values, which nobody else has to compare with."""

    class Meta:
        model = Expectation
        exclude = ("action",)

    action = factory.SubFactory(ActionFactory)
    action_id = factory.SelfAttribute("action.id")
    organizer_id = factory.SelfAttribute("action.organizer_id")
    indicator = "gr-alla-amnen-ak9"
    title = "Lägst betyget E i samtliga ämnen, årskurs 9"
    gender = "T"
    direction = "higher"
    size = 12
    unit_of_measure = "%"
    expected_in = "2026/27"
    is_own = True
    source = "local"
    measure = "gr-alla-amnen-ak9"
    scope = "all"
    area_type = "organizer"
    area_code = "2120001234"
    area = "Ekhult"
    period_type = "school_year"
    definition_version = 1
    reason = factory.LazyAttribute(
        lambda row: "" if row.fingerprint else "egna värden finns inte för liknande enheter"
    )
    fingerprint = ""
    written_at = datetime(2026, 9, 3, 12, tzinfo=UTC)
    written_by = "Kim Ek"


class OfExpectationFactory(Factory):
    class Meta:
        abstract = True
        exclude = ("expectation",)

    expectation = factory.SubFactory(ExpectationFactory)
    expectation_id = factory.SelfAttribute("expectation.id")
    organizer_id = factory.SelfAttribute("expectation.organizer_id")


class FrozenGroundFactory(OfExpectationFactory):
    class Meta:
        model = FrozenGround

    content = factory.LazyFunction(dict)


class EffectReadingFactory(OfExpectationFactory):
    class Meta:
        model = EffectReading

    verdict = "cannot_tell"
    word = "kan inte avgöras (det finns inget värde efter insatsen)"
    sentence = "Det går inte att avgöra om insatsen gjorde skillnad."
    placebos = 0
    as_large = 0
    periods = ""
    read_at = datetime(2027, 1, 22, 12, tzinfo=UTC)
