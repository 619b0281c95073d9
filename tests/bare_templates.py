"""The templates without the application: for house tests and for looking at the story page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from ska.web.templates import make_environment

FRONTEND = Path(__file__).parents[1] / "frontend"
TEMPLATES = FRONTEND / "templates"


class _Components:
    """The macros of components.html, made with the context of the page that calls them."""

    def __init__(self, environment: Environment) -> None:
        self.template = environment.get_template("components.html")

    def __getattr__(self, name: str) -> Any:
        @pass_context
        def call(context: Context, *args: Any, **kwargs: Any) -> Any:
            return getattr(self.template.make_module(context.get_all()), name)(*args, **kwargs)

        return call


@cache
def environment() -> Environment:
    """Return the house's Jinja environment, with texts left as they are; one for the run."""
    made = make_environment()
    made.globals.update(_=lambda text: text, statics=lambda path: f"/static/{path}")
    made.globals["ui"] = _Components(made)
    return made


def sample(**changes: Any) -> dict[str, Any]:
    """Return what the server would hand to a page of the demo's quality lead."""
    labels = ("Översikt", "Resultat", "Analyser", "Insatser", "Årshjul", "Jämför")
    return {
        "actor": SimpleNamespace(name="Kim Åkesson"),
        "place": SimpleNamespace(
            organizer=SimpleNamespace(name="Ekhult", slug="ekhult", is_demo=True),
            year=_Year("2026-27"),
            unit=None,
        ),
        "nav": [
            SimpleNamespace(label=label, href=f"#{label}", current=label == "Analyser")
            for label in labels
        ],
        "messages": ["Insatsen är planerad."],
        "csrf_token": "sample",
        "unread": int,
        "theme": "",
        "version": "0.1.0",
        "form": SimpleNamespace(errors={}, raw={}),
        "thread": SimpleNamespace(steps=_thread()),
    } | changes


class _Year:
    def __init__(self, slug: str) -> None:
        self.slug = slug

    def __str__(self) -> str:
        return self.slug.replace("-", "/")


def _thread() -> list[dict[str, Any]]:
    def step(kind: str, label: str, status: str = "", here: bool = False) -> dict[str, Any]:
        node = {"label": label, "href": "#", "status": status, "current": here}
        return {"kind": kind, "here": here, "nodes": [node], "gap": None}

    gap = {"text": "Ingen uppföljning ännu", "href": "#", "action": "Följ upp"}
    return [
        step("Delmål", "Resultat i alla ämnen"),
        step("Underlag", "61,8 % (42 av 68 elever)"),
        step("Iakttagelse", "Färre når alla ämnen", "Utmaning"),
        step("Orsak", "Nya elever kartläggs sent"),
        step("Utvecklingsområde", "Tidig kartläggning", here=True),
        step("Insats", "Kartlägg inom två veckor", "Pågår"),
        {"kind": "Uppföljning", "here": False, "nodes": [], "gap": gap},
    ]
