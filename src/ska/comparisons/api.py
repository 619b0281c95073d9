"""Comparisons and shares for programs: the same services and rules as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.params import FromPath, JSONBody
from pydantic import Field

from ska.access import Right
from ska.charts import DotRow
from ska.comparisons import services
from ska.comparisons.alike_out import AlikeOut, alike_out
from ska.comparisons.dependencies import API_COMPARED, GivenCompared
from ska.comparisons.expecting import ExpectedShown
from ska.comparisons.queries.context import Factor
from ska.comparisons.queries.shown import ComparisonView
from ska.comparisons.queries.view import read_comparison
from ska.core.fields import Required
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.dependencies import GivenCall
from ska.overview.queries.home import role_and_unit
from ska.overview.queries.pages import indicator_by_code
from ska.sharing import services as sharing
from ska.sharing.forms import ShareForm
from ska.sharing.models import ShareGrant
from ska.sharing.queries import own_grants
from ska.web.figures import FigureOut, TableOut, figure_of, table_of
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove, replace
from ska.web.versions import IfMatch, Stamped, tagged


class PlaceOut(msgspec.Struct):
    """A place with its value, or the word for why there is none; *against* tells the difference."""

    example: ClassVar[dict[str, Any]] = {
        "key": "own",
        "name": "Ekhult",
        "value": 77.3,
        "n": 66,
        "low": 65.8,
        "high": 85.7,
        "word": "",
        "verdict": "within_variation",
        "gap": 5.8,
        "said": "inom vanlig variation",
        "apart": "",
    }

    key: str
    name: str
    value: float | None
    n: int | None
    low: float | None
    high: float | None
    word: str
    verdict: str | None
    gap: float | None
    said: str
    apart: str


class FactorOut(msgspec.Struct):
    """A condition at one period, as it is told of each place, by the places' keys."""

    example: ClassVar[dict[str, Any]] = {
        "indicator": "gr-utlandsk-bakgrund",
        "name": "Elever med utländsk bakgrund, andel",
        "period": "2024/25",
        "source": "Skolverket, nationella kvalitetssystemet, inläst 1 oktober 2026.",
        "places": {"own": "18,2 %"},
    }

    indicator: str
    name: str
    period: str
    source: str
    places: dict[str, str]


class ExpectedOut(msgspec.Struct):
    """What the chosen conditions would have one expect; without a table the sentence says why."""

    example: ClassVar[dict[str, Any]] = {
        "sentence": "Det väntade värdet kan inte räknas: det behövs minst 20 platser som har både"
        " värde och förutsättningar, här är de 6.",
        "note": "",
    }

    sentence: str
    note: str
    table: TableOut | None


def _expected(shown: ExpectedShown | None) -> ExpectedOut | None:
    if shown is None:
        return None
    table = shown.table
    told = TableOut(list(table.head), [list(row) for row in table.rows]) if table else None
    return ExpectedOut(shown.sentence, shown.note, told)


class ComparisonOut(msgspec.Struct):
    """What was compared: places in alphabetical order unless asked otherwise, never ranked.

    Title, sentence, notes, table and figure are those of the *shape* that is asked for: dots,
    distribution (dots heaped by value), funnel, multiples, map or steadied. A map has no figure,
    its table says all. *alike* tells why these municipalities, when *among* is ``lika``.
    """

    example: ClassVar[dict[str, Any]] = {
        "indicator": "gr-alla-amnen-ak6",
        "among": "natverk:natverk-mellanslatt",
        "period": "2025/26",
        "periods": ["2025/26", "2024/25"],
        "against": "own",
        "unit": "%",
        "sentence": "Ekhult: 77,3 % (51 av 66 elever) 2025/26.",
        "caution": "",
        "source": "huvudmännens egna värden, delade i nätverket.",
        "title": "Ekhult: 77,3 % (51 av 66 elever) 2025/26",
        "notes": ["Platserna står i bokstavsordning."],
    }

    indicator: str
    among: str
    period: str
    periods: list[str]
    against: str
    unit: str
    sentence: str
    caution: str
    source: str
    places: list[PlaceOut]
    factors: list[FactorOut]
    expected: ExpectedOut | None
    title: str
    notes: list[str]
    table: TableOut
    figure: FigureOut | None
    alike: AlikeOut | None


class ShareOut(Stamped):
    """What the huvudman shares: with whom, why and until when."""

    example: ClassVar[dict[str, Any]] = {
        "item": "gr-alla-amnen-ak6",
        "title": "Lägst betyget E i samtliga ämnen, årskurs 6",
        "purpose": "Jämföra resultat i årskurs 6 på rektorsgruppens möte.",
        "definition": "",
        "version": "0f3c9a417be2d856",
    }

    id: UUID
    network_id: UUID
    item: str
    title: str
    purpose: str
    definition: str
    until: date
    copied_at: datetime
    withdrawn_at: datetime | None


class ShareIn(ShareForm):
    """An indicator to share, with what the form asks."""

    example: ClassVar[dict[str, Any]] = {"indicator": "gr-alla-amnen-ak6"}

    indicator: Annotated[str, Required(_("Skriv vilken indikator som delas"), 120)] = Field()


class ComparisonApi(Controller):
    """Compare an indicator among places."""

    path = "/api/v1/organizers/{organizer:str}/comparison"
    tags = ("Jämför",)
    dependencies = API_COMPARED

    @read(needs=Right.ENTER, summary="Compare an indicator")
    def compare(self, call: GivenCall, compared: GivenCompared) -> ComparisonOut:
        """Return places beside each other; reading a network's copies leaves a trace there."""
        organizer = call.place.organizer
        _roles, home = role_and_unit(call.actor, organizer.id)
        view = read_comparison(*call.who, organizer, compared, today=call.today, home=home)
        if view.chart is None:
            raise Missing(_("Skriv vilken indikator som ska jämföras."))
        return _out(compared.what, view)


class ShareApi(Controller):
    """What the huvudman lets networks read."""

    path = "/api/v1/organizers/{organizer:str}/shares"
    tags = ("Nätverk",)

    @read(needs=Right.SHARE, summary="List what is shared")
    def list_shares(self, call: GivenCall, pages: GivenPages) -> Response[list[ShareOut]]:
        """Return the huvudman's own shares, withdrawn ones too, oldest first."""
        return pages.of(own_grants(*call.where), _share)

    @create(needs=Right.SHARE, summary="Share an indicator with a network")
    def share(self, data: JSONBody[ShareIn], call: GivenCall) -> ShareOut:
        """Publish a copy of the own values; 409 when the indicator is shared there already."""
        item = indicator_by_code(*call.where, data.indicator)
        form = ShareForm.model_validate(data.model_dump(exclude={"indicator"}))
        made = services.share_indicator(
            *call.who, organizer=call.place.organizer, item=item, form=form, now=call.now
        )
        return _share(made)

    @read("/{share_id:uuid}", needs=Right.SHARE, summary="Read a share")
    def read_share(self, share_id: FromPath[UUID], call: GivenCall) -> Response[ShareOut]:
        """Return one of the huvudman's own shares."""
        return tagged(_share(sharing.own_grant(*call.where, share_id)))

    @replace("/{share_id:uuid}/copy", needs=Right.SHARE, summary="Publish the values of today")
    def renew(
        self, share_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None
    ) -> Response[ShareOut]:
        """Publish what stands today instead of the copy; 409 when nothing is shared."""
        grant = call.on(sharing.own_grant(*call.where, share_id), _share, if_match=if_match)
        services.renew_indicator(
            *call.who, organizer=call.place.organizer, grant=grant, now=call.now
        )
        return tagged(_share(grant))

    @remove("/{share_id:uuid}", needs=Right.SHARE, summary="Stop sharing")
    def withdraw(self, share_id: FromPath[UUID], call: GivenCall, if_match: IfMatch = None) -> None:
        """Stop sharing at once; who has read stays on record."""
        grant = call.on(sharing.own_grant(*call.where, share_id), _share, if_match=if_match)
        sharing.withdraw(*call.who, grant=grant, now=call.now)


def _share(grant: ShareGrant) -> ShareOut:
    names = [name for name in ShareOut.__struct_fields__ if name != "version"]
    return ShareOut(**{name: getattr(grant, name) for name in names})


def _out(indicator: str, view: ComparisonView) -> ComparisonOut:
    assert view.chart is not None
    return ComparisonOut(
        indicator,
        view.chosen.key,
        view.period,
        view.periods,
        view.reference,
        view.chart.unit,
        view.chart.sentence,
        view.chart.caution,
        view.chart.source,
        [_place(row) for row in view.rows],
        [_factor(one, view) for one in view.factors],
        _expected(view.expected),
        view.chart.title,
        list(view.chart.notes),
        table_of(view.chart),
        figure_of(view.chart),
        alike_out(view.alike),
    )


def _factor(one: Factor, view: ComparisonView) -> FactorOut:
    places = {row.key: one.at(row.key) for row in view.parts}
    return FactorOut(one.code, one.name, one.period, one.source, places)


def _place(row: DotRow) -> PlaceOut:
    around = row.measure.reach()
    told = row.against
    return PlaceOut(
        row.key,
        row.name,
        row.measure.value,
        row.measure.n,
        None if around is None else round(around.low, 2),
        None if around is None else round(around.high, 2),
        row.measure.word,
        None if told is None else str(told.verdict),
        None if told is None else told.gap,
        "" if told is None else told.word,
        row.apart,
    )
