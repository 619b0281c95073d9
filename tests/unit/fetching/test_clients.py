"""The clients against a recorded server: the full set, or a clear word of what is missing."""

import random
from dataclasses import replace
from datetime import date

import orjson
import pytest
from tests.recorded import Recorded, serving
from tests.sizes import size
from tests.sources import HJO, HJO_NUMBER, UNITS, Sources

from ska.fetching.answers import Collector, body_of
from ska.fetching.collecting import Addresses, collect
from ska.fetching.plan import Plan, core_measures, plan_for
from ska.fetching.polite import Polite, Question, Unanswered
from ska.fetching.rules import Manners
from ska.fetching.sources import kolada
from ska.values.importers.recognise import read_file

PATIENT = Manners(gap=0, waits=(0, 0, 0, 0, 0))
FEW = core_measures()[:30]


def small_plan(**more) -> Plan:
    plan = plan_for(HJO_NUMBER, "Hjo", HJO, today=date(2026, 11, 26))
    chosen = {"measures": FEW, "peers": ("1498",), "years": (2024, 2025), "groups": ("G1",)}
    return replace(plan, **(chosen | more))


def addresses(base: str) -> Addresses:
    return Addresses(f"{base}/kolada/", f"{base}/pxweb", f"{base}/planned", f"{base}/register")


def polite(base: str) -> Polite:
    return Polite({base: PATIENT}, sleep=lambda _s: None, chance=lambda: 0.0)


def fetched(folder):
    """Return the bytes of every answer that was kept, by the question's name and key."""
    return {path.name: body_of(path.read_bytes()) for path in sorted(folder.glob("*.json"))}


def run(server, folder, plan):
    client = polite(server.base)
    try:
        return collect(plan, folder, addresses(server.base), client)
    finally:
        client.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calm")
    with serving(Recorded(Sources(FEW))) as server:
        made = run(server, folder, small_plan())
    return made, fetched(folder), len(server.asked)


def keyless(answers):
    """Leave the server's own port out of what is compared."""
    return sorted(
        body.replace(b"127.0.0.1", b"").split(b'"next_url"')[0] for body in answers.values()
    )


def test_everything_comes_from_a_source_in_good_health(undisturbed):
    made, answers, questions = undisturbed

    assert made.troubles == []
    assert {unit.code for unit in made.units} == set(UNITS)
    assert questions == made.answered == len(answers)
    names = {name.rpartition("-")[0] for name in answers}
    assert {"kolada-data", "kolada-oudata", "pxweb-data", "planned-salsa"} <= names


def test_a_source_that_throttles_drops_and_answers_html_gives_the_full_set(undisturbed, tmp_path):
    _made, answers, questions = undisturbed
    for seed in range(size(1, 8)):
        folder = tmp_path / str(seed)
        sources = Sources(FEW)
        recorded = Recorded(sources, chance=random.Random(seed), share=0.4)
        with serving(recorded) as server:
            ill = run(server, folder, small_plan())

        assert ill.troubles == []
        assert keyless(fetched(folder)) == keyless(answers)
        assert len(server.asked) > questions


def test_what_never_comes_is_told(tmp_path):
    stubborn = frozenset({"oudata", "salsa", "Grundskola_betyg"})
    with serving(Recorded(Sources(FEW), stubborn=stubborn)) as server:
        made = run(server, tmp_path, small_plan())

    assert {one.source for one in made.troubles} == {
        "kolada",
        "planned_educations",
        "skolverket_pxweb",
    }
    assert all("efter 6 försök: källan svarade 503" in one.reason for one in made.troubles)
    assert any("Kommunala jämförelsetal, Grundskola, Betyg" in one.what for one in made.troubles)


def test_a_resumed_fetch_asks_nothing_twice(undisturbed, tmp_path):
    with serving(Recorded(Sources(FEW), stubborn=frozenset({"oudata"}))) as server:
        run(server, tmp_path, small_plan())
        server.stubborn = frozenset()
        server.asked.clear()
        made = run(server, tmp_path, small_plan())

        assert made.troubles == []
        assert {path.split("/")[2] for path in server.asked} == {"oudata"}


def test_measures_whose_codes_move_during_the_fetch_are_read_again(tmp_path):
    with serving(Recorded(Sources(FEW, moves=2))) as server:
        made = run(server, tmp_path, small_plan())

    assert made.troubles == []
    moved = [read_file(path) for path in tmp_path.glob("pxweb-data-*")]
    labels = {code for reading in moved for code in reading.measures["code"]}
    assert any("Delmål 1:" in label for label in labels)


def test_a_table_that_never_stands_still_is_told(tmp_path):
    with serving(Recorded(Sources(FEW, moves=99))) as server:
        made = run(server, tmp_path, small_plan())

    assert [one.reason for one in made.troubles if "vid varje försök" in one.reason]


def test_an_unknown_id_and_a_wrong_title_are_told_and_not_fetched(tmp_path):
    wrong = replace(FEW[0], title="Något helt annat")
    unknown = replace(FEW[1], code="N99999")
    with serving(Recorded(Sources(FEW))) as server:
        made = run(server, tmp_path, small_plan(measures=(wrong, unknown, *FEW[2:])))

        asked = " ".join(server.asked)
    told = {one.what: one.reason for one in made.troubles}
    assert "heter nu" in told[wrong.code]
    assert "känner inte" in told["nyckeltal N99999"]
    assert f"data/kpi/{wrong.code}" not in asked


def test_changes_are_asked_for_by_date_and_survey_rounds_whole(tmp_path):
    measures = tuple(one for one in core_measures() if one.is_survey)[:3] + FEW[:3]
    with serving(Recorded(Sources(measures))) as server:
        run(server, tmp_path, small_plan(since=date(2026, 9, 1), measures=measures))

        whole = [path for path in server.asked if "/kolada/data/kpi/" in path]
        changed = [path for path in server.asked if "from_date=2026-09-01" in path]
    assert whole
    assert changed
    assert not any(one.code in " ".join(changed) for one in measures if one.is_survey)
    (file, *_rest) = [p for p in tmp_path.glob("kolada-data-*") if b"from_date" in p.read_bytes()]
    reading = read_file(file)
    assert reading.report.by_status == {"missing": 1}
    assert reading.observations["raw_value"].to_list() == ["1.0 (isdeleted)"]


def test_no_address_but_the_sources_is_asked(tmp_path):
    elsewhere = "http://127.0.0.1:9/evil"
    answer = {"values": [], "count": 0, "next_url": elsewhere}
    with serving(Recorded(lambda *_asked: answer)) as server:
        client = polite(server.base)
        collector = Collector(tmp_path, client)

        with pytest.raises(Unanswered, match="hör inte till källan"):
            client.ask(Question("x", elsewhere))
        with pytest.raises(Unanswered, match="pekar ut från källan"):
            list(kolada.pages(collector, f"{server.base}/kolada/kpi", "kpi"))
        client.close()


def test_pages_that_go_round_are_left(tmp_path):
    def round_about(path, _query, _body, base):
        return {"values": [1], "count": 1, "next_url": f"{base}{path}"}

    with serving(Recorded(round_about)) as server:
        client = polite(server.base)
        with pytest.raises(Unanswered, match="går i ring"):
            list(kolada.pages(Collector(tmp_path, client), f"{server.base}/kpi", "kpi"))
        client.close()


def test_a_saved_answer_is_whole_or_asked_for_again(tmp_path):
    with serving(Recorded(lambda *_asked: {"values": [1]})) as server:
        client = polite(server.base)
        collector = Collector(tmp_path, client)
        question = Question("kolada-kpi", f"{server.base}/kpi")
        collector.get(question)
        (path,) = tmp_path.iterdir()
        path.write_bytes(path.read_bytes()[:-9])

        again = collector.get(question)
        client.close()

    assert again == {"values": [1]}
    assert len(server.asked) == 2
    about = orjson.loads(path.read_bytes())
    assert about["url"] == question.url
    assert about["published"] == "2026-09-25T06:00:00+00:00"


def test_contact_fields_of_the_register_are_left_at_the_door(undisturbed):
    _made, answers, _questions = undisturbed

    assert b"Ekskolan" in b"".join(answers.values())
    assert b"Rektorsson" not in b"".join(answers.values())
    assert b"rektor@" not in b"".join(answers.values())
