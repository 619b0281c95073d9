"""What is true of an analysis whoever asks: kinds, states, and the order that the law demands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ska.core.periods import follow, spelled
from ska.core.swedish import format_number
from ska.core.text import _
from ska.statistics.comparison import compare
from ska.statistics.measures import Measure
from ska.statistics.trends import describe_run
from ska.values.rules import word_beside


class Level(StrEnum):
    """Whose analysis it is: the unit's (skollagen 4:4) or the huvudman's (4:3)."""

    UNIT = "unit"
    ORGANIZER = "organizer"

    @property
    def paragraph(self) -> str:
        """Return the paragraph that asks for the work on this level."""
        return "skollagen 4 kap. 4 §" if self is Level.UNIT else "skollagen 4 kap. 3 §"


class State(StrEnum):
    """Where an analysis stands."""

    DRAFT = "draft"
    REVIEW = "review"
    ESTABLISHED = "established"


STATE_NAMES = {
    State.DRAFT: _("Pågår"),
    State.REVIEW: _("Klar för granskning"),
    State.ESTABLISHED: _("Fastställd"),
}


class ObservationKind(StrEnum):
    """Where an observation comes from; numbers and voices weigh the same."""

    INDICATOR = "indicator"
    SURVEY = "survey"
    VOICE = "voice"
    INTERVIEW = "interview"
    DOCUMENT = "document"
    VISIT = "visit"


OBSERVATION_NAMES = {
    ObservationKind.INDICATOR: _("Indikator"),
    ObservationKind.SURVEY: _("Enkät"),
    ObservationKind.VOICE: _("Röst"),
    ObservationKind.INTERVIEW: _("Intervju"),
    ObservationKind.DOCUMENT: _("Dokument"),
    ObservationKind.VISIT: _("Besök"),
}


class FindingKind(StrEnum):
    """What the evidence shows: something to keep, or something to work on."""

    STRENGTH = "strength"
    CHALLENGE = "challenge"


FINDING_NAMES = {
    FindingKind.STRENGTH: _("Styrka"),
    FindingKind.CHALLENGE: _("Utmaning"),
}


class Certainty(StrEnum):
    """How sure the writers are that a cause is a cause."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


CERTAINTY_NAMES = {
    Certainty.LIKELY: _("Ganska säkert"),
    Certainty.POSSIBLE: _("Möjligt"),
    Certainty.UNKNOWN: _("Vi vet inte än"),
}


class EvidenceSide(StrEnum):
    """What a piece of evidence does to a cause."""

    FOR = "for"
    AGAINST = "against"


EVIDENCE_NAMES = {EvidenceSide.FOR: _("Talar för"), EvidenceSide.AGAINST: _("Talar emot")}


class Group(StrEnum):
    """Those who take part (skollagen 4:4) or are offered to."""

    TEACHERS = "teachers"
    OTHER_STAFF = "other_staff"
    PUPILS = "pupils"
    CHILDREN = "children"
    GUARDIANS = "guardians"
    STUDENT_HEALTH = "student_health"


GROUP_NAMES = {
    Group.TEACHERS: _("Lärare och förskollärare"),
    Group.OTHER_STAFF: _("Övrig personal"),
    Group.PUPILS: _("Elever"),
    Group.CHILDREN: _("Barn"),
    Group.GUARDIANS: _("Vårdnadshavare"),
    Group.STUDENT_HEALTH: _("Elevhälsan"),
}

SECTIONS: dict[str, tuple[str, str]] = {
    "results": (
        _("Resultat"),
        _("Vad ser vi? Jämfört med vad? Vilka gäller det, och vilka gäller det inte?"),
    ),
    "causes": (
        _("Vad beror det på?"),
        _("Nämn minst tre tänkbara orsaker. Vad talar för och emot var och en?"),
    ),
    "conclusion": (
        _("Slutsats"),
        _("Vad vet vi nu? Vad vet vi inte? Vad är viktigast att ta tag i?"),
    ),
    "needs": (
        _("Behov"),
        _("Vad behöver vi av varandra och av nivån ovanför för att lyckas?"),
    ),
}


def cause_missing(level: Level) -> str:
    """Return the sentence for a development area that no cause stands behind."""
    return _(
        "Välj minst en orsak. Enligt {paragraph} ska orsakerna till resultatet analyseras "
        "innan ni väljer vad som ska utvecklas. Vet ni inte än? Lägg till en öppen fråga "
        "med ansvarig och datum."
    ).format(paragraph=level.paragraph)


def unproven(
    areas: Sequence[tuple[str, str, bool]], *, any_proven: bool, level: Level
) -> dict[str, str]:
    """Return what stands in the way of fastställande: a sentence by the place on the page it is at.

    *areas* holds each area's id, its title and whether it rests on a cause with evidence or begins
    with finding out; *any_proven* tells whether any cause of the analysis has evidence.
    """
    if not areas and not any_proven:
        return {"fynd": nothing_proven(level)}
    return {
        area_id: _(
            "”{title}” vilar inte på någon orsak med underlag ({paragraph}). Lägg till det "
            "som talar för en orsak, eller besluta att undersöka den som första insats."
        ).format(title=title, paragraph=level.paragraph)
        for area_id, title, is_grounded in areas
        if not is_grounded
    }


def nothing_proven(level: Level) -> str:
    """Return the sentence for an analysis in which no cause is shown."""
    return _(
        "Analysen har ingen orsak med underlag. Enligt {paragraph} ska orsakerna till "
        "resultatet analyseras: lägg till en orsak och det som talar för den."
    ).format(paragraph=level.paragraph)


BREAKS_NOT_KNOWN = _(
    "Det går inte att avgöra om något har ändrats: siffrorna sparades innan SKA höll reda på brott"
    " i serier. Öppna resultatet, där står om serien har ett brott."
)


class Number(Protocol):
    """A number that an observation pins."""

    @property
    def period(self) -> str:
        """Return the year or läsår it is about."""

    @property
    def value(self) -> object:
        """Return the value as it was, or None."""

    @property
    def n(self) -> int | None:
        """Return how many it is built on, when known."""

    @property
    def status(self) -> str:
        """Return why there is no value, when there is none."""

    @property
    def since(self) -> str | None:
        """Return why it is not counted as those before a break, empty before any.

        None where it was pinned before breaks were kept.
        """


@dataclass(frozen=True)
class NumberLine:
    """A number as it is read: never without its period, count and uncertainty."""

    period: str
    written: str
    interval: str
    is_few: bool


@dataclass(frozen=True)
class Numbers:
    """An observation's numbers, and what may be said about them (decision 26)."""

    lines: list[NumberLine]
    run: str = ""
    change: str = ""
    is_clear: bool = False


def read_numbers(unit_of_measure: str, numbers: Sequence[Number]) -> Numbers:
    """Return the numbers in words; those that follow in time with what may be said of the change.

    Places beside each other are numbers too, and between them nothing has changed.
    """
    share = unit_of_measure.strip() == "%"
    measures = [_measure(one, share) for one in numbers]
    lines = [
        NumberLine(one.label, one.written_with_count(), one.written_interval(), one.is_few)
        for one in measures
    ]
    subject = "Andelen" if share else "Värdet"
    if len(measures) < 2 or not follow([one.period for one in numbers]):
        return Numbers(lines)
    if any(one.since is None for one in numbers):
        return Numbers(lines, change=BREAKS_NOT_KNOWN)
    latest = compare(measures[-2], measures[-1], over_time=True, subject=subject)
    run = describe_run(measures, subject=subject)
    return Numbers(lines, run.sentence, latest.sentence, latest.is_clear)


def _measure(number: Number, share: bool) -> Measure:
    value = None if number.value is None else float(str(number.value))
    in_range = value is None or not share or 0 <= value <= 100
    word = word_beside(number.status)
    since = number.since or ""
    return Measure(
        value, number.n, spelled(number.period), word, since, share=share and in_range, since=since
    )


def say_revised(period: str, value: float | None, status_word: str, *, is_own: bool) -> str:
    """Return the sentence about a pinned number that its source has changed since."""
    if is_own:
        return _("Värdet för {period} har ändrats i en senare inläsning.").format(
            period=spelled(period)
        )
    if value is not None:
        written = format_number(value)
        return _("Källan har ändrat värdet för {period}: det är nu {value}.").format(
            period=spelled(period), value=written
        )
    return _("Källan har tagit bort värdet för {period}: {word}.").format(
        period=spelled(period), word=status_word
    )
