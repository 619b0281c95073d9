"""Pages of the ledger: every expectation, and one of them with what the numbers say."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions.effects import services
from ska.actions.effects.control import control_sentence, match_rows, own_chart
from ska.actions.effects.ledger import HEAD as SHEET_HEAD
from ska.actions.effects.ledger import LedgerRow, ledger, sheet_rows
from ska.actions.effects.queries import Entry, entry_by_id, expectation_by_id, key_of
from ska.actions.effects.rules import NAMES, Standing, source_of, written
from ska.actions.forms import ReasonForm
from ska.actions.rules import EFFECT_NAMES
from ska.charts import Chart
from ska.core.text import _
from ska.errors import Conflict, Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.organizers.rules import file_name
from ska.values.exporting import Cell, csv_of, xlsx_of
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.figures import GivenRequest, files_of, taken
from ska.web.files import CSV, INVENTED, XLSX, attachment
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Asked = Annotated[str | None, QueryParameter(max_length=120)]


class EffectController(Controller):
    """The ledger, and one expectation in it."""

    path = "/{organizer:str}/effekter"

    @read(needs=Right.ENTER)
    def list_effects(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        lage: Asked = None,
        enhet: Asked = None,
    ) -> Page:
        """Show every expectation, those that can be read now first."""
        rows = ledger(session, actor, place.organizer.id)
        areas = sorted({one.area for one in rows})
        shown = _shown(rows, lage, enhet)
        groups = [(one, [row for row in shown if row.standing is one]) for one in Standing]
        return Page(
            "actions/effects/list.html",
            rows=shown,
            total=len(rows),
            groups=[(one, held) for one, held in groups if held],
            areas=areas,
            lage=lage or "",
            enhet=enhet or "",
            effect_names=EFFECT_NAMES,
            **NAMES,
        )

    @read("/effekter.csv", needs=Right.ENTER)
    def download_csv(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[bytes]:
        """Give the ledger as CSV."""
        rows = _rows(session, actor, place)
        name = f"effekter-{place.organizer.slug}.csv"
        return attachment(csv_of(SHEET_HEAD, rows), CSV, name)

    @read("/effekter.xlsx", needs=Right.ENTER)
    def download_xlsx(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[bytes]:
        """Give the ledger as a workbook."""
        rows = _rows(session, actor, place)
        name = f"effekter-{place.organizer.slug}.xlsx"
        return attachment(xlsx_of("Effekter", SHEET_HEAD, rows), XLSX, name)

    @read("/{expectation_id:uuid}", needs=Right.ENTER)
    def show_effect(
        self,
        expectation_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show what is expected, what it is judged by, and what the numbers say now."""
        return _effect_page((session, actor, place), expectation_id, Form())

    @read(files_of("/{expectation_id:uuid}"), needs=Right.ENTER)
    def download(
        self,
        expectation_id: FromPath[UUID],
        request: GivenRequest,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Response[bytes]:
        """Give the place's own years as a file."""
        entry, _action, _rest = entry_by_id(session, actor, place.organizer.id, expectation_id)
        chart = _own(entry)
        if chart is None:
            raise Missing
        name = file_name("effekt", place.organizer.slug, chart.name)
        return taken(chart, name, request, is_demo=place.organizer.is_demo)

    @write("/{expectation_id:uuid}/aterta", needs=Right.PLAN_ACTIONS)
    def withdraw_effect(
        self,
        expectation_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Withdraw an expectation with its reason, or show what is wrong."""
        one, action = expectation_by_id(session, actor, place.organizer.id, expectation_id)
        form = bind(ReasonForm, data)
        if form.value is not None:
            try:
                services.withdraw_expectation(
                    session, actor, action=action, one=one, form=form.value, now=now
                )
                to = f"{place.path}/effekter/{one.id}"
                return Done(_("Förväntan är återtagen."), to=to)
            except Conflict as error:
                form.refuse(error, "reason")
        return _effect_page((session, actor, place), expectation_id, form)


def _rows(session: Session, actor: Actor, place: Place) -> list[tuple[Cell, ...]]:
    rows = sheet_rows(ledger(session, actor, place.organizer.id))
    return [*rows, (INVENTED,)] if place.organizer.is_demo else rows


def _shown(rows: list[LedgerRow], standing: str | None, area: str | None) -> list[LedgerRow]:
    if standing and standing not in set(Standing):
        raise Missing
    return [
        one
        for one in rows
        if (not standing or one.standing == standing) and (not area or one.area == area)
    ]


def _effect_page(at: tuple[Session, Actor, Place], expectation_id: UUID, form: Form[Any]) -> Page:
    session, actor, place = at
    entry, action, follow_ups = entry_by_id(session, actor, place.organizer.id, expectation_id)
    one = entry.expectation
    may = actor.may_for(Right.PLAN_ACTIONS, place.organizer.id, action.unit_id)
    return Page(
        "actions/effects/show.html",
        form=form,
        one=one,
        action=action,
        entry=entry,
        follow_ups={row.id: row for row in follow_ups},
        detectable=written(one.detectable, one.unit_of_measure) if one.detectable else "",
        own=_own(entry),
        match_rows=match_rows(entry.ground, one.area),
        control_said=control_sentence(entry.control),
        may_withdraw=may and one.withdrawn_at is None and not entry.readings,
        effect_names=EFFECT_NAMES,
        **NAMES,
    )


def _own(entry: Entry) -> Chart | None:
    one, line = entry.expectation, entry.line
    if line is None:
        return None
    return own_chart(line, one.title, one.expected_in, source_of(key_of(one)), entry.shifts)
