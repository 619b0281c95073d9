"""Self-assessment by nämnd, skolchef and rektorer: told apart, never averaged to a grade. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ska.core.swedish import join_words
from ska.core.text import _
from ska.values.rules import Audience, smallest_group

LEAST = smallest_group(Audience.INSIDE)


class Voice(StrEnum):
    """Who assesses: two offices that answer as one, and the rektorer."""

    BOARD = "board"
    DIRECTOR = "director"
    PRINCIPALS = "principals"


VOICE_NAMES = {
    Voice.BOARD: _("Nämnden"),
    Voice.DIRECTOR: _("Skolchefen"),
    Voice.PRINCIPALS: _("Rektorerna"),
}


class Rating(StrEnum):
    """How far one has come with a success factor, from not begun to wholly; or not known."""

    NOT_YET = "not_yet"
    SOME = "some"
    MOSTLY = "mostly"
    FULLY = "fully"
    UNKNOWN = "unknown"


RATING_NAMES = {
    Rating.NOT_YET: _("inte än"),
    Rating.SOME: _("till viss del"),
    Rating.MOSTLY: _("till stor del"),
    Rating.FULLY: _("helt och hållet"),
    Rating.UNKNOWN: _("vet inte"),
}
_STEPS = list(Rating)[:4]


@dataclass(frozen=True)
class Answer:
    """One answer about one factor; with *unit_id* it is a rektor's own, else the whole voice's."""

    voice: Voice
    unit_id: UUID | None
    factor: str
    rating: Rating
    ground: str
    written_by: str


@dataclass(frozen=True)
class Told:
    """What is told of a voice: its word, or why there is none (*waits*)."""

    name: str
    word: str = ""
    ground: str = ""
    written_by: str = ""
    waits: str = ""


@dataclass(frozen=True)
class Principals:
    """How many lead a unit today, and whether the day has come when answers may be told."""

    leading: int
    is_day: bool

    @property
    def answer_together(self) -> bool:
        """Tell whether they are too few to answer one by one without being known."""
        return self.leading < LEAST


def told_of(answers: Sequence[Answer], principals: Principals) -> list[Told]:
    """Return what is told of each voice about one factor.

    Nämnd and skolchef are offices that answer as one. A rektor's own answer is never told: their
    span is, from five answers on, once all have answered or the day has come.
    """
    return [_told(voice, answers, principals) for voice in Voice]


def _told(voice: Voice, answers: Sequence[Answer], principals: Principals) -> Told:
    name = VOICE_NAMES[voice]
    whole = next((one for one in answers if one.voice is voice and one.unit_id is None), None)
    if whole is not None:
        return Told(name, RATING_NAMES[whole.rating], whole.ground, whole.written_by)
    own = [one.rating for one in answers if one.voice is voice]
    if not own:
        return Told(name, waits=_("har inte svarat än"))
    if len(own) < LEAST or not (principals.is_day or len(own) >= principals.leading):
        return Told(
            name,
            waits=_("{n} av {all} har svarat; svaren visas tillsammans, från fem").format(
                n=len(own), all=principals.leading
            ),
        )
    return Told(name, _span(own))


def _span(ratings: Sequence[Rating]) -> str:
    steps = sorted(_STEPS.index(one) for one in ratings if one in _STEPS)
    if not steps:
        return RATING_NAMES[Rating.UNKNOWN]
    low, high = (RATING_NAMES[_STEPS[one]] for one in (steps[0], steps[-1]))
    word = low if low == high else _("mellan ”{low}” och ”{high}”").format(low=low, high=high)
    if len(steps) < len(ratings):
        word += _(", någon vet inte")
    return word


def difference_of(told: Sequence[Told]) -> str:
    """Return what the voices see alike or differently, in words."""
    said = [one for one in told if one.word]
    if len(said) < 2:
        return _("Det går inte att jämföra förrän minst två har svarat.")
    names = [one.name for one in said]
    if len({one.word for one in said}) == 1:
        who = join_words([names[0], *(name.lower() for name in names[1:])])
        return _("{who} svarar lika: {word}.").format(who=who, word=said[0].word)
    parts = [f"{one.name.lower()} {one.word}" for one in said]
    sentence = _("{parts}. Tala om vad skillnaden beror på.").format(parts=join_words(parts))
    return sentence[:1].upper() + sentence[1:]
