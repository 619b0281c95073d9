"""Four short pages that anyone may read: help, accessibility, about, and the API."""

from __future__ import annotations

from litestar import Controller

from ska.core.text import _
from ska.web.page import Page
from ska.web.routing import Needs, read

Pairs = list[tuple[str, str]]


def _page(
    heading: str,
    paragraphs: list[str],
    *,
    links: Pairs | None = None,
    steps: Pairs | None = None,
    facts: Pairs | None = None,
) -> Page:
    return Page(
        "about/page.html",
        heading=heading,
        paragraphs=paragraphs,
        links=links or [],
        steps=steps or [],
        facts=facts or [],
    )


def _steps() -> Pairs:
    return [
        (_("Se var ni är"), _("Öppna Resultat. Börja med en siffra eller en röst som förvånar.")),
        (_("Fråga varför"), _("Skriv orsaker, och vad som talar för och emot (skollagen 4 kap.).")),
        (_("Bestäm vart ni ska"), _("Välj ett utvecklingsområde och skriv vad som ska synas.")),
        (_("Gör det"), _("Planera en insats med ansvarig roll och en dag för uppföljning.")),
        (_("Se hur det blev"), _("Följ upp: genomfördes den, gav den effekt, och vad gör ni nu?")),
    ]


def _facts() -> Pairs:
    return [
        (_("Söka"), _("Ctrl+K går till sökrutan. Den hittar mål, analyser, insatser och sidor.")),
        (_("Spara"), _("Det du skriver i en analys sparas medan du skriver. Allt har versioner.")),
        (_("Ångra"), _("Tidigare versioner går att läsa och ta tillbaka. Struket går att återta.")),
        (_("Vem som ser"), _("Ett utkast stannar hos er. Ingen annan huvudman kan läsa det.")),
        (_("Elever"), _("Skriv inte namn eller annat som kan peka ut en elev.")),
        (_("Få elever"), _("Värden för små grupper döljs. Det står alltid varför.")),
    ]


class AboutController(Controller):
    """What SKA is and where to turn."""

    @read("/hjalp", needs=Needs.ANYONE)
    def help(self) -> Page:
        """Show how the work goes, in order."""
        return _page(
            _("Hjälp"),
            [
                _("Arbetet har fyra frågor: var är vi, vart ska vi, hur gör vi och hur blev det."),
            ],
            steps=_steps(),
            facts=_facts(),
        )

    @read("/tillganglighet", needs=Needs.ANYONE)
    def accessibility(self) -> Page:
        """Show what is done so that everyone can use the pages."""
        return _page(
            _("Tillgänglighet"),
            [
                _("Sidorna byggs för WCAG 2.2 AA och prövas med automatiska tester."),
                _("Allt går att läsa, skriva och spara utan JavaScript och med tangentbord."),
                _("Varje diagram har en mening och en tabell som säger samma sak."),
                _("Saknar du något? Hör av dig till den som är administratör hos er."),
            ],
        )

    @read("/om", needs=Needs.ANYONE)
    def about(self) -> Page:
        """Show what SKA is."""
        return _page(
            _("Om SKA"),
            [
                _("SKA är ett öppet verktyg för systematiskt kvalitetsarbete i skolan."),
                _("Det binder ihop siffra, analys, orsak, insats och effekt, år efter år."),
                _("Här sparas inga uppgifter om enskilda elever. Ingenting skickas till andra."),
            ],
        )

    @read("/api", needs=Needs.ANYONE)
    def api(self) -> Page:
        """Show where programs begin."""
        return _page(
            _("API"),
            [
                _("Allt som går att göra på sidorna går att göra från ett program."),
                _("Skapa en nyckel i din profil och skicka den i rubriken Authorization."),
            ],
            links=[(_("Beskrivning i OpenAPI 3.1"), "/api/v1/openapi.json")],
        )
