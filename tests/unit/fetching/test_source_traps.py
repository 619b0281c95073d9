"""The traps of asking, each under its own name: what a source does, and what becomes of it."""

from contextlib import contextmanager
from datetime import date

import httpx
import orjson
import pytest
from tests.factories.answers import stat2
from tests.recorded import Recorded, serving
from tests.sources import HJO, HJO_NUMBER, Sources
from tests.unit.fetching.test_clients import FEW, PATIENT, polite, run, small_plan

from ska.fetching.answers import Collector
from ska.fetching.plan import core_measures, municipalities, plan_for
from ska.fetching.polite import Polite, Question, Unanswered
from ska.fetching.rules import KOLADA
from ska.fetching.sources import kolada, skolverket, statistics_database
from ska.fetching.sources.statistics_database import Shape, Table, uncovered
from ska.organizers.register_v2 import CONTACTS


@contextmanager
def collector_for(answer, folder):
    with serving(Recorded(answer)) as server:
        client = polite(server.base)
        try:
            yield Collector(folder, client), server
        finally:
            client.close()


def kolada_pages(told, *pages):
    """Answer page by page; *told* is what each page says of its count."""

    def answer(path, query, _body, base):
        number = int(query.get("page", ["1"])[0])
        more = {"next_url": f"{base}{path}?page={number + 1}"} if number < len(pages) else {}
        return {"values": pages[number - 1], "count": told, **more}

    return answer


def rows(*ids):
    return [{"id": one} for one in ids]


def read_all(answer, folder):
    with collector_for(answer, folder) as (collector, server):
        found = kolada._pages(collector, f"{server.base}/kpi", "kpi", "katalogen")
        return [one["id"] for one in found], collector


def test_the_second_page_is_always_fetched(tmp_path):
    found, collector = read_all(kolada_pages(2, rows("A", "B"), rows("C", "D")), tmp_path)

    assert (found, collector.troubles) == (["A", "B", "C", "D"], [])


def test_the_last_page_may_lack_next_url(tmp_path):
    found, _collector = read_all(kolada_pages(1, rows("A")), tmp_path)

    assert found == ["A"]


def test_count_never_decides_whether_there_is_more(tmp_path):
    all_rows, collector = read_all(kolada_pages(3, rows("A", "B"), rows("C")), tmp_path / "1")
    assert (all_rows, collector.troubles) == (["A", "B", "C"], [])

    lost, collector = read_all(kolada_pages(4, rows("A", "B"), rows("C")), tmp_path / "2")
    assert lost == ["A", "B", "C"]
    assert collector.troubles[0].reason == "källan räknar annorlunda: 4, 3 kom"
    assert not list((tmp_path / "2").glob("*.json"))  # so that the next run asks again


def test_ids_are_asked_for_25_at_a_time(tmp_path):
    measures = core_measures()
    with serving(Recorded(Sources(measures))) as server:
        run(server, tmp_path, small_plan(measures=measures))
        asked = [path.split("/kpi/")[1].split("/")[0] for path in server.asked if "/kpi/" in path]

    together = [codes.count(",") + 1 for codes in asked]
    assert max(together) == 25
    assert len(measures) > 75


def test_an_unknown_id_answers_200_with_nothing(tmp_path):
    with collector_for(lambda *_asked: {"values": [], "count": 0}, tmp_path) as (collector, server):
        kolada.collect(collector, f"{server.base}/", small_plan(groups=("G1",), since=None))

    told = {one.what: one for one in collector.troubles}
    assert "källan känner inte id:t" in told["grupper G1"].reason
    assert all(one.lasts for one in collector.troubles)


@pytest.mark.parametrize("wrong", [("N15447", "Lärare"), ("N15421", "Meritvärde")])
def test_public_lists_carry_wrong_pairs_of_id_and_title(wrong):
    known = {one.code: one.title for one in core_measures()}
    code, title = wrong

    assert not kolada.same_title(known.get(code, "Något annat"), title)


def test_too_many_questions_are_met_with_retry_after():
    waits, answers = [], iter([(429, {"retry-after": "7"}), (500, {}), (200, {})])

    def answer(_request):
        status, headers = next(answers)
        return httpx.Response(status, headers=headers, json={"values": []})

    client = httpx.Client(transport=httpx.MockTransport(answer))
    asking = Polite({"http://k.test": KOLADA}, client, sleep=waits.append, chance=lambda: 0.0)
    reply = asking.ask(Question("x", "http://k.test/kpi"))

    assert reply.body == b'{"values":[]}'
    assert [wait for wait in waits if wait >= 1] == [7, 2]


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_malformed_question_is_told_and_not_asked_again(status):
    asked = []

    def answer(request):
        asked.append(request)
        return httpx.Response(status)

    client = httpx.Client(transport=httpx.MockTransport(answer))
    with pytest.raises(Unanswered, match=f"svarade {status}"):
        Polite({"http://k.test": PATIENT}, client).ask(Question("x", "http://k.test/kpi"))
    assert len(asked) == 1


def test_similar_municipalities_do_not_include_the_own_one():
    for code, one in municipalities().items():
        assert code not in one.similar

    plan = plan_for(HJO_NUMBER, "Hjo", HJO, today=date(2026, 11, 26))
    assert HJO not in plan.peers
    assert HJO in plan.areas


def test_the_county_and_the_skr_group_are_asked_for_as_wholes():
    plan = plan_for(HJO_NUMBER, "Hjo", HJO, today=date(2026, 11, 26))

    assert {"G33623", "G92789"} <= set(plan.groups)
    assert plan.wholes == ["14", "C7"]
    assert plan_for("5561234567", "Friskolan AB", None, today=date(2026, 11, 26)).wholes == []


def table_answer(path, _query, body, _base, *, areas, listed):
    """Answer for a table whose metadata names its areas, or does not."""
    measures, times = {"24": "Delmål 1: A", "25": "B"}, {"2024": "2024/25"}
    if not body:
        named = {"variable": measures, "level": areas if listed else {}, "time": times}
        return {"title": path, "variables": [
            {"code": code, "values": [*one], "valueTexts": [*one.values()]}
            for code, one in named.items()]}  # fmt: skip
    asked = {one["code"]: one["selection"] for one in orjson.loads(body)["query"]}
    chosen = {code: measures[code] for code in asked["variable"]["values"]}
    if asked["level"]["filter"] == "item":
        areas = {code: areas[code] for code in asked["level"]["values"]}
    return stat2(chosen, areas, times, [1.0] * (len(chosen) * len(areas)))


AREAS = {
    "00": "RIKET: TOTALT",
    "2120001728-12345678": "HJO KOMMUN (2120001728): EKSKOLAN (12345678)",
}
TABLE = Table("Grundskola/Grundskola.px", "Underlag")


@pytest.mark.parametrize("listed", [True, False])
def test_six_tables_keep_their_areas_out_of_the_metadata(tmp_path, listed):
    def answer(*asked):
        return table_answer(*asked, areas=AREAS, listed=listed)

    with collector_for(answer, tmp_path) as (collector, server):
        shape = statistics_database.collect(collector, server.base, TABLE, AREAS, ())

    assert (shape.areas, collector.troubles) == (AREAS, [])


def test_a_table_with_more_areas_than_can_be_asked_for_is_told_and_not_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(statistics_database, "MOST_LEVELS", 2)

    def answer(*asked):
        return table_answer(*asked, areas=AREAS, listed=False)

    with collector_for(answer, tmp_path) as (collector, server):
        shape = statistics_database.collect(collector, server.base, TABLE, AREAS, ())

    assert shape is None
    assert "fler områden än" in collector.troubles[0].reason


def test_every_dimension_is_chosen_and_none_left_to_the_source():
    body = statistics_database._query(["24"], {"filter": "item", "values": ["00"]}, ["2024"])

    assert [one["code"] for one in orjson.loads(body)["query"]] == ["variable", "level", "time"]


def test_a_saved_batch_counts_only_when_it_covers_exactly_the_codes():
    shape = Shape("T", {"24": "A", "25": "B"}, {"00": "Riket", "1497": "Hjo"}, {"2024": "2024/25"})
    whole = stat2(shape.measures, shape.areas, shape.times, [1.0] * 4)
    asked = (["24", "25"], ["00", "1497"], ["2024"])

    assert uncovered(whole, shape, asked) == ""
    assert "täcker inte" in uncovered(whole, shape, (["24", "25"], ["00"], ["2024"]))
    assert "andra mått" in uncovered(whole, shape, (["24"], ["00", "1497"], ["2024"]))


def test_a_folder_is_listed_bare_or_inside_an_object(tmp_path):
    inside = [{"id": "Betyg.px", "type": "t", "text": "Betyg"}]
    folders = {"/K": {"value": [{"id": "G", "type": "l", "text": "G"}], "Count": 1}, "/K/G": inside}

    with collector_for(lambda path, *_rest: folders[path], tmp_path) as (collector, server):
        tables = statistics_database.tables_of(collector, server.base, "K", "Jämförelsetal")

    assert tables == [Table("K/G/Betyg.px", "Jämförelsetal, G, Betyg")]


@pytest.mark.parametrize("listed", ["nej", [{"id": "../../x", "type": "l"}], [1]])
def test_a_folder_of_another_shape_is_told(tmp_path, listed):
    with collector_for(lambda *_asked: {"value": listed}, tmp_path) as (collector, server):
        assert statistics_database.tables_of(collector, server.base, "K", "Jämförelsetal") == []

    assert "annan form" in collector.troubles[0].reason


def test_two_tables_of_one_name_are_not_mixed(tmp_path):
    def answer(*asked):
        return table_answer(*asked, areas=AREAS, listed=True) | {"title": "Betyg"}

    with collector_for(answer, tmp_path) as (collector, server):
        first = statistics_database.collect(collector, server.base, TABLE, AREAS, ())
        other = Table("Gymnasieskola/Betyg.px", "Gymnasieskolan")
        second = statistics_database.collect(collector, server.base, other, AREAS, [first])

    assert second is None
    assert collector.troubles[0].reason == "en annan tabell heter också ”Betyg”"


def test_a_unit_that_stands_in_no_table_is_told_once(tmp_path):
    sources = Sources(FEW)
    with serving(Recorded(sources)) as server:
        made = run(server, tmp_path, small_plan(peers=("1498", "0604")))

    told = [one for one in made.troubles if "inte i någon av tabellerna" in one.reason]
    assert [one.what for one in told] == [
        f"Underlag för analys: {municipalities()['0604'].number}",
        "Kommunala jämförelsetal: 0604",
    ]
    assert all(one.lasts for one in told)


def listing(units, total, pages=1):
    def answer(_path, query, _body, _base):
        number = int(query["page"][0])
        page = {"size": 50, "totalElements": total, "totalPages": pages, "number": number}
        found = units if number == 0 else []
        return {"status": "OK", "body": {"_embedded": {"listedSchoolUnits": found}, "page": page}}

    return answer


@pytest.mark.parametrize(
    ("units", "total", "pages", "reason"),
    [
        ([HJO, HJO], 2, 1, ""),
        ([HJO, f"{HJO}-Korsberga"], 2, 1, ""),  # a town's code begins with its municipality's
        ([HJO], 3, 2, "källan räknar 3, 1 kom"),
        ([HJO, "0180"], 2, 1, "källan svarade med skolenheter i andra kommuner"),
    ],
)
def test_unknown_parameters_are_ignored_and_the_whole_country_comes(
    tmp_path, units, total, pages, reason
):
    listed = [{"code": "1", "name": "x", "geographicalAreaCode": one} for one in units]
    with collector_for(listing(listed, total, pages), tmp_path) as (collector, server):
        skolverket.list_units(collector, server.base, HJO)

    assert [one.reason for one in collector.troubles] == ([reason] if reason else [])
    assert bool(list(tmp_path.glob("*.json"))) == (not reason)


def test_pages_of_units_are_counted_from_zero(tmp_path):
    with collector_for(listing([], 0), tmp_path) as (collector, server):
        skolverket.list_units(collector, server.base, HJO)

        assert "page=0" in server.asked[0]


def test_the_register_is_asked_for_units_that_have_ended_too(tmp_path):
    with collector_for(lambda *_asked: {"data": {"attributes": []}}, tmp_path) as (one, server):
        skolverket.units_of(one, server.base, HJO_NUMBER)

        asked = server.asked[0]
    assert all(f"status={word}" in asked for word in ("AKTIV", "VILANDE", "UPPHORT", "PLANERAD"))
    assert {"headMaster", "emails", "phoneNumbers", "addresses"} <= CONTACTS
