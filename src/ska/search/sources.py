"""What can be found: one query for each kind of text, each through the first lock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from ska.access import Actor, visible
from ska.actions.models import Action, FollowUp
from ska.analyses.models import (
    Analysis,
    Cause,
    DevelopmentArea,
    Finding,
    InAnalysis,
    Observation,
)
from ska.core.text import _
from ska.framework.models import (
    FrameworkEdition,
    FrameworkItem,
    FrameworkWording,
    LocalGoal,
    LocalIndicator,
)
from ska.organizers.models import Organizer, SchoolUnit
from ska.search.models import words_of
from ska.search.rules import prefix_query
from ska.writing.models import WrittenText

SWEDISH: ColumnElement[Any] = literal_column("'swedish'::regconfig")
IN_TITLE = 1.0  # ts_rank stays below one: a title that answers comes before a mention
WITH_PAGE = ("indicator", "condition")
WHAT_IS_IT = {
    "indicator": _("Indikator"),
    "condition": _("Förutsättning"),
    "objective": _("Målsättning"),
    "sub_goal": _("Delmål"),
    "success_factor": _("Framgångsfaktor"),
    "requirement": _("Krav i skollagen"),
}
Text = ColumnElement[str]


@dataclass(frozen=True)
class Ask:
    """Who asks, where, and for which words."""

    actor: Actor
    organizer: Organizer
    words: list[str]

    @cached_property
    def tsquery(self) -> ColumnElement[Any]:
        """Return the words as PostgreSQL asks for them: Swedish stems, each a beginning."""
        return func.to_tsquery(SWEDISH, prefix_query(self.words))

    def titled(self, title: Any) -> ColumnElement[bool]:
        """Return the condition that a title holds every word, inside compounds too."""
        return and_(*(func.lower(title).contains(word, autoescape=True) for word in self.words))

    def row(self, kind: str, target: Any, what: Any, title: Any, text: Any, path: Any) -> Any:
        """Return the columns that every source gives, but the rank."""
        return (
            literal(kind, String).label("kind"),
            cast(target, String).label("target"),
            (literal(what, String) if isinstance(what, str) else what).label("what"),
            title.label("title"),
            (literal("", String) if text is None else text).label("text"),
            path.label("path"),
        )

    def rank(self, words: Any, title: Any | None = None) -> Any:
        """Return how well the word list answers; a title that holds the words counts more."""
        rank: ColumnElement[Any] = func.ts_rank(words, self.tsquery)
        if title is not None:
            rank = rank + case((self.titled(title), IN_TITLE), else_=0)
        return cast(rank, Float).label("rank")

    def path(self, *parts: Any) -> Text:
        """Return the address under the huvudman's."""
        whole: Any = literal(f"/{self.organizer.slug}", String)
        for part in parts:
            whole = whole.concat(part)
        return whole  # type: ignore[no-any-return]  # text put together by the database


def sources(ask: Ask) -> list[Select[Any]]:
    """Return one query for each kind of thing that can be found."""
    return [
        _framework(ask),
        _wordings(ask),
        *_local(ask),
        _titles(ask),
        *(_parts(ask, table, what) for table, what in _PARTS),
        _texts(ask),
        _actions(ask),
        _follow_ups(ask),
        _units(ask),
    ]


def _framework(ask: Ask) -> Select[Any]:
    item = FrameworkItem
    kind = case((item.kind.in_(WITH_PAGE), "indicator"), else_="framework")
    path = case(
        (item.kind.in_(WITH_PAGE), ask.path("/resultat/", item.code)),
        (item.kind == "requirement", ask.path("/krav/", item.code)),
        else_=ask.path("/malsattningar/", item.id),
    )
    what = case(WHAT_IS_IT, value=item.kind, else_=_("Ramverket"))
    text = func.coalesce(item.text, item.published_label, "")
    _kind, *rest = ask.row("framework", item.id, what, item.heading, text, path)
    return (
        select(kind.label("kind"), *rest, ask.rank(words_of(item), item.heading))
        .join(FrameworkEdition, FrameworkEdition.id == item.edition_id)
        .where(
            FrameworkEdition.status == "current",
            item.retired_on.is_(None),
            item.kind != "candidate",
            or_(words_of(item).op("@@")(ask.tsquery), ask.titled(item.heading)),
        )
    )


def _wordings(ask: Ask) -> Select[Any]:
    own = FrameworkWording
    title = func.coalesce(FrameworkItem.heading, own.place)
    target = func.coalesce(own.item_id, own.place)
    path = ask.path("/malsattningar/", func.coalesce(own.item_id, ""))
    return (
        visible(own, ask.actor)
        .outerjoin(FrameworkItem, FrameworkItem.id == own.item_id)
        .with_only_columns(
            *ask.row("framework", target, _("Ordalydelse"), title, own.text, path),
            ask.rank(words_of(own)),
        )
        .where(
            own.organizer_id == ask.organizer.id,
            own.replaced_at.is_(None),
            words_of(own).op("@@")(ask.tsquery),
        )
    )


def _local(ask: Ask) -> list[Select[Any]]:
    def of(table: Any, what: str, title: Any, text: Any, room: str) -> Select[Any]:
        path = ask.path(f"/{room}/", cast(table.id, String))
        columns = ask.row("local", table.id, what, title, text, path)
        return (
            visible(table, ask.actor)
            .with_only_columns(*columns, ask.rank(words_of(table), title))
            .where(
                table.organizer_id == ask.organizer.id,
                or_(words_of(table).op("@@")(ask.tsquery), ask.titled(title)),
            )
        )

    return [
        of(LocalGoal, _("Eget mål"), LocalGoal.title, LocalGoal.description, "egna-mal"),
        of(
            LocalIndicator,
            _("Egen indikator"),
            LocalIndicator.name,
            LocalIndicator.definition,
            "egna-indikatorer",
        ),
    ]


def _analysis_path(ask: Ask) -> Text:
    ending = func.lpad(cast((Analysis.year + 1) % 100, String), 2, "0")
    year = cast(Analysis.year, String).concat("-").concat(ending)
    return ask.path("/", year, "/analyser/", cast(Analysis.id, String))


def _titles(ask: Ask) -> Select[Any]:
    words = func.to_tsvector(SWEDISH, Analysis.title)
    columns = ask.row(
        "analysis", Analysis.id, _("Analys"), Analysis.title, None, _analysis_path(ask)
    )
    return (
        visible(Analysis, ask.actor)
        .with_only_columns(*columns, (ask.rank(words, Analysis.title) + IN_TITLE).label("rank"))
        .where(
            Analysis.organizer_id == ask.organizer.id,
            or_(words.op("@@")(ask.tsquery), ask.titled(Analysis.title)),
        )
    )


def _finding_word() -> ColumnElement[str]:
    return case((Finding.kind == "strength", _("Styrka")), else_=_("Utmaning"))


_PARTS: tuple[tuple[type[InAnalysis], Any], ...] = (
    (Observation, _("Underlag")),
    (Finding, _finding_word()),
    (Cause, _("Orsak")),
    (DevelopmentArea, _("Utvecklingsområde")),
)


def _parts(ask: Ask, table: Any, what: Any) -> Select[Any]:
    is_area = table is DevelopmentArea
    text = func.concat_ws(" ", table.title, table.reason) if is_area else table.text
    columns = ask.row("analysis", Analysis.id, what, Analysis.title, text, _analysis_path(ask))
    found = (
        visible(table, ask.actor)
        .join(Analysis, Analysis.id == table.analysis_id)
        .with_only_columns(*columns, ask.rank(words_of(table)))
        .where(table.organizer_id == ask.organizer.id, words_of(table).op("@@")(ask.tsquery))
    )
    return found.where(table.is_kept) if table is Observation else found


def _texts(ask: Ask) -> Select[Any]:
    """Written sections: those the person may read, of analyses that the person may read."""
    seen = visible(Analysis, ask.actor).with_only_columns(Analysis.id)
    own = WrittenText
    columns = ask.row(
        "analysis", Analysis.id, _("Text"), Analysis.title, own.text, _analysis_path(ask)
    )
    return (
        visible(own, ask.actor)
        .join(Analysis, and_(own.subject_kind == "analysis", own.subject_id == Analysis.id))
        .with_only_columns(*columns, ask.rank(words_of(own)))
        .where(
            own.organizer_id == ask.organizer.id,
            Analysis.id.in_(seen),
            words_of(own).op("@@")(ask.tsquery),
        )
    )


def _action_word() -> ColumnElement[str]:
    return case((Action.kind == "remedy", _("Åtgärd")), else_=_("Insats"))


def _action_path(ask: Ask) -> Text:
    return ask.path("/insatser/", cast(Action.id, String))


def _actions(ask: Ask) -> Select[Any]:
    text = Action.description
    columns = ask.row("action", Action.id, _action_word(), Action.title, text, _action_path(ask))
    return (
        visible(Action, ask.actor)
        .with_only_columns(*columns, ask.rank(words_of(Action), Action.title))
        .where(
            Action.organizer_id == ask.organizer.id,
            or_(words_of(Action).op("@@")(ask.tsquery), ask.titled(Action.title)),
        )
    )


def _follow_ups(ask: Ask) -> Select[Any]:
    seen = visible(Action, ask.actor).with_only_columns(Action.id)
    own = FollowUp
    text = func.concat_ws(" ", own.what_happened, own.effect_ground, own.learned)
    columns = ask.row("action", Action.id, _("Uppföljning"), Action.title, text, _action_path(ask))
    return (
        visible(own, ask.actor)
        .join(Action, Action.id == own.action_id)
        .with_only_columns(*columns, ask.rank(words_of(own)))
        .where(
            own.organizer_id == ask.organizer.id,
            Action.id.in_(seen),
            words_of(own).op("@@")(ask.tsquery),
        )
    )


def _units(ask: Ask) -> Select[Any]:
    unit = SchoolUnit
    named = unit.name.concat(" ").concat(func.coalesce(unit.school_unit_code, ""))
    words = func.to_tsvector(SWEDISH, named)
    path = ask.path("/resultat?enhet=", unit.slug)
    what = case((unit.kind == "preschool_unit", _("Förskola")), else_=_("Skola"))
    return (
        visible(unit, ask.actor)
        .with_only_columns(
            *ask.row("unit", unit.id, what, unit.name, None, path),
            (ask.rank(words, unit.name) + IN_TITLE).label("rank"),
        )
        .where(
            unit.organizer_id == ask.organizer.id,
            or_(words.op("@@")(ask.tsquery), ask.titled(named)),
        )
    )
