"""An expectation written and frozen, its outcome read and kept beside what people answered."""

import re

import pytest
from sqlalchemy import text
from tests.factories.effects import NEXT, OWN, started
from tests.written_forms import form_with

ANSWER = {
    "done_answer": "yes",
    "what_happened": "Alla kartlades.",
    "effect_answer": "partly",
    "effect_ground": "Betygen i juni.",
}
ITEM = "gr-alla-amnen-ak9"


@pytest.fixture
def begun(db):
    return started()


@pytest.fixture
def kim(db, begun):
    return db.browse(begun.person)


def choose(kim, begun, **more):
    words = {"indikator": ITEM, "kon": "T", "var": str(begun.unit.id), **more}
    query = "&".join(f"{key}={value}" for key, value in words.items())
    page = kim.get(f"{begun.path}/effekt?{query}")
    assert page.status_code == 200, page.text
    return page.text.replace("\u00a0", " ")


def expect(kim, begun, **written):
    form = form_with(choose(kim, begun), "size") | {"size": "30", **written}
    form.pop("csrf_token")
    return kim.post(f"{begun.path}/effekt", form)


def written(kim, begun, **more):
    answer = expect(kim, begun, **more)
    assert answer.status_code == 303, re.sub(r"<[^>]+>", " ", answer.text)
    return answer.headers["location"]


def test_before_saving_the_page_says_what_could_be_seen_at_all(kim, begun):
    page = choose(kim, begun)
    assert re.search(
        r"Med 24 elever om året syns först en ändring på ungefär \d+ procentenheter", page
    )
    assert re.search(
        r"Bredvid 10 liknande skolenheter syns en ändring på ungefär \d+ procent", page
    )
    assert "Följ fler år." in page
    assert "Se på hela huvudmannen" in page
    assert "De som liknar er" in page


def test_what_the_analysis_already_says_is_filled_in(kim, begun):
    form = form_with(choose(kim, begun), "size")

    assert form["effect_id"] == str(begun.effect_id)
    assert form["expected_in"] == NEXT  # the effect is expected by June 2027
    assert form["direction"] == "higher"


def test_a_change_that_cannot_be_seen_is_told_before_it_is_saved(kim, begun):
    answer = expect(kim, begun, size="2")

    assert answer.status_code == 422
    assert "En så liten ändring kan inte skiljas från slumpen." in answer.text
    assert expect(kim, begun, size="2", accept_small="1").status_code == 303


def test_a_period_that_is_known_cannot_be_the_outcome(kim, begun):
    answer = expect(kim, begun, expected_in="2025/26")

    assert answer.status_code == 422
    assert "Välj en period som inte är känd än." in answer.text


def test_the_same_expectation_is_written_once(kim, begun):
    written(kim, begun)
    again = expect(kim, begun)

    assert again.status_code == 422
    assert "Det finns redan en förväntan på den siffran från den perioden." in again.text


def test_the_outcome_is_read_and_kept_beside_the_answer(db, kim, begun):
    where = written(kim, begun)
    waiting = kim.get(f"/{begun.organizer.slug}/effekter").text
    begun.schools.publish(NEXT, begun.schools.year(step=30))
    ready = kim.get(f"/{begun.organizer.slug}/effekter").text
    page = kim.get(f"/{begun.organizer.slug}/uppfoljningar/{begun.follow_up.id}").text
    answered = kim.post(f"/{begun.organizer.slug}/uppfoljningar/{begun.follow_up.id}", ANSWER)
    begun.schools.publish(NEXT, begun.schools.year(step=-30))
    kept = kim.get(f"/{begun.organizer.slug}/uppfoljningar/{begun.follow_up.id}").text
    entry = kim.get(where).text
    read = kim.get(f"/{begun.organizer.slug}/effekter").text

    assert "Väntar på värden" in waiting.split("<h2")[1]
    assert "Kan avläsas nu" in ready.split("<h2")[1]
    assert "Pekar mot förbättring." in page
    assert "Era egna år: värdena efter insatsen ligger inom det som" in page  # 24 pupils
    assert answered.status_code == 303
    assert "Pekar mot förbättring." in kept
    assert "Pekar mot försämring" not in kept
    assert "Pekar mot försämring." in entry.split("Så visste ni")[0]
    assert "Pekar mot förbättring." in entry.split("Så visste ni")[1]
    assert "Avläst" in read.split("<h2")[1]
    assert "pekar mot förbättring" in read


def test_a_changed_outcome_changes_neither_the_matches_nor_the_fingerprint(kim, begun):
    where = written(kim, begun)
    api = f"/api/v1/organizers/{begun.organizer.slug}/expectations/{where.rpartition('/')[2]}"
    before = kim.api("GET", api).json()
    for step, seed in ((30, 2), (-30, 3), (0, 4)):
        begun.schools.publish(NEXT, begun.schools.year(step=step, seed=seed))
        begun.schools.publish("2025/26", begun.schools.year(step=step, seed=seed + 10))
        after = kim.api("GET", api).json()

        assert after["matches"] == before["matches"]
        assert after["fingerprint"] == before["fingerprint"]
        assert after["holds"]
    assert before["fingerprint"]
    assert len(before["matches"]) == 10


@pytest.mark.parametrize(
    "change",
    [
        "jsonb_set(content, '{values,5,2}', '12.5')",
        "jsonb_set(content, '{matches,0}', '\"10000059\"')",
        "jsonb_set(content, '{units,0}', '\"annan\"')",
        "jsonb_set(content, '{values,0}', '[1.0]')",
        "content - 'units'",
        "'{}'::jsonb",
    ],
)
def test_a_ground_that_was_touched_judges_nothing_and_says_so(db, kim, begun, change):
    where = written(kim, begun)
    begun.schools.publish(NEXT, begun.schools.year(step=30))
    with db.as_owner() as session:
        session.execute(text(f"UPDATE frozen_ground SET content = {change}"))

    page = kim.get(where)
    follow_up = kim.get(f"/{begun.organizer.slug}/uppfoljningar/{begun.follow_up.id}").text

    assert page.status_code == 200
    for one in (page.text, follow_up):
        assert "Underlaget stämmer inte med det som frystes." in one
        assert "Pekar mot" not in one


def test_the_database_lets_nobody_change_what_was_frozen(db, kim, begun):
    written(kim, begun)
    scope = {"o": str(begun.organizer.id)}
    for statement in (
        "UPDATE expectation SET size = 1",
        "UPDATE expectation SET fingerprint = 'x'",
        "DELETE FROM expectation",
        "UPDATE frozen_ground SET content = '{}'",
        "DELETE FROM frozen_ground",
        "UPDATE effect_reading SET verdict = 'improvement'",
        "DELETE FROM effect_reading",
    ):
        with db.engine.connect() as connection:
            connection.execute(text("SELECT set_config('app.organizers', :o, true)"), scope)
            connection.execute(text("SELECT set_config('app.organizer', :o, true)"), scope)
            with pytest.raises(Exception, match="permission denied"):
                connection.execute(text(statement))


def test_the_fingerprint_has_a_second_witness(db, kim, begun):
    written(kim, begun)
    with db.as_owner() as session:
        kept, witness = session.execute(
            text(
                "SELECT e.fingerprint, a.details->>'fingerprint' FROM expectation e"
                " JOIN audit_event a ON a.object_id = e.id AND a.act = 'expectation.write'"
            )
        ).one()

    assert kept == witness != ""


def test_with_fewer_than_four_years_it_cannot_be_told(db, kim, begun):
    with db.as_owner() as session:
        session.execute(
            text(
                "DELETE FROM value WHERE period IN ('2021/22', '2022/23') AND area_id ="
                " (SELECT id FROM area WHERE code = :code)"
            ),
            {"code": OWN},
        )
    where = written(kim, begun, accept_small="1")
    begun.schools.publish(NEXT, begun.schools.year(step=30))

    assert "det finns färre än fyra tidigare värden" in kim.get(where).text


def test_it_is_withdrawn_with_a_reason_and_stays_in_the_ledger(kim, begun):
    where = written(kim, begun)

    empty = kim.post(f"{where}/aterta", {"reason": ""})
    done = kim.post(f"{where}/aterta", {"reason": "Fel indikator."})
    again = kim.post(f"{where}/aterta", {"reason": "Fel indikator."})

    assert (empty.status_code, done.status_code, again.status_code) == (422, 303, 422)
    assert "Fel indikator." in kim.get(f"/{begun.organizer.slug}/effekter").text
    assert "Fel indikator." in kim.get(where).text


def test_what_has_been_read_cannot_be_withdrawn(kim, begun):
    where = written(kim, begun)
    kim.post(f"/{begun.organizer.slug}/uppfoljningar/{begun.follow_up.id}", ANSWER)

    assert kim.post(f"{where}/aterta", {"reason": "Blev inte bra."}).status_code == 422


def test_it_is_a_knot_on_the_thread(kim, begun):
    where = written(kim, begun)

    follow_up = f"/{begun.organizer.slug}/uppfoljningar/{begun.follow_up.id}"
    for page in (begun.path, follow_up):
        assert where in kim.get(page).text.split("I siffror</")[1]


def test_the_sheets_hold_the_ledger(kim, begun):
    written(kim, begun)
    home = f"/{begun.organizer.slug}/effekter"

    sheet = kim.get(f"{home}/effekter.csv").content.decode("utf-8-sig").splitlines()
    book = kim.get(f"{home}/effekter.xlsx")

    assert sheet[0].startswith("Insats;Var;Indikator")
    assert ";30;procentenheter;2026/27;Väntar på värden;" in sheet[1]
    assert book.content[:2] == b"PK"


def test_an_empty_ledger_says_where_to_begin(kim, begun):
    assert (
        "Här samlas det ni väntar er av insatserna"
        in kim.get(f"/{begun.organizer.slug}/effekter").text
    )


def test_an_unknown_standing_or_unit_is_not_there(kim, begun):
    assert kim.get(f"/{begun.organizer.slug}/effekter?lage=x").status_code == 404
    assert kim.get(f"{begun.path}/effekt?indikator={ITEM}&var=x").status_code == 404


def told_by(page):
    own = page.partition('id="own"')[2].partition("</section>")[0]
    said = page.partition("Vad siffrorna säger i dag")[2].partition("</div>")[0]
    return said, re.findall(r'class="sentence"[^>]*>(.*?)</p>', own)


def test_an_accepted_shift_changes_nothing_in_the_ledger(kim, begun):
    at = written(kim, begun)
    begun.schools.publish(NEXT, begun.schools.year(step=30))
    before = kim.get(at).text
    shifts = f"/ekhult/resultat/{ITEM}/nivaskiften?enhet={begun.unit.slug}"
    for period in (NEXT, "2023/24"):
        answer = kim.post(shifts, {"period": period, "reason": "Nya lokaler"})
        assert answer.status_code == 303, answer.text
    after = kim.get(at).text

    assert told_by(before) == told_by(after)
    assert told_by(after)[1]
    assert "Ett godtaget nivåskifte ändrar inget här" in after


def test_an_accepted_shift_is_told_where_an_insats_is_followed_up(db, kim, begun):
    at = written(kim, begun)
    begun.schools.publish(NEXT, begun.schools.year(step=30))
    here = f"/ekhult/resultat/{ITEM}/nivaskiften?enhet={begun.unit.slug}"
    other = f"/ekhult/resultat/{ITEM}/nivaskiften?enhet="
    follow_up = re.findall(r'href="(/ekhult/uppfoljningar/[^"/]+)"', kim.get(begun.path).text)[0]
    before = [kim.get(page).text for page in (at, follow_up)]
    assert kim.post(here, {"period": "2023/24", "reason": "Nya lokaler"}).status_code == 303
    kim.post(other, {"period": "2023/24", "reason": "Hela kommunen"})
    ledger, followed = (kim.get(page).text for page in (at, follow_up))

    assert not any("Nya lokaler" in page or "ändrar inget här" in page for page in before)
    for page in (ledger, followed):
        assert "Nivåskifte från 2023/24 godtaget" in page
        assert "Nya lokaler." in page
        assert "Hela kommunen" not in page
        assert "Ett godtaget nivåskifte ändrar inget här" in page
    assert "Nivåskifte godtaget: Nya lokaler" in ledger
    take = re.findall(r'action="([^"]+/aterta[^"]*)"', kim.get(here).text)[0].replace("&amp;", "&")
    assert kim.post(take, {"reason": "Fel läsår"}).status_code == 303
    assert "Nya lokaler" not in kim.get(follow_up).text
