"""The demo's large huvudman shows each verdict of the ledger once, in the order of time."""

import re

import pytest
from sqlalchemy import text
from tests.the_demo import person_of_the_demo

TOLD = {
    "Tallbackaskolan": (
        "Pekar mot förbättring. Från åren före till åren efter blev ändringen 23,0 procentenheter"
        " mer än hos 10 liknande enheter.",
        "Det visar inte att insatsen är orsaken.",
        "Tallbackaskolan (ni) 56,1 % 80,8 % +24,7",
        "Era egna år: 2025/26 ligger utanför det som åren före brukar variera.",
        "Fråga er vad mer som ändrades samma år",
    ),
    "Rosenlundsskolan": (
        "Pekar mot försämring. Från åren före till åren efter blev ändringen 22,0 procentenheter"
        " mindre än hos 10 liknande enheter.",
        "Det visar inte att insatsen är orsaken.",
        "Prata med dem som var med innan ni går vidare.",
    ),
    "Torgskolan": (
        "Ingen skillnad större än 15,9 procentenheter.",
        "Ni väntade er minst 10 procentenheter. En så liten ändring kan finnas utan att synas här.",
        "Era egna år: värdena efter insatsen ligger inom det som åren före brukar variera.",
    ),
    "Hamnskolan": (
        "Kan inte avgöras. Det finns färre än fyra tidigare värden.",
        "det behövs minst 4 mätta värden som går att jämföra, och före 2025/26 finns 3.",
        "En ny insats kan prövas mot siffran när det finns fyra värden före den.",
    ),
}


def words(html):
    """Return what a page says, without marks and doubled spaces."""
    bare = re.sub(r"(?s)<(script|svg|head).*?</\1>|<[^>]+>", " ", html).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", bare.replace("&nbsp;", " ")).replace(" .", ".")


@pytest.fixture
def lovisa(db, demo):
    return db.browse(person_of_the_demo(db, "lovisa@bredasa.example"))


def test_each_verdict_is_told_once_with_what_it_rests_on_and_what_to_do(lovisa):
    listed = lovisa.get("/bredasa/effekter").text
    links = dict.fromkeys(re.findall(r"/bredasa/effekter/[0-9a-f-]{36}", listed))
    pages = [words(lovisa.get(one).text) for one in links]

    assert len(pages) == len(TOLD)
    for school, sentences in TOLD.items():
        (page,) = [one for one in pages if f"{school}. Insats:" in one]
        assert [one for one in sentences if one not in page] == []
    said = words(listed)
    for word in (
        "pekar mot förbättring. Ni svarade: Ja",
        "pekar mot försämring. Ni svarade: Nej",
        "ingen större skillnad. Ni svarade: Det går inte att bedöma än",
        "kan inte avgöras (det finns färre än fyra tidigare värden). Ni svarade: Det går inte",
    ):
        assert said.count(word) == 1


def test_the_insats_tells_what_was_last_read(lovisa):
    action = re.search(r"/bredasa/insatser/[0-9a-f-]{36}", lovisa.get("/bredasa/effekter").text)
    assert action is not None
    page = words(lovisa.get(action[0]).text)

    assert re.search(r"från 2025/26\. Siffrorna sade \d+ september 2026: (pekar|kan|ingen)", page)


def test_what_is_expected_is_frozen_before_the_outcome_and_read_after(db, lovisa):
    with db.as_owner() as session:
        rows = session.execute(
            text(
                "SELECT e.expected_in, e.written_at < '2026-01-01', r.read_at > '2026-06-30',"
                " r.verdict, coalesce(f.content ->> 'periods' LIKE '%2025/26%', false)"
                " FROM expectation e JOIN effect_reading r ON r.expectation_id = e.id"
                " LEFT JOIN frozen_ground f ON f.expectation_id = e.id"
                " JOIN organizer o ON o.id = e.organizer_id WHERE o.slug = 'bredasa'"
            )
        ).all()

    assert {row[:3] + row[4:] for row in rows} == {("2025/26", True, True, False)}
    assert sorted(row[3] for row in rows) == [
        "cannot_tell",
        "deterioration",
        "improvement",
        "no_larger_difference",
    ]


def test_an_accepted_shift_is_told_wherever_the_years_are_drawn(db, demo):
    jon = db.browse(person_of_the_demo(db, "jon@bredasa.example"))
    own = re.search(r"egen-[0-9a-f-]{36}", jon.get("/bredasa/resultat").text)
    assert own is not None
    place = f"/bredasa/resultat/{own[0]}?enhet=skogsbackaskolan"

    for page in (place, f"{place}&som=styrdiagram"):
        told = words(jon.get(page).text)
        assert (
            "Nivåskifte från 2022/23 godtaget 10 september 2026 av Jon Wester (rektor): Hösten 2022"
            in told
        )
