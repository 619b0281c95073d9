"""The rules of the X-ray in words: what each looks for, and what to do about what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ska.core.text import _


class Severity(StrEnum):
    """How much a finding stands in the way of trusting the numbers."""

    STOP = "stop"
    LOOK = "look"
    KNOW = "know"


SEVERITY_WORDS = {
    Severity.STOP: _("Använd inte innan det är utrett"),
    Severity.LOOK: _("Titta efter"),
    Severity.KNOW: _("Bra att veta"),
}


@dataclass(frozen=True)
class Rule:
    """One standing check, as people read it."""

    id: str
    name: str
    looks_for: str
    advice: str
    severity: Severity
    mends: str = ""  # the page below the huvudman's where it is mended
    mends_words: str = ""

    @property
    def grade(self) -> str:
        """Return its severity in words."""
        return SEVERITY_WORDS[self.severity]


_RULES = (
    Rule("constant", _("Samma värde överallt"),
         _("En kolumn med minst tio värden där alla är noll eller exakt lika."),
         _("Jämför med källan: är kolumnen tom eller flyttad? Ångra en felaktig inläsning."),
         Severity.STOP, "/resultat/las-in", _("Läs in på nytt")),
    Rule("range", _("Utanför det möjliga"),
         _("Ett värde som enheten inte tillåter: en andel över 100, ett meritvärde över 340."),
         _("Rätta värdet i filen och läs in den igen. Kontrollera att kolumnen har rätt enhet."),
         Severity.STOP, "/resultat/las-in", _("Läs in på nytt")),
    Rule("outlier", _("Långt från sin egen historia"),
         _("Ett värde långt utanför seriens vanliga spridning, när minst sex perioder finns."),
         _("Läs värdet hos källan. Stämmer det, skriv varför och stäng fyndet som känt."),
         Severity.LOOK),
    Rule("jump", _("Plötsligt språng"),
         _("Ett sista steg som är mycket större än seriens vanliga steg och än slumpen."),
         _("Se efter om definition, gräns eller organisation har ändrats det året."),
         Severity.LOOK),
    Rule("gone", _("Någon saknas"),
         _("En enhet med värden de två föregående perioderna men inget i den senaste."),
         _("Är enheten nedlagd eller omdöpt? Annars saknas den i filen. Läs in den igen."),
         Severity.LOOK, "/enheter", _("Se era enheter")),
    Rule("new", _("Någon är ny"),
         _("En enhet som får sitt första värde i ett mått som de andra har haft länge."),
         _("Är enheten ny, eller har en gammal enhet bytt namn eller kod?"),
         Severity.KNOW, "/enheter", _("Se era enheter")),
    Rule("covered", _("Halva omgången"),
         _("En period där betydligt färre har värden än i perioderna runt om."),
         _("Jämför inte med andra perioder utan att se vilka som är med."),
         Severity.LOOK),
    Rule("renamed", _("Måttet beskrivs på ett nytt sätt"),
         _("Namnet, enheten eller definitionen ändrades i en inläsning."),
         _("Läs den nya definitionen. Är det ett annat mått, jämför inte över skiftet."),
         Severity.STOP),
    Rule("repeated", _("Upprepad omgång"),
         _("Värden som är en tidigare omgång en gång till, eller en hel period lik den före."),
         _("Läs det inte som oförändrat. Vänta på nästa omgång."),
         Severity.LOOK),
    Rule("totals", _("Delar och helhet går inte ihop"),
         _("Flickor och pojkar som inte blir alla, eller en andel för alla utanför båda."),
         _("Jämför med källan. Delarna kan komma från olika filer eller år."),
         Severity.STOP, "/resultat/las-in", _("Läs in på nytt")),
    Rule("stale", _("Nya siffror borde ha kommit"),
         _("Publiceringsdagen har passerat med en månad och inget nytt är inläst."),
         _("Hämta eller läs in den nya publiceringen."),
         Severity.KNOW, "/resultat/hamta", _("Hämta nya siffror")),
)  # fmt: skip
RULES = {rule.id: rule for rule in _RULES}
_GRAVEST_FIRST = sorted(_RULES, key=lambda rule: list(Severity).index(rule.severity))
PLACES = {rule.id: place for place, rule in enumerate(_GRAVEST_FIRST)}
