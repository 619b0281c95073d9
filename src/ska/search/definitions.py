"""The pages that can be gone to by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ska.access import Right
from ska.core.text import _
from ska.search.rules import is_named


@dataclass(frozen=True)
class Destination:
    """A page of the huvudman, the words that find it, and the right it asks for."""

    title: str
    words: str
    path: str
    needs: Right = Right.ENTER


PAGES = (
    Destination(_("Översikt"), "hem start att göra", "/{o}/oversikt"),
    Destination(_("Var står vi?"), "täckning delmål läge", "/{o}/oversikt/var-star-vi"),
    Destination(_("Resultat"), "indikatorer siffror statistik", "/{o}/resultat"),
    Destination(
        _("Målsättningar"), "delmål ramverk nationella kvalitetssystemet", "/{o}/malsattningar"
    ),
    Destination(_("Krav i skollagen"), "lag författning paragraf", "/{o}/krav"),
    Destination(_("Egna mål och indikatorer"), "lokala mått", "/{o}/egna-mal"),
    Destination(_("Läs in värden"), "import fil excel csv enkät", "/{o}/resultat/las-in"),
    Destination(_("Analyser"), "nulägesanalys", "/{o}/{y}/analyser"),
    Destination(_("Ny analys"), "börja skapa", "/{o}/{y}/analyser/ny", Right.ANALYSE),
    Destination(_("Insatser"), "åtgärder uppföljning", "/{o}/insatser"),
    Destination(_("Årshjul"), "läsår steg kalender tidplan", "/{o}/{y}/arshjul"),
    Destination(_("Enheter"), "skolor förskolor", "/{o}/enheter"),
    Destination(
        _("Personer och uppdrag"),
        "roller behörighet användare rektor inbjudan",
        "/{o}/personer",
        Right.MANAGE_PEOPLE,
    ),
    Destination(_("Notiser"), "påminnelser meddelanden", "/{o}/notiser"),
    Destination(_("Kalender"), "prenumerera ical", "/{o}/kalender"),
    Destination(_("Min profil"), "nycklar api tema inloggningar lösenord", "/profil"),
    Destination(_("Hjälp"), "stöd", "/hjalp"),
)


def pages_for(
    words: Sequence[str], known: frozenset[str], rights: Iterable[Right]
) -> list[Destination]:
    """Return the pages that *words* name, of those that exist and that *rights* open."""
    held = set(rights)
    return [
        page
        for page in PAGES
        if page.path in known
        and page.needs in held
        and is_named(f"{page.title} {page.words}", words)
    ]
