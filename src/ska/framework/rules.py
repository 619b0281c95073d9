"""Words for statuses, and how a page pasted from Skolverket is split into its parts. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

TEXT_STATUS_WORDS = {
    "seen": "ordalydelsen är inläst",
    "fragment": "bara en del är inläst",
    "not_seen": "ordalydelsen är inte inläst",
    "pasted": "inklistrad ordalydelse",
}
CERTAINTY_WORDS = {
    "seen": "läst i källan",
    "paraphrase": "läst, återgivet med våra ord",
    "secondary": "läst hos någon annan än utgivaren",
    "inferred": "vår slutsats, obekräftad",
    "memory": "ur minnet, kontrollera",
    "not_seen": "inte inläst",
}
CERTAINTY_FIELDS = {
    "membership": "att måttet ingår",
    "existence": "att det finns",
    "name": "namnet",
    "definition": "definitionen",
    "sub_goal": "kopplingen till delmålet",
    "text": "ordalydelsen",
    "theme": "vad det handlar om",
    "figure": "att nyckeltalet finns",
    "relation": "kopplingen",
}
RELATION_WORDS = {
    "same_concept": "räknar samma sak, men gruppen kan vara en annan",
    "variant": "samma sak för en avgränsad grupp",
    "part_of": "en del av måttet",
    "related": "samma tema, annan definition",
}
BETTER_WORDS = {
    "higher": "högre värde är önskvärt",
    "lower": "lägre värde är önskvärt",
    "neutral": "ingen önskad riktning",
}
LEVEL_WORDS = {
    "country": "riket",
    "county": "län",
    "municipality": "kommun",
    "organizer": "huvudman",
    "school_unit": "skolenhet",
}
PERIOD_WORDS = {
    "school_year": "läsår",
    "survey_spring": "läsår, enkäten görs på våren",
    "first_calendar_year": "läsår, värdet gäller läsårets första kalenderår",
}
KIND_WORDS = {
    "objective": "Målsättning",
    "sub_goal": "Delmål",
    "indicator": "Indikator",
    "condition": "Förutsättning",
    "candidate": "Obekräftat mått",
    "success_factor": "Framgångsfaktor",
    "requirement": "Krav",
    "curriculum": "Läroplan",
    "curriculum_area": "Målområde i läroplanen",
    "area": "Område",
    "question": "Fråga att samtala om",
    "self_assessment": "Självskattning",
}
RHYTHM_WORDS = {
    "continuous": "fortlöpande",
    "regular": "regelbundet",
    "yearly": "varje år",
    "none": "",
}

# What an analysis and a local goal may be tied to.
MAY_BE_TIED = frozenset(
    {"objective", "sub_goal", "indicator", "condition", "success_factor", "curriculum_area"}
)

PastedKind = Literal["objective", "sub_goal", "success_factor"]


@dataclass(frozen=True)
class Pasted:
    """One part of a pasted text: what it seems to be, and its words."""

    kind: PastedKind
    text: str
    school_type: str | None = None
    number: int | None = None
    heading: str | None = None


_SCHOOL_TYPES = {
    "förskola": "preschool",
    "förskolan": "preschool",
    "förskoleklass": "preschool_class",
    "förskoleklassen": "preschool_class",
    "grundskola": "compulsory_school",
    "grundskolan": "compulsory_school",
    "anpassad grundskola": "adapted_compulsory_school",
    "anpassade grundskolan": "adapted_compulsory_school",
    "specialskola": "special_school",
    "specialskolan": "special_school",
    "sameskola": "sami_school",
    "sameskolan": "sami_school",
    "fritidshem": "school_age_educare",
    "fritidshemmet": "school_age_educare",
    "gymnasieskola": "upper_secondary_school",
    "gymnasieskolan": "upper_secondary_school",
    "anpassad gymnasieskola": "adapted_upper_secondary_school",
    "anpassade gymnasieskolan": "adapted_upper_secondary_school",
    "komvux": "municipal_adult_education",
    "kommunal vuxenutbildning": "municipal_adult_education",
    "vuxenutbildningen": "municipal_adult_education",
}
_BULLET = re.compile(r"^[•·▪◦*\-–—]\s+")
_OBJECTIVE = re.compile(
    r"^(?:nationell[a]?\s+)?målsättning(?:en|ar)?(?:\s+för\s+(?:den\s+)?(?P<of>[a-zåäö ]{3,40}?))?"
    r"\s*[:–-]?\s*(?P<rest>(?<=[:–-]\s).*)?$",
    re.IGNORECASE,
)
_SUB_GOAL = re.compile(r"^delmål(?:en)?(?:\s+(?P<number>\d{1,2}))?\s*[:.–-]?\s*(?P<rest>.*)$", re.I)
_FACTORS = re.compile(r"^(faktorer för framgångsrik skolutveckling|framgångsfaktorer(na)?)$", re.I)
_STOP = re.compile(
    r"^(indikator(er|erna)?|läs mer|relaterat( innehåll)?|senast granskad.*|kontakt|"
    r"reflektionsfrågor|frågor att diskutera|dela( sidan)?)\s*:?$",
    re.IGNORECASE,
)
# A measure's label in the statistics is not the sentence of the delmål that it measures.
_MEASURE = re.compile(
    r"^(andel \(%\)|elevers upplevelse|pedagogiska personalens|vårdnadshavares uppfattning)", re.I
)


def split_pasted(text: str) -> list[Pasted]:
    """Return the målsättningar, delmål and framgångsfaktorer found in a pasted page.

    Skolform and number are None where the text does not say; a person places those by hand.
    Labels of measures are left out. Nothing is accepted by itself.
    """
    splitter = _Splitter()
    for line in text.replace("\u00a0", " ").splitlines():
        splitter.read(_BULLET.sub("", line.strip()).strip())
    splitter.close()
    return splitter.found


def place_of(item_id: str | None, kind: str, school_type: str | None, number: int | None) -> str:
    """Return the key of the place a wording fills: the item, or kind, skolform and number."""
    return item_id or f"{kind}:{school_type}:{number}"


def same_words(one: str | None, other: str | None) -> bool:
    """Tell whether two wordings differ in nothing but spaces and line ends."""
    return " ".join((one or "").split()) == " ".join((other or "").split())


class _Splitter:
    """Reads line by line; knows which skolform and which kind of part it stands in."""

    def __init__(self) -> None:
        self.found: list[Pasted] = []
        self.school_type: str | None = None
        self.open: Pasted | None = None
        self.listing = False
        self.in_factors = False
        self.count = 0

    def read(self, line: str) -> None:
        """Take one line, without its bullet."""
        if not line:
            self._end_paragraph()
        elif line.casefold().rstrip(":") in _SCHOOL_TYPES:
            self._begin(_SCHOOL_TYPES[line.casefold().rstrip(":")])
        elif _STOP.match(line):
            self.close()
        elif _FACTORS.match(line.rstrip(":")):
            self.close()
            self.in_factors = True
        elif not self._heading(line):
            self._words(line)

    def close(self) -> None:
        """Keep the part that is open, if it got any words."""
        if self.open is not None and self.open.text and not _MEASURE.match(self.open.text):
            self.found.append(self.open)
        self.open, self.listing, self.in_factors = None, False, False

    def _begin(self, school_type: str) -> None:
        self.close()
        self.school_type, self.count = school_type, 0

    def _heading(self, line: str) -> bool:
        if goal := _SUB_GOAL.match(line):
            self.close()
            number = int(goal["number"]) if goal["number"] else None
            rest = goal["rest"].strip()
            if number is None and rest:
                return False
            self.open = Pasted("sub_goal", rest, self.school_type, number)
            self.listing = number is None
            self.count = 0 if number is None else number
            return True
        if (aim := _OBJECTIVE.match(line)) and (aim["rest"] or len(line) < 90):
            of = (aim["of"] or "").strip().casefold()
            if of and of not in _SCHOOL_TYPES:
                return False
            self._begin(_SCHOOL_TYPES[of]) if of else self.close()
            self.open = Pasted("objective", (aim["rest"] or "").strip(), self.school_type)
            return True
        return False

    def _words(self, line: str) -> None:
        if self.in_factors:
            self._factor(line)
        elif self.listing:
            self.count += 1
            self.found.append(Pasted("sub_goal", line, self.school_type, self.count))
            self.open = None
        elif self.open is not None:
            joined = f"{self.open.text} {line}".strip()
            self.open = replace(self.open, text=joined)

    def _factor(self, line: str) -> None:
        if len(line) <= 90 and not line.endswith((".", "?", ":")):
            if self.open is not None and self.open.text:
                self.found.append(self.open)
            self.open = Pasted("success_factor", "", heading=line)
        elif self.open is not None:
            self.open = replace(self.open, text=f"{self.open.text} {line}".strip())

    def _end_paragraph(self) -> None:
        if self.open is not None and self.open.text and not self.in_factors:
            self.close()
