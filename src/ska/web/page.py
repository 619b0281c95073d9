"""What a handler answers: a page (200, or 422 with its form) or an act that is done (303)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Request
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from litestar.response import Response, Template
from litestar.response.base import ASGIResponse
from markupsafe import Markup

from ska.access import Actor, Right
from ska.core.secrets import csrf_token
from ska.core.text import _
from ska.web.cookies import FLASH, THEME, ensure_cookie, flash_cookie
from ska.web.forms import Form
from ska.web.packing import packed

IN_MEETING = "mote"
"""What `visa` says in the address of a page that is shown large, for many to read."""
VARY = "HX-Target, HX-Request, Cookie, Accept-Encoding, Sec-Fetch-Site"


@dataclass(frozen=True)
class NavItem:
    """A place in the main navigation."""

    label: str
    href: str
    current: bool


NAV = (
    ("Översikt", "/{o}/oversikt"),
    ("Resultat", "/{o}/resultat"),
    ("Analyser", "/{o}/{y}/analyser"),
    ("Insatser", "/{o}/insatser"),
    ("Årshjul", "/{o}/{y}/arshjul"),
    ("Jämför", "/{o}/jamfor"),
)
# Pages with an address of their own that are reached from a room of the menu.
BELOW = {
    "Översikt": (
        "malsattningar",
        "krav",
        "egna-mal",
        "idag",
        "arbetet",
        "resultatdialoger",
        "behov",
        "namndbeslut",
        "kvalitetsdialog",
    ),
    "Analyser": ("historia", "rod-trad"),
    "Resultat": ("np-betyg", "sambedomning"),
    "Insatser": ("uppfoljningar", "effekter", "arbetssatt"),
    "Årshjul": ("kalender", "flerarsplaner"),
    "Jämför": ("natverk", "rektorsgrupper", "fragor"),
}


def navigation(request: Request[Any, Any, Any], known: frozenset[str]) -> list[NavItem]:
    """Return the main navigation of the huvudman in the address; rooms not built are left out."""
    place = request.state.get("place")
    if place is None:
        return []
    here = frozenset(request.url.path.split("/"))
    items = []
    for label, pattern in NAV:
        if pattern not in known:
            continue
        href = pattern.format(o=place.organizer.slug, y=place.year.slug)
        parts = (href.rsplit("/", 1)[-1], *BELOW.get(label, ()))
        items.append(NavItem(_(label), href, not here.isdisjoint(parts)))
    return items


def _meeting_href(request: Request[Any, Any, Any]) -> str:
    """Return the same page for a meeting, or as it usually is for one that is in a meeting."""
    asked = parse_qsl(request.url.query, keep_blank_values=True)
    kept = [one for one in asked if one != ("visa", IN_MEETING)]
    if len(kept) == len(asked):
        kept.append(("visa", IN_MEETING))
    return f"{request.url.path}?{urlencode(kept)}" if kept else str(request.url.path)


def _may_begin(actor: Actor | None, place: Any) -> bool:
    return bool(actor and place and actor.may(Right.ANALYSE, place.organizer.id))


def _own_menu(actor: Actor | None, place: Any) -> list[NavItem]:
    """Return what a person's own menu holds: the profile, the huvudman's units and its people."""
    own = [NavItem(_("Min profil"), "/profil", False)]
    if place is not None:
        units = f"/{place.organizer.slug}/enheter"
        own.append(NavItem(_("Enheter i {name}").format(name=place.organizer.name), units, False))
    if actor and place and actor.may(Right.MANAGE_PEOPLE, place.organizer.id):
        people = f"/{place.organizer.slug}/personer"
        own.append(NavItem(_("Personer och uppdrag"), people, False))
    return own


def _flash(request: Request[Any, Any, Any]) -> list[str]:
    kept = request.cookies.get(FLASH)
    if not kept:
        return []
    try:
        return [base64.urlsafe_b64decode(kept.encode()).decode()]
    except ValueError:
        return []


class Page(Template):
    """A page. htmx asks the same address and gets the block it will fill."""

    def __init__(
        self, template_name: str, *, status_code: int | None = None, **context: Any
    ) -> None:
        form = context.get("form")
        failed = isinstance(form, Form) and bool(form.errors)
        super().__init__(
            template_name,
            context=context,
            status_code=status_code or (422 if failed else 200),
            headers={"Vary": VARY, "Cache-Control": "no-store"},
            media_type=MediaType.HTML,
        )

    def create_template_context(self, request: Request[Any, Any, Any]) -> dict[str, Any]:
        """Return what every page knows, and then what this page brings."""
        secret, cookie = ensure_cookie(request)
        if cookie is not None:
            self.cookies.append(cookie)
        messages = _flash(request)
        if messages:
            self.cookies.append(flash_cookie(request.app.state.settings, ""))
        state = request.app.state
        actor = request.state.get("actor")
        common = {
            "request": request,
            "actor": actor,
            "place": request.state.get("place"),
            "unread": request.state.get("unread") or int,
            "nav": navigation(request, state.rooms),
            "messages": messages,
            "csrf_token": csrf_token(secret),
            "theme": request.cookies.get(THEME) or (actor.theme if actor else None),
            "today": state.clock().date(),
            "form": Form(),
            "demo_mode": state.settings.demo,
            "may_begin": _may_begin(actor, request.state.get("place")),
            "user_menu": _own_menu(actor, request.state.get("place")),
            "in_meeting": request.query_params.get("visa") == IN_MEETING,
            "meeting_href": partial(_meeting_href, request),
        }
        return {**common, **self.context}

    def to_asgi_response(
        self, app: Any, request: Request[Any, Any, Any], **kwargs: Any
    ) -> ASGIResponse:
        """Render everything, or the title, the block that was asked for, and the messages."""
        template = request.app.template_engine.get_template(self.template_name)  # type: ignore[union-attr]  # always set
        context = self.create_template_context(request)
        components = request.app.state.components
        context["ui"] = components.make_module(context)
        target = request.headers.get("hx-target", "").rpartition("#")[2]
        if target and target in template.blocks:
            title, part = (
                Markup("".join(template.blocks[name](template.new_context(context))))  # noqa: S704  # a block has escaped what it was given
                for name in ("title", target)
            )
            frame = request.app.template_engine.get_template("layout/fragment.html")  # type: ignore[union-attr]  # as above
            body = frame.render(**context, title=title, part=part)
        else:
            body = template.render(**context)
        content, coding = packed(request, body.encode())
        return ASGIResponse(
            body=content,
            status_code=self.status_code or 200,
            media_type=MediaType.HTML,
            headers=self.headers | coding,
            cookies=self.cookies,
        )


class Done(Response[None]):
    """An act is done: go on to a page (303) with one sentence about it."""

    def __init__(
        self, sentence: str = "", *, to: str = "", cookies: list[Cookie] | None = None
    ) -> None:
        self.sentence = sentence
        headers = {"Location": to}
        super().__init__(content=None, status_code=303, headers=headers, cookies=cookies)

    def to_asgi_response(
        self, app: Any, request: Request[Any, Any, Any], **kwargs: Any
    ) -> ASGIResponse:
        """Answer 303; without a given address the reader comes back to where they were."""
        headers = {"Location": self.headers["Location"] or request.url.path}
        kept = list(self.cookies)
        if self.sentence:
            kept.append(flash_cookie(request.app.state.settings, self.sentence))
        return ASGIResponse(status_code=303, headers=headers, cookies=kept, body=b"")
