"""Comparisons and shares for programs: the same services and rules as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import Provide
from litestar.params import FromPath, JSONBody
from pydantic import Field

from ska.access import Right
from ska.charts import DotRow
from ska.comparisons import services
from ska.comparisons.dependencies import GivenCompared, provide_api_compared
from ska.comparisons.queries.view import ComparisonView, read_comparison
from ska.core.fields import Required
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.dependencies import GivenPlace
from ska.overview.queries.home import role_and_unit
from ska.overview.queries.pages import indicator_by_code
from ska.sharing import services as sharing
from ska.sharing.forms import ShareForm
from ska.sharing.models import ShareGrant
from ska.sharing.queries import own_grants
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.paging import GivenPages
from ska.web.routing import create, read, remove, replace
from ska.web.versions import IfMatch, Stamped, etag, must_be


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


class ComparisonOut(msgspec.Struct):
    """What was compared: places in alphabetical order unless asked otherwise, never ranked."""

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
    dependencies = {  # noqa: RUF012  # Litestar reads it from the class
        "compared": Provide(provide_api_compared, sync_to_thread=False)
    }
    tags = ["Jämför"]  # noqa: RUF012  # Litestar reads it from the class

    @read(needs=Right.ENTER, summary="Compare an indicator")
    def compare(
        self,
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        compared: GivenCompared,
    ) -> ComparisonOut:
        """Return places beside each other; reading a network's copies leaves a trace there."""
        _roles, home = role_and_unit(actor, place.organizer.id)
        view = read_comparison(
            session, actor, place.organizer, compared, today=place.today, home=home
        )
        if view.chart is None:
            raise Missing(_("Skriv vilken indikator som ska jämföras."))
        return _out(compared.what, view)


class ShareApi(Controller):
    """What the huvudman lets networks read."""

    path = "/api/v1/organizers/{organizer:str}/shares"
    tags = ["Nätverk"]  # noqa: RUF012  # Litestar reads it from the class

    @read(needs=Right.SHARE, summary="List what is shared")
    def list_shares(
        self, place: GivenPlace, session: GivenSession, actor: GivenActor, pages: GivenPages
    ) -> Response[list[ShareOut]]:
        """Return the huvudman's own shares, withdrawn ones too, oldest first."""
        page, headers = pages.of(own_grants(session, actor, place.organizer.id))
        return Response([_share(one) for one in page], headers=headers)

    @create(needs=Right.SHARE, summary="Share an indicator with a network")
    def share(
        self,
        data: JSONBody[ShareIn],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> ShareOut:
        """Publish a copy of the own values; 409 when the indicator is shared there already."""
        item = indicator_by_code(session, actor, place.organizer.id, data.indicator)
        form = ShareForm.model_validate(data.model_dump(exclude={"indicator"}))
        made = services.share_indicator(
            session, actor, organizer=place.organizer, item=item, form=form, now=now
        )
        return _share(made)

    @read("/{share_id:uuid}", needs=Right.SHARE, summary="Read a share")
    def read_share(
        self, share_id: FromPath[UUID], place: GivenPlace, session: GivenSession, actor: GivenActor
    ) -> Response[ShareOut]:
        """Return one of the huvudman's own shares."""
        out = _share(sharing.own_grant(session, actor, place.organizer.id, share_id))
        return Response(out, headers=etag(out.version))

    @replace("/{share_id:uuid}/copy", needs=Right.SHARE, summary="Publish the values of today")
    def renew(
        self,
        share_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
        if_match: IfMatch = None,
    ) -> Response[ShareOut]:
        """Publish what stands today instead of the copy; 409 when nothing is shared."""
        grant = sharing.own_grant(session, actor, place.organizer.id, share_id)
        must_be(if_match, _share(grant))
        services.renew_indicator(session, actor, organizer=place.organizer, grant=grant, now=now)
        out = _share(grant)
        return Response(out, headers=etag(out.version))

    @remove("/{share_id:uuid}", needs=Right.SHARE, summary="Stop sharing")
    def withdraw(
        self,
        share_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
        if_match: IfMatch = None,
    ) -> None:
        """Stop sharing at once; who has read stays on record."""
        grant = sharing.own_grant(session, actor, place.organizer.id, share_id)
        must_be(if_match, _share(grant))
        sharing.withdraw(session, actor, grant=grant, now=now)


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
    )


def _place(row: DotRow) -> PlaceOut:
    around = row.measure.interval()
    told = row.against
    return PlaceOut(
        row.key,
        row.name,
        row.measure.value,
        row.measure.n,
        None if around is None else round(around.low * 100, 2),
        None if around is None else round(around.high * 100, 2),
        row.measure.word,
        None if told is None else str(told.verdict),
        None if told is None else told.gap,
        "" if told is None else told.word,
        row.apart,
    )
