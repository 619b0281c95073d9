"""Pages with a chart as they may be kept as a view: what they are called, and what they ask for.

Each is in the words of its own address. The latest period is no period, and the reader's own place
is no place: both follow whoever opens the view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy.orm import Session

from ska.access import Actor
from ska.assessment.queries.chosen import Asked
from ska.assessment.queries.relation import relation_view
from ska.comparisons.forms import When
from ska.comparisons.queries.salsa import AskedSalsa, salsa_view
from ska.comparisons.queries.shown import Compared, ComparisonView
from ska.comparisons.rules import COUNTRY, NOBODY, WHOLE
from ska.core.periods import spelled
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.models import Organizer, PrincipalsGroup
from ska.organizers.rules import GROUP
from ska.overview.queries.home import role_and_unit
from ska.overview.queries.indicator import indicator_view
from ska.overview.queries.pages import Choice
from ska.overview.rules.shapes import SHAPE_WORDS, Shape, shape_of
from ska.sharing.queries import joined_networks
from ska.values.known import read_day

PAGE = "sida"
"""Names the page in what a view asks for; Jämför itself is not named."""
SALSA, RELATION, INDICATOR = "salsa", "np-betyg", "resultat"
LOCAL = "local"  # the kind of an indicator that a huvudman has made itself


@dataclass(frozen=True)
class ToKeep:
    """A page to keep: its *heading*, *about* what, its *path*, and what it asks for.

    *fixed* is what is added when the view stays at *period*; a page of all years has none.
    *networks* are those that it may be fixed for; *only_here* says why it means nothing there.
    """

    heading: str
    about: str
    asked: Mapping[str, Any]
    period: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    network_id: UUID | None = None
    network: str = ""
    group: PrincipalsGroup | None = None
    networks: tuple[tuple[UUID, str], ...] = ()
    only_here: str = ""

    def question(self, when: When) -> dict[str, Any]:
        """Return what the view asks for, in the names of the page's address."""
        return {**self.asked, **(self.fixed if when is When.FIXED else {})}

    @property
    def path(self) -> str:
        """Return the address of the page as it stands, after the huvudman's own."""
        return path_of(self.question(When.FIXED))


def path_of(question: Mapping[str, Any]) -> str:
    """Return the address that a view's question leads to, after the huvudman's own."""
    asked = dict(question)
    page = asked.pop(PAGE, "")
    base = {SALSA: "/jamfor/salsa", RELATION: "/np-betyg"}.get(page, "/jamfor")
    if page == INDICATOR:
        base = f"/resultat/{asked.pop('vad')}"
    return f"{base}?{urlencode(asked, doseq=True)}" if asked else base


def compared_to_keep(
    view: ComparisonView, asked: Compared, group: PrincipalsGroup | None = None
) -> ToKeep:
    """Return a comparison to keep; what is usual is left out. *group* is whose units it is of."""
    found: dict[str, Any] = {
        "vad": view.item.code if view.item else "",
        "vilka": view.chosen.key,
        "mot": asked.beside if asked.beside not in ("", view.own) else "",
        "ordning": str(asked.order) if asked.order != "namn" else "",
        "matt": asked.measure or "",
        "ar": "3" if view.pooled else "",
        "kant": view.known.isoformat() if view.known else "",
        "som": str(view.shape) if view.shape != "prickar" else "",
        "kommun": list(asked.codes),
        "enhet": list(view.picked),
        "bakgrund": [one.code for one in view.factors],
    }
    for name, value in view.alike.asked.written if view.alike else ():
        found[name] = [*found.get(name, []), value]
    return ToKeep(
        heading=view.item.heading if view.item else "",
        about=view.chosen.label,
        asked={name: value for name, value in found.items() if value},
        period=spelled(view.period) if view.period else "",
        fixed={"nar": view.period} if view.period else {},
        network_id=view.network_id,
        network=view.sharing.name if view.sharing else "",
        group=group,
        networks=tuple((one.network_id, one.label) for one in view.sets if one.network_id),
        only_here=_only_among_ours(view, asked),
    )


def _only_among_ours(view: ComparisonView, asked: Compared) -> str:
    """Return why a comparison is for one's own huvudman, where it asks for what others lack."""
    is_local = view.item is not None and view.item.kind == LOCAL
    if why := _only_here(view.chosen.units is not None, view.picked, is_local):
        return why
    anywhere = ("", view.own, WHOLE, COUNTRY, NOBODY)
    if not view.network_id and asked.beside not in anywhere:
        return _("Vyn jämför med en plats som du har valt. Den finns inte hos alla.")
    return ""


def page_to_keep(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    page: str,
    asked: Mapping[str, str],
    today: date,
) -> ToKeep:
    """Return another page to keep, as its address asks for it; raise Missing for no such page."""
    if page not in _PAGES:
        raise Missing
    known = read_day(asked.get("kant"), today, field="kant")
    found = _PAGES[page](session, actor, organizer, asked, known)
    day = {"kant": known.isoformat()} if known else {}
    networks = tuple(joined_networks(session, actor, organizer.id).items())
    return replace(found, asked={PAGE: page, **found.asked, **day}, networks=networks)


def _salsa(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    asked: Mapping[str, str],
    known: date | None,
) -> ToKeep:
    wanted = AskedSalsa(asked.get("matt", ""), asked.get("nar", ""), known)
    view = salsa_view(session, actor, organizer, wanted)
    if view.chart is None:
        raise Missing
    question = {"matt": view.modelled.key}
    heading = f"SALSA: {view.modelled.word.lower()}"
    return ToKeep(heading, organizer.name, question, spelled(view.period), {"nar": view.period})


def _relation(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    asked: Mapping[str, str],
    known: date | None,
) -> ToKeep:
    _roles, home = role_and_unit(actor, organizer.id)
    wanted = Asked(
        asked.get("enhet"), asked.get("prov", ""), asked.get("amne", ""), asked.get("var", ""),
        asked.get("grupp", ""), known,
    )  # fmt: skip
    view = relation_view(session, actor, organizer, wanted, home=home)
    question = {
        "prov": view.relation.id,
        "amne": view.subject.id,
        "grupp": view.group.key,
        **_place(view.unit.slug if view.unit else "", is_home=_is(view.unit, home)),
    }
    spring = str(view.spring or "")
    heading = f"{view.relation.name}: {view.subject.name}"
    fixed = {"var": spring} if spring else {}
    only_here = _only_here(question.get("enhet"), view.group.key.startswith(GROUP))
    return ToKeep(heading, view.here, question, spring, fixed, only_here=only_here)


def _indicator(
    session: Session,
    actor: Actor,
    organizer: Organizer,
    asked: Mapping[str, str],
    known: date | None,
) -> ToKeep:
    shape, shift = shape_of(asked.get("som")), asked.get("skifte", "")
    choice = Choice(asked.get("enhet"), asked.get("matt"), known, shape, shift)
    view = indicator_view(
        session, actor, organizer, asked.get("vad", ""), choice, with_happenings=False
    )
    question = {
        "vad": view.item.code,
        "enhet": view.unit.slug if view.unit else "",
        "matt": view.group if view.group != "official" else "",
        "som": "" if view.shape is Shape.TREND else str(view.shape),
        "skifte": view.shift,
    }
    here = view.unit.name if view.unit else organizer.name
    about = f"{here}, {SHAPE_WORDS[view.shape].lower()}"
    kept = {name: value for name, value in question.items() if value}
    only_here = _only_here(kept.get("enhet"), view.item.kind == LOCAL)
    return ToKeep(view.item.heading, about, kept, only_here=only_here)


_Reading = Callable[[Session, Actor, Organizer, Mapping[str, str], date | None], ToKeep]
_PAGES: Mapping[str, _Reading] = {SALSA: _salsa, RELATION: _relation, INDICATOR: _indicator}


def _place(slug: str, *, is_home: bool) -> dict[str, str]:
    """Return the place of a page that begins with the reader's own; the whole is asked for."""
    return {} if is_home else {"enhet": slug}


def _only_here(*bound: object) -> str:
    """Return why a view is for one's own huvudman, where it asks for a thing that others lack."""
    if not any(bound):
        return ""
    return _("Vyn visar en enhet, en grupp eller en indikator som bara finns hos er.")


def _is(unit: Any, home: UUID | None) -> bool:
    return (unit.id if unit else None) == home
