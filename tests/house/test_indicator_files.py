"""Every data file under indicators/ and seeds/ is whole, sourced and says how sure it is."""

import csv
import json

import pytest
import yaml

from ska.framework.definitions import (
    SchoolType,
    TextStatus,
    read_edition,
    read_editions,
    read_guides,
    read_relations,
)
from ska.organizers.rules import SchoolType as UnitSchoolType
from ska.settings import bundled
from ska.xrays.definitions import all_schemas

INDICATORS = bundled("indicators")
SEEDS = bundled("seeds")
NKS = read_edition(INDICATORS / "nks-2023")
MAP = SEEDS / "municipalities-map.meta.yaml"
SIDECARS = sorted(set(SEEDS.glob("*.meta.yaml")) - {MAP})
MEASURES = [*NKS.indicators, *NKS.candidates]


def test_every_edition_can_be_read():
    ids = [edition.head.id for edition in read_editions(INDICATORS)]

    assert ids == ["curriculum-areas", "nks-2023", "skollagen-4", "skr"]


def test_the_national_system_holds_what_was_read_and_nothing_more():
    roles = [indicator.role for indicator in NKS.indicators]

    assert (roles.count("goal"), roles.count("condition")) == (25, 24)
    assert len(NKS.candidates) == 52
    assert len(NKS.file.objectives) == 10
    assert [goal.id for goal in NKS.file.sub_goals] == [f"gr-{n}" for n in range(1, 7)]


def test_wording_that_was_not_read_is_empty_and_says_where_to_read_it():
    worded = [*NKS.file.objectives, *NKS.file.sub_goals, *NKS.file.success_factors]

    assert [w.id for w in worded if w.text is not None] == []
    assert {w.text_status for w in worded} == {TextStatus.NOT_SEEN, TextStatus.FRAGMENT}
    assert all(w.fill_from.startswith("https://www.skolverket.se/") for w in worded)


def test_a_sub_goal_is_called_by_a_heading_of_ours_never_a_bare_number():
    headings = {goal.id: goal.heading for goal in NKS.file.sub_goals}

    assert headings["gr-1"] == "Delmål 1 – resultat i alla ämnen"
    assert all(len(heading) > len("Delmål 1 – ") for heading in headings.values())


@pytest.mark.parametrize("indicator", NKS.indicators, ids=lambda indicator: indicator.id)
def test_an_indicator_has_a_caution_a_reading_a_label_and_its_certainty(indicator):
    assert indicator.caution.endswith(".")
    assert indicator.reading.endswith(".")
    assert indicator.source_id
    assert indicator.certainty["membership"] == "seen"
    assert {"name", "definition"} <= set(indicator.certainty)
    if indicator.role == "goal":
        number = indicator.sub_goals[0].removeprefix("gr-")
        assert indicator.published_label.startswith(f"Delmål {number}: ")
    else:
        assert indicator.published_label.startswith(f"{indicator.category}: ")


@pytest.mark.parametrize("candidate", NKS.candidates, ids=lambda candidate: candidate.id)
def test_a_candidate_can_never_be_taken_for_an_indicator(candidate):
    assert candidate.badge == "unconfirmed"
    assert candidate.id.startswith("kandidat-")
    assert candidate.certainty["membership"] == "inferred"


def test_a_link_to_kolada_says_its_relation_its_population_and_that_we_concluded_it():
    links = [link for measure in MEASURES for link in measure.kolada_links]

    assert len(links) == 126
    assert {link.certainty["relation"] for link in links} == {"inferred"}
    assert {link.certainty["figure"] for link in links} == {"seen"}


def test_the_linked_figures_stand_in_the_catalogue_with_the_same_title():
    rows = _rows("kolada-school-kpis.csv")
    catalogue = {row["id"]: " ".join(row["title"].split()) for row in rows}
    links = {link.kpi: link.title for measure in MEASURES for link in measure.kolada_links}

    unlike = {kpi: title for kpi, title in links.items() if catalogue.get(kpi) != title}

    assert unlike == {}


def test_every_indicator_has_one_reading_guide_and_every_guide_its_indicators():
    guides = read_guides(INDICATORS / "guides")

    assert set(guides) == {indicator.id for indicator in NKS.indicators}
    assert all(guide.cannot_say.endswith(".") for guide in guides.values())
    assert all(text.endswith(".") for guide in guides.values() for text in guide.misreadings)
    assert all(text.endswith("?") for guide in guides.values() for text in guide.questions)


def test_grades_beside_tests_ask_about_what_story_six_names_and_conclude_nothing():
    for one in read_relations(INDICATORS / "relations"):
        assert {question.id for question in one.questions} == {
            "undervisningsgrupper", "provdeltagande", "vikarier", "sambedomning", "provform",
        }  # fmt: skip
        assert all(question.text.endswith("?") for question in one.questions)
        assert "inflation" not in one.model_dump_json()


def test_the_law_is_retold_with_its_reference_and_what_answers_it():
    law = read_edition(INDICATORS / "skollagen-4").file

    duties = [r for r in law.requirements if r.kind == "duty"]
    assert {f"4 kap. {n} §" for n in (3, 5, 6, 7, 8)} <= {r.reference for r in duties}
    assert all(r.fulfilled_by for r in law.requirements if r.kind != "power")
    assert all(r.url.startswith("https://") for r in law.requirements)


def test_the_success_factors_of_skr_stand_apart():
    skr = read_edition(INDICATORS / "skr").file

    assert skr.edition.kind == "other_framework"
    assert len(skr.success_factors) == 7
    assert not {f.id for f in skr.success_factors} & {f.id for f in NKS.file.success_factors}


def test_the_curricula_have_their_goal_areas():
    file = read_edition(INDICATORS / "curriculum-areas").file

    headings = {c.id: [area.heading for area in c.areas] for c in file.curricula}

    assert headings["lgr22"] == [
        "Normer och värden",
        "Kunskaper",
        "Elevernas ansvar och inflytande",
        "Skola och hem",
        "Övergång och samverkan",
        "Skolan och omvärlden",
        "Bedömning och betyg",
    ]
    assert headings["lpfo18"][0] == "Normer och värden"
    assert len(headings["lpfo18"]) == 6


def test_the_skolformer_are_those_of_the_organisation_and_their_parts():
    parts = {one for one in SchoolType if one.startswith("municipal_adult_education_")}

    assert {str(one) for one in SchoolType} - parts == {str(one) for one in UnitSchoolType}


@pytest.mark.parametrize(("name", "text"), all_schemas().items())
def test_the_json_schemas_are_fresh(name, text):
    assert (INDICATORS / name).read_text(encoding="utf-8") == text, "run `ska schema`"


def test_a_released_edition_is_as_it_was_released():
    told = yaml.safe_load((INDICATORS / "releases.yaml").read_text(encoding="utf-8"))["releases"]
    now = [
        {"edition": one.head.id, "released": one.head.released, "sha256": one.digest}
        for one in read_editions(INDICATORS)
        if one.head.released
    ]

    assert now == told, "a released edition is never edited: make a new one (indicators/README.md)"


@pytest.mark.parametrize("path", sorted(INDICATORS.glob("*/**/*.yaml")), ids=lambda path: path.stem)
def test_every_file_names_a_schema_that_exists(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]

    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve().is_file()


@pytest.mark.parametrize("sidecar", SIDECARS, ids=lambda path: path.name)
def test_a_seed_says_source_date_and_certainty_for_each_column(sidecar):
    meta = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    rows = _rows(meta["file"])

    assert len(rows) == meta["rows"]
    assert list(meta["columns"]) == list(rows[0])
    key = meta["key"].split(", ")
    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
    assert {column["source"] for column in meta["columns"].values()} <= set(meta["sources"])
    assert {column["certainty"] for column in meta["columns"].values()} <= {"seen", "inferred"}
    assert all(source["date"] for source in meta["sources"].values())


def test_every_csv_has_a_sidecar():
    assert {path.with_suffix(".meta.yaml") for path in SEEDS.glob("*.csv")} <= set(SIDECARS)


def test_the_municipalities_are_290_with_like_ones_that_exist():
    rows = {row["municipality_code"]: row for row in _rows("municipalities.csv")}

    assert len(rows) == 290
    for code, row in rows.items():
        like = row["similar_grundskola_2024_codes"].split("|")
        assert len(like) == 7
        assert set(like) <= set(rows)
        assert code not in like
        assert row["county_code"] == code[:2]


def _rows(name):
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_map_says_source_licence_and_how_many_it_holds():
    meta = yaml.safe_load(MAP.read_text(encoding="utf-8"))
    outlines = json.loads((SEEDS / meta["file"]).read_text(encoding="utf-8"))

    assert len(outlines) == meta["rows"] == 290
    assert {"name", "url", "licence"} <= set(meta["source"])
    assert {one["municipality_code"] for one in _rows("municipalities.csv")} == set(outlines)
