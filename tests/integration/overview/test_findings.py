"""The real files in the product's own words: the page of findings, and four promises behind it."""

import os
import re
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from tests import findings
from tests.conftest import cloned
from tests.factories.organizers import OrganizerFactory
from tests.places import acting_in
from tests.sizes import size

from ska.access import Role
from ska.charts import MultiplesSpec, SmallTrend, multiples_chart
from ska.comparisons.pooling import pooled
from ska.comparisons.rules import periods_of, standings, years_of
from ska.overview.queries.peers import everyone
from ska.overview.queries.values import Wanted, read_values
from ska.overview.rules.breaks import breaks_of
from ska.overview.rules.cards import Point, cards_from, draft_of
from ska.overview.rules.places import Where, place_rows
from ska.overview.rules.rows import one_each, own_of
from ska.overview.rules.trends import Subject
from ska.values.known import HIDDEN
from ska.values.reports import exit_code
from ska.values.services import load_files
from ska.values.zeros import SILENT, silence_in

DATA = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
pytestmark = [
    pytest.mark.real,
    pytest.mark.prove,
    pytest.mark.skipif(not DATA.is_dir(), reason="SKA_REAL_DATA is not set"),
]
SIRIS = "skolverket/siris_csv/Grundskola - "
FILES = [
    *sorted(DATA.glob(f"{SIRIS}Betyg årskurs 6*.csv")),
    *sorted(DATA.glob(f"{SIRIS}Resultat nationella prov*.csv")),
    *sorted(DATA.glob(f"{SIRIS}Personalstatistik*.csv")),
    *sorted(DATA.glob("kolada/skolenkaten*.csv")),
]
SAMPLE = [one.code for one in everyone()][:: size(12, 1)]
SUBJECT = Subject("matt", "Måttet", {"breaks": findings.CANCELLED})
CHANGE = re.compile(r"\b(ökade|minskade|ökat|minskat)\b")
SURVEYED = (
    "N15602",
    "N15603",
    "N15608",
    "N15613",
    "N15614",
    "N15629",
    "N17662",
    "N17663",
    "N17668",
    "N17673",
    "N17674",
    "N17689",
)
# Skolverket's export of 2024/25 is not among the files: its layout, with the zeros it is known for.
ZEROS = """Statistik från Skolverket, https://www.skolverket.se

Grundskola - Personalstatistik med lärarlegitimation och behörighet
Valt läsår: 2024/25

;;;;;#Heltidstjänster;
Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Förstelärare;
"""


@pytest.fixture(scope="module")
def read(server, tmp_path_factory):
    """Return what reads one measure of all municipalities, through the gate as pages do."""
    zeros = tmp_path_factory.mktemp("siris") / "Grundskola - Personalstatistik 2024 Kommun.csv"
    rows = [f"{one.name};{one.code};Län;{one.code[:2]};Samtliga;0,0;" for one in everyone()]
    zeros.write_text(ZEROS + "\n".join(rows) + "\n", encoding="utf-8")
    kept = {}
    with cloned(server) as db:
        with db.owner.begin() as connection:
            assert exit_code(load_files(connection, [*FILES, zeros])) == 0
        hjo = OrganizerFactory(name="Hjo", municipality_code=findings.HJO)
        kim = acting_in(Role.QUALITY_LEAD, hjo)
        places = tuple(one.code for one in everyone())

        def of(code, genders=("T",), at=places):
            if (code, genders, at) not in kept:
                with db.session(kim.scope(hjo.id)) as session:
                    wanted = Wanted((), (code,), at)
                    rows = read_values(session, kim, hjo.id, wanted, genders=genders)
                kept[code, genders, at] = rows.filter(pl.col("scope").is_in(["all", "by_measure"]))
            return kept[code, genders, at]

        yield of


def joined(chart):
    """Return every pair of periods that some line of the picture joins, and whose line."""
    return {
        (trace["name"], *pair)
        for trace in chart.figure["data"]
        for pair in pairwise(trace["x"])
        if None not in pair and "lines" in trace.get("mode", "lines")
    }


def test_every_number_on_the_page_of_findings_is_what_the_product_says(read):
    """Delete docs/findings.md to have it written anew, and read what has changed."""
    found = {
        "grades": findings.grades(read), "staff": findings.staff(read), **findings.tests(read),
        "survey": findings.survey(read, SURVEYED),
    }  # fmt: skip
    text = findings.page(found)
    if not findings.PAGE.exists():
        findings.PAGE.write_text(text, encoding="utf-8")
        pytest.fail("docs/findings.md is written anew: read it")

    assert findings.PAGE.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("measure", [findings.STUDY_PEACE, findings.NOT_BULLIED])
def test_a_round_that_is_carried_forward_draws_no_trend(read, measure):
    repeated = 0
    for name, seen in findings.drawn(read(measure), SUBJECT, SAMPLE):
        carried = [one for one in seen.chart.values if one.carried_from]
        repeated += len(carried)
        lines = joined(seen.chart)
        assert not [one for one in carried for line in lines
                    if line[0] == one.line and one.period in line[1:]], name  # fmt: skip
        assert not CHANGE.search(seen.chart.title + seen.chart.sentence), name
    assert repeated > len(SAMPLE)


@pytest.mark.parametrize(
    "measure",
    [findings.GRADES, *map(findings.REACHED.__add__, ("Engelska", "Svenska som andraspråk"))],
)
def test_a_hidden_cell_is_in_no_sentence(read, measure):
    rows = read(measure)
    hidden = rows.filter(pl.col("status").is_in(HIDDEN))
    codes = hidden["area_code"].unique().sort().to_list()[:: size(4, 1)]
    for name, seen in findings.drawn(rows, SUBJECT, codes):
        silent = hidden.filter(pl.col("area") == name)
        for period in silent["period"]:
            (cell,) = (one for one in seen.chart.values if (one.line, one.period) == (name, period))
            assert (cell.value, bool(cell.word)) == (None, True)
            assert f"({period})" not in seen.chart.sentence, (name, period)
            assert not re.search(rf"{period}: [\d~]", seen.chart.sentence), (name, period)
            assert not {line for line in joined(seen.chart) if line[0] == name and period in line}
    assert len(codes) >= 1


def test_a_column_that_turns_to_zeros_is_a_break_and_not_a_fall(read):
    for name, seen in findings.drawn(read(findings.LEADING), SUBJECT, SAMPLE):
        assert [one.at for one in seen.spec.breaks if "källan" in one.text] == ["2024/25"], name
        assert any("källan har troligen slutat räkna" in note for note in seen.chart.notes)
        assert not CHANGE.search(seen.chart.title + seen.chart.sentence), name
        assert not [one for one in joined(seen.chart) if one[1:] == ("2023/24", "2024/25")]
        assert not seen.clear


def test_one_municipality_alone_or_a_few_side_by_side_do_not_fall_with_the_column(read):
    told = 0
    for code in SAMPLE:
        values = read(findings.LEADING, at=(code,))
        rows = place_rows(values, Where("Här", municipality_code=code))
        silence = silence_in(values).get(findings.LEADING, {})
        had = [one.value for one in own_of(rows) if one.period == "2023/24"]
        if not silence:  # it had none the year before either, and cannot fall
            assert not any(had), (code, had)
            continue
        breaks = breaks_of(one_each(rows), "school_year", [*silence.items()])
        assert [(one.at, one.text) for one in breaks.told] == [("2024/25", SILENT)], code
        points = [
            Point(one.period_type, one.period, one.value, one.n, one.status, str(one.unit))
            for one in own_of(rows)
        ]
        (card,) = cards_from([draft_of("x", "Förstelärare", points, breaks)])
        told += bool(card.change)
        assert not card.verdict or card.verdict.startswith("kan inte avgöras (serien har ett brott")
        (one,) = standings(rows, "2024/25")
        assert one.measure.value == 0
        years = tuple(years_of(rows, periods_of(rows)))
        panel = SmallTrend(
            one.key, one.name, tuple(standings(rows, at)[0].measure for at in years), one.role
        )
        drawn = multiples_chart(
            MultiplesSpec(id="x", name="Förstelärare", source="Skolverket.", panels=(panel,),
                          periods=years, breaks=breaks.told, share=False, unit="")
        )  # fmt: skip
        assert "Tydligt" not in drawn.sentence
        assert all("2024/25" not in line[1:] for line in joined(drawn))
        (pooled_one,) = pooled(rows, years[-3:], {one.at for one in breaks.told})
        assert pooled_one.measure.value is None
    assert told >= 1


def test_teachers_that_are_not_counted_are_never_said_to_change(read):
    for name, seen in findings.drawn(read(findings.CERTIFIED), SUBJECT, SAMPLE):
        assert "Det går inte att avgöra" in seen.chart.sentence, name
        assert not CHANGE.search(seen.chart.title + seen.chart.sentence), name
