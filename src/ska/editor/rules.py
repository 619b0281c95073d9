"""What a form of sections means, whoever sent it: untouched, changed or in conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ska.core.differences import Merge, Piece, differences, merge
from ska.writing.rules import Draft, digest, same_words

GUIDES: dict[str, tuple[str, ...]] = {
    "results": (
        "Vad förvånar er? Vad är oförändrat, trots era insatser?",
        "Jämfört med vad: tidigare år, andra enheter, era egna förväntningar?",
        "Vilka elever eller barn gäller det, och vilka gäller det inte?",
        "Hur många är det? Kan några få elever förklara skillnaden?",
        "Vad säger eleverna, barnen och vårdnadshavarna själva?",
    ),
    "causes": (
        "Vad i undervisningen kan förklara det ni ser?",
        "Vad i ledning, organisation eller stöd kan förklara det?",
        "Vad talar för varje orsak? Vad talar emot?",
        "Vad ligger utanför er kontroll, och vad kan ni ändå påverka?",
        "Vad vet ni inte? Vem tar reda på det, och till när?",
    ),
    "conclusion": (
        "Vilka två eller tre saker är viktigast?",
        "Hur säkra är ni, och vad bygger ni det på?",
        "Vad blev det av förra årets insatser?",
        "Vad ska ni fortsätta med för att det fungerar?",
    ),
    "needs": (
        "Vad behöver lärare och arbetslag kunna eller få tid till?",
        "Vad behöver enheten av huvudmannen?",
        "Vad behöver ni veta mer om?",
        "Vem påverkas, och hur får de vara med?",
    ),
}
PRESCHOOL_GUIDES: dict[str, tuple[str, ...]] = {
    "results": (
        "Vad visar dokumentationen om barnens lärande och lek över tid?",
        "Hur har barnens intresse och delaktighet förändrats?",
        "Vad säger barnen? Vad berättar vårdnadshavarna?",
        "Skiljer det sig mellan avdelningar, eller mellan yngre och äldre barn?",
    ),
    "causes": (
        "Vad i miljön, materialet eller dagens rytm kan förklara det ni ser?",
        "Vad i arbetslagets förhållningssätt och undervisning kan förklara det?",
        "Vad talar för varje orsak? Vad talar emot?",
        "Vad vet ni inte? Vem tar reda på det, och till när?",
    ),
}


def guide_of(key: str, *, is_preschool: bool) -> tuple[str, ...]:
    """Return the guiding questions of a section, in a preschool's words when it is one."""
    own = PRESCHOOL_GUIDES if is_preschool else GUIDES
    return own.get(key) or GUIDES.get(key, ())


class Origin(StrEnum):
    """Why an observation lies ready when an analysis begins."""

    OPEN_QUESTION = "open_question"
    PROMISE = "promise"
    FOLLOW_UP = "follow_up"
    DECISION = "decision"
    OWN_WORDS = "own_words"


LONGEST_SEED = 4000  # what an observation may hold


@dataclass(frozen=True)
class Seed:
    """Something that lies ready as an observation, to keep or to strike."""

    origin: Origin
    text: str
    source: str

    @property
    def short(self) -> str:
        """Return the text as an observation can hold it."""
        fits = len(self.text) <= LONGEST_SEED
        return self.text if fits else f"{self.text[: LONGEST_SEED - 1]}…"


@dataclass(frozen=True)
class Sent:
    """A section as a form sent it: the text, its version, and the print of what was shown."""

    key: str
    text: str
    seen: int
    was: str
    not_personal_data: bool = False

    def is_untouched(self, current: str) -> bool:
        """Tell whether the reader left the section as it was shown, or wrote what now stands."""
        return digest(self.text) == self.was or same_words(self.text, current)

    @property
    def draft(self) -> Draft:
        """Return what is to be saved."""
        return Draft(self.text, self.seen, not_personal_data=self.not_personal_data)


def sections_in(data: Mapping[str, str], keys: tuple[str, ...]) -> list[Sent]:
    """Return the sections that a form carries, in the order of *keys*."""
    return [
        Sent(
            key,
            data[f"text_{key}"].replace("\r\n", "\n"),
            _number(data.get(f"version_{key}", "")),
            data.get(f"was_{key}", ""),
            data.get(f"sure_{key}") == "1",
        )
        for key in keys
        if f"text_{key}" in data
    ]


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 10 else -1


def meetings_in(data: Mapping[str, str], keys: tuple[str, ...]) -> list[Settled]:
    """Return what the writer chose for each section that met another's text."""
    return [
        Settled(
            key=key,
            choice=_choice(data.get(f"choice_{key}", "")),
            mine=data[f"mine_{key}"].replace("\r\n", "\n"),
            merged=data.get(f"merged_{key}", "").replace("\r\n", "\n"),
            seen=_number(data.get(f"seen_{key}", "")),
            not_personal_data=data.get(f"sure_{key}") == "1",
        )
        for key in keys
        if f"mine_{key}" in data
    ]


def _choice(written: str) -> Choice:
    """Read a choice; keeping both texts is what an unclear answer means."""
    return Choice(written) if written in set(Choice) else Choice.MERGED


class Choice(StrEnum):
    """What a writer does with two texts that met."""

    MINE = "mine"
    THEIRS = "theirs"
    MERGED = "merged"


@dataclass(frozen=True)
class Settled:
    """A writer's decision on two texts that met at version *seen*."""

    key: str
    choice: Choice
    mine: str
    merged: str
    seen: int
    not_personal_data: bool = False

    @property
    def chosen(self) -> str:
        """Return the text that is to stand."""
        return self.mine if self.choice is Choice.MINE else self.merged

    @property
    def leaves_mine(self) -> bool:
        """Tell whether the writer's own text will not stand as it was written."""
        return self.choice is not Choice.MINE and not same_words(self.merged, self.mine)

    def draft(self, text: str) -> Draft:
        """Return *text* as a draft written on the version where the texts met."""
        return Draft(text, self.seen, not_personal_data=self.not_personal_data)


@dataclass(frozen=True)
class Meeting:
    """Two texts of one section that met: both are shown, both are kept."""

    key: str
    mine: str
    theirs: str
    version: int
    who: str
    roles: str
    merged: Merge
    pieces: list[Piece] = field(default_factory=list)


def meeting_of(  # six facts of one event, all named
    key: str, *, mine: str, theirs: str, base: str | None, version: int, who: str, roles: str
) -> Meeting:
    """Return the meeting of two texts, with a proposal that holds both."""
    ground = base if base is not None else shared_ground(mine, theirs)
    return Meeting(
        key=key,
        mine=mine,
        theirs=theirs,
        version=version,
        who=who,
        roles=roles,
        merged=merge(ground, mine, theirs),
        pieces=differences(theirs, mine),
    )


def shared_ground(mine: str, theirs: str) -> str:
    """Return what two texts have in common: their ground when nobody kept it."""
    return "".join(piece.text for piece in differences(mine, theirs) if piece.kind == "same")
