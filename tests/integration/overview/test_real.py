"""Skolverket's own table and Kolada's surveys, all the way to the pages of a real huvudman."""

import os
from itertools import pairwise
from pathlib import Path

import plotly.graph_objects as go
import pytest
from tests.conftest import cloned
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.places import acting_in

from ska.access import Role
from ska.comparisons.likeness import asked_alike
from ska.comparisons.queries.alike import START, alike_of
from ska.comparisons.queries.sets import Offered
from ska.derived.catalogue import shipped
from ska.overview.queries.indicator import indicator_view
from ska.overview.queries.pages import Choice, catalogue
from ska.overview.queries.peers import similar_to
from ska.overview.queries.results import result_list
from ska.values.services import load_files

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set"),
]
FILES = [
    *DATA.glob("skolverket/ufa/*.xlsx"),
    *DATA.glob("kolada/kpi_page*.json"),
    *DATA.glob("kolada/skolenkaten*.csv"),
]


WORKED_OUT = [one.id for one in shipped()]
NOT_IN_THE_TABLE = ["beraknat-gr-alla-amnen-ak6-tre-lasar", "beraknat-gr-betygspoang-ma-ak9"]


@pytest.fixture(scope="module")
def db(server):
    with cloned(server) as one:
        yield one


@pytest.fixture(scope="module")
def skovde(db):
    load_shipped()
    with db.owner.begin() as connection:
        load_files(connection, FILES)
    return OrganizerFactory(
        name="Skövde", municipality_code="1496", organisation_number="2120001710"
    )


def test_every_indicator_of_a_real_huvudman_has_an_honest_page(db, skovde):
    kim = acting_in(Role.QUALITY_LEAD, skovde)
    peers = {peer.name for peer in similar_to("1496")}
    with db.session(kim.scope(skovde.id)) as session:
        found = result_list(session, kim, skovde)
        worked_out = result_list(session, kim, skovde, kind="derived", only_with_values=True)
        groups = [*found.groups, *worked_out.groups]
        codes = [card.code for group in groups for card in group.cards]
        views = [indicator_view(session, kim, skovde, code) for code in codes]

    assert found.with_value == 25
    assert set(codes) >= set(WORKED_OUT) - set(NOT_IN_THE_TABLE)
    assert len(peers) == 7
    for view in views:
        go.Figure(view.seen.chart.figure)
        lines = {one.line for one in view.seen.chart.values}
        assert {"Skövde", "Riket"} <= lines, view.item.code
        assert lines - {"Skövde", "Riket"} <= peers
        assert "ökade" not in view.seen.chart.title + view.seen.chart.sentence
        assert "None" not in view.seen.chart.sentence


def test_what_is_worked_out_agrees_with_the_publishers_own_ratio(db, skovde):
    kim = acting_in(Role.QUALITY_LEAD, skovde)
    with db.session(kim.scope(skovde.id)) as session:
        ours, theirs = (
            indicator_view(session, kim, skovde, code).seen.latest
            for code in ("beraknat-gr-larare-per-100-elever", "gr-elever-per-larare")
        )

    assert 100 / ours.value == pytest.approx(theirs.value, abs=0.06)
    assert ours.label == theirs.label


NEIGHBOURS = ("gr-krankningar-ak5", "gr-stimulans-ak5", "gr-studiero-ak5", "gr-trygghet-ak5")


def test_repeated_survey_rounds_are_never_joined_nor_called_a_change(db, skovde):
    kim = acting_in(Role.QUALITY_LEAD, skovde)
    repeated = 0
    with db.session(kim.scope(skovde.id)) as session:
        for code in NEIGHBOURS:
            official = indicator_view(session, kim, skovde, code)
            group = official.choices[-1].group
            view = indicator_view(session, kim, skovde, code, Choice(measure=group))
            assert view.group == group != "official"
            assert view.choices[-1].relation
            assert "inte kvalitetssystemets eget mått" in view.seen.chart.caution
            assert "inte kvalitetssystemets eget" not in official.seen.chart.caution
            assert len(view.seen.chart.table.rows) >= 4
            for trace in view.seen.chart.figure["data"]:
                joined = {pair for pair in pairwise(trace["x"]) if None not in pair}
                for one in view.seen.chart.values:
                    if one.carried_from and one.line == trace["name"]:
                        repeated += 1
                        assert not any(one.period in pair for pair in joined), one
    assert repeated > 0


def test_the_pages_of_a_real_unit(db, skovde):
    with db.as_owner() as session:
        from sqlalchemy import text

        unit = session.execute(
            text(
                "SELECT unit_code, name FROM area WHERE area_type = 'school_unit'"
                " AND organizer_number = '2120001710' ORDER BY name LIMIT 1"
            )
        ).one()
    school = SchoolUnitFactory(organizer=skovde, name=unit.name, school_unit_code=unit.unit_code)
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=skovde)
    browse = db.browse(person)

    for path in (
        "/skovde/oversikt",
        f"/skovde/resultat?enhet={school.slug}",
        "/skovde/resultat?visa=forutsattningar&vy=tabell",
        f"/skovde/resultat/gr-stod-ak8?enhet={school.slug}",
    ):
        assert browse.get(path).status_code == 200, path


def test_a_real_municipality_finds_those_with_pupils_like_its_own(db, skovde):
    """Who the pupils are and how many: all 290 have it, and none that is chosen is far away."""
    actor = acting_in(Role.QUALITY_LEAD, skovde)
    asked = asked_alike([f"{code}:3" for code in START], None, None, None)
    with db.session(actor.scope(skovde.id)) as session:
        found = alike_of(session, skovde, Offered(catalogue(session)), asked)

    assert [one.period for one in found.counted] == ["2024/25"] * 3
    assert [one.lacking for one in found.variables] == [0, 0, 0]
    assert found.complete == 289
    indexes = [one.index for one in found.rows]
    assert indexes[0] == 0
    assert indexes == sorted(indexes)
    assert indexes[-1] < 0.5
    assert found.far == 0
