"""What can be found: one query for each kind of text, each through the first lock."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)

from ska.access import visible
from ska.actions.models import Action, FollowUp
from ska.analyses.models import (
    Analysis,
    Cause,
    DevelopmentArea,
    Finding,
    InAnalysis,
    Observation,
    PastAnalysis,
    PastParagraph,
)
from ska.core.text import _
from ska.framework.models import (
    FrameworkEdition,
    FrameworkItem,
    FrameworkWording,
    LocalGoal,
    LocalIndicator,
)
from ska.organizers.models import SchoolUnit
from ska.search.asking import IN_TITLE, SWEDISH, Ask, Text
from ska.search.meetings import met_in
from ska.search.models import words_of
from ska.writing.models import WrittenText

WITH_PAGE = ("indicator", "condition")
WHAT_IS_IT = {
    "indicator": _("Indikator"),
    "condition": _("Förutsättning"),
    "objective": _("Målsättning"),
    "sub_goal": _("Delmål"),
    "success_factor": _("Framgångsfaktor"),
    "requirement": _("Krav i skollagen"),
}


def sources(ask: Ask) -> list[Select[Any]]:
    """Return one query for each kind of thing that can be found."""
    return [
        _framework(ask),
        _wordings(ask),
        *_local(ask),
        _titles(ask),
        *(_parts(ask, table, what) for table, what in _PARTS),
        _texts(ask),
        _past(ask),
        _actions(ask),
        _follow_ups(ask),
        _units(ask),
        *met_in(ask),
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


def _past(ask: Ask) -> Select[Any]:
    """Paragraphs of earlier years' reports, but not of struck ones."""
    own, past = PastParagraph, PastAnalysis
    path = ask.path("/historia/", cast(past.id, String))
    columns = ask.row("analysis", past.id, _("Historik"), past.title, own.text, path)
    return (
        visible(own, ask.actor)
        .join(past, and_(past.organizer_id == own.organizer_id, past.id == own.past_id))
        .with_only_columns(*columns, ask.rank(words_of(own)))
        .where(
            own.organizer_id == ask.organizer.id,
            past.struck_at.is_(None),
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
