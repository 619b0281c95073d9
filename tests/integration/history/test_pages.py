"""History comes in: read, looked at, kept, struck; and it shows where the work is read."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.chain import AnalysisFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.reports import PASTED, with_headings
from tests.written_forms import form_with

from ska.access import Role

NEW = "/ekhult/historia/ny"
CHANGES = (
    "UPDATE past_paragraph SET text = 'x'",
    "DELETE FROM past_paragraph",
    "UPDATE past_analysis SET title = 'x'",
    "DELETE FROM past_analysis",
)


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


@pytest.fixture
def aby(ekhult):
    return SchoolUnitFactory(organizer=ekhult, name="Åby byskola", slug="aby")


def someone(db, organizer, role, unit=None):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=organizer, role=role, unit=unit)
    return db.browse(person)


@pytest.fixture
def robin(db, ekhult, aby):
    return someone(db, ekhult, Role.PRINCIPAL, aby)


def rows(db, table):
    with db.as_owner() as session:
        return list(session.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings())


def paste(browser, words, **more):
    """Send pasted text as the page's form does, in parts."""
    return browser.post(NEW, more, files={"text": (None, words)})


def put_in(browser, words=PASTED, **more):
    """Paste a report and return the address where it waits."""
    answer = paste(browser, words, **more)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def kept(browser, words=PASTED, **changes):
    """Read a report in as it is proposed, keep it, and return its address."""
    at = put_in(browser, words)
    form = form_with(browser.get(at).text, "title")
    answer = browser.post(at, {**form, **changes, "answer": "spara"})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_nothing_is_kept_before_a_person_has_looked(db, robin):
    at = put_in(robin)
    page = robin.get(at).text

    assert "22 av 22 stycken har en plats" in page
    assert rows(db, "past_analysis") == rows(db, "past_paragraph") == rows(db, "action") == []
    assert "Väntar på att du tittar" in robin.get("/ekhult/historia").text


def test_a_report_is_kept_whole_and_its_promises_become_utkast(db, robin, aby, statements):
    at = put_in(robin)
    form = form_with(robin.get(at).text, "title")
    (first,) = re.findall(
        r'name="promises" value="(\d+)"[^>]*><label[^>]*>Vi kommer att', robin.get(at).text
    )
    done = robin.post(at, {**form, "promises": first, "answer": "spara"})
    statements.clear()
    page = robin.get(done.headers["location"]).text

    assert len(statements) <= 6
    assert "22 av 22 stycken ur rapporten" in page
    assert "Antalet bråk som elevrådet räknade gick ner." in page
    assert "Blev utkast till insats" in page
    (past,) = rows(db, "past_analysis")
    assert (past["year"], past["unit_id"], past["paragraphs"]) == (2025, aby.id, 22)
    assert sum(one["stands_for"] for one in rows(db, "past_paragraph")) == 22
    (action,) = rows(db, "action")
    assert action["title"] == "Vi kommer att ha samma lärare i matematik hela läsåret"
    assert (action["state"], action["unit_id"]) == ("draft", aby.id)
    assert rows(db, "history_draft") == []
    assert robin.get(at).status_code == 404


def test_every_choice_can_be_changed(db, robin):
    at = put_in(robin)
    page = robin.get(at).text
    form = form_with(page, "title")
    section = re.search(r'name="part_(\d+)"', page.split("Utvecklingsområden</h3>")[1])[1]
    heads = [one for one in form["headings"] if one != section]
    shown = robin.post(at, {**form, "headings": heads, "title": "Ny titel", "answer": "visa"})
    page = robin.get(at).text

    assert shown.status_code == 303
    assert "Utvecklingsområden</h3>" not in page
    assert 'value="Ny titel"' in page
    assert "22 av 22 stycken" in page


def test_a_file_becomes_history(db, robin, aby):
    name = "Rapport 2023-24.docx"
    answer = robin.post(NEW, {}, files={"file": (name, with_headings())})
    page = robin.get(answer.headers["location"]).text

    assert "Word-fil: Rapport 2023-24.docx" in page
    assert "Text som var struken med spårade ändringar är inte med." in page
    assert 'value="2023/24" selected' in page
    assert f'value="{aby.id}" selected' in page


@pytest.mark.parametrize(
    ("content", "words"), [(b"%PDF-1.7", "Det är en PDF."), (b"hej", "ingen Word-fil")]
)
def test_a_file_that_is_none_says_what_to_do_and_keeps_what_was_written(robin, content, words):
    answer = robin.post(NEW, {"name": "Min rapport"}, files={"file": ("a.pdf", content)})

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Min rapport"' in answer.text
    assert paste(robin, " ").status_code == 422


def test_what_names_a_person_stops_with_all_of_the_text_left(db, robin):
    words = "# Elevhälsa\nEn elev\n19121212-1212\n# Slut"
    refused = paste(robin, words)
    sure = paste(robin, words, not_personal_data="1")

    assert refused.status_code == 422
    assert "ser ut att innehålla ett personnummer" in refused.text
    assert "rad 3" in refused.text
    assert "# Elevhälsa" in refused.text
    assert "Det är inte en uppgift om en person" in refused.text
    assert sure.status_code == 303
    named = robin.post(NEW, {"name": "19121212-1212"}, files={"text": (None, "Ett\nTvå")})
    assert named.status_code == 422


def test_what_was_kept_cannot_change_and_can_be_struck_and_put_back(db, robin):
    at = kept(robin)
    robin.post(f"{at}/stryk", {})
    listed, year = robin.get("/ekhult/historia").text, robin.get("/ekhult/2025-26/analyser").text
    robin.post(f"{at}/angra", {})

    assert "<h2>Struket</h2>" in listed
    assert "Kvalitetsrapport 2025/26" not in year
    assert "Kvalitetsrapport 2025/26" in robin.get("/ekhult/2025-26/analyser").text
    for change in CHANGES:
        with pytest.raises(ProgrammingError, match="permission denied"), db.engine.begin() as one:
            one.execute(text(change))


def test_history_shows_in_the_thread_the_handover_the_search_and_the_years_list(
    db, robin, ekhult, aby
):
    kept(robin)
    analysis = AnalysisFactory(organizer=ekhult, unit=aby, year=2026)
    thread = robin.get(f"/ekhult/2026-27/analyser/{analysis.id}").text
    handed = robin.get("/ekhult/enheter/aby/overlamning").text

    assert "Tidigare läsår" in thread
    assert "2025/26: Kvalitetsrapport 2025/26 Åby byskola" in thread
    assert "Läsåret 2025/26" in handed
    assert "Fasta rastvakter infördes i september." in handed
    assert "Vi har bytt lärare i matematik två gånger." in handed
    assert "Historik" in robin.get("/ekhult/sok?q=räknestuga").text


def test_the_x_ray_and_the_demands_of_today_leave_history_alone(db, robin, ekhult, aby):
    before = robin.get("/ekhult/rontgen/arbetet").text
    kept(robin)

    def count(page):
        return re.findall(r"(\d+)&nbsp;fynd", page)

    assert count(robin.get("/ekhult/rontgen/arbetet").text) == count(before)


def test_only_its_reader_finds_what_waits_and_only_for_two_weeks(db, robin, ekhult):
    at = put_in(robin)
    kim = someone(db, ekhult, Role.QUALITY_LEAD)
    hers = kim.get(at).status_code
    with db.as_owner() as session:
        session.execute(text("UPDATE history_draft SET updated_at = now() - interval '15 days'"))

    assert hers == 404
    assert robin.get(at).status_code == 404


def test_a_rektor_keeps_only_the_own_units_and_others_do_not_read_it(db, robin, ekhult):
    other = SchoolUnitFactory(organizer=ekhult, name="Björkbacka", slug="bjorkbacka")
    at = put_in(robin)
    form = form_with(robin.get(at).text, "title")
    foreign = robin.post(at, {**form, "unit_id": str(other.id), "answer": "spara"})
    whole = robin.post(at, {**form, "unit_id": "", "answer": "spara"})
    mine = kept(robin)
    neighbour = someone(db, ekhult, Role.PRINCIPAL, other)
    teacher = someone(db, ekhult, Role.TEACHER, other)

    assert (foreign.status_code, whole.status_code) == (403, 403)
    assert neighbour.get(mine).status_code == 404
    assert neighbour.post(f"{mine}/stryk", {}).status_code == 404
    assert teacher.get(NEW).status_code == 403


def test_a_year_that_has_not_begun_is_no_history(robin):
    at = put_in(robin)
    form = form_with(robin.get(at).text, "title")
    answer = robin.post(at, {**form, "year": "2031/32", "answer": "spara"})

    assert answer.status_code == 422
    assert "Historik gäller år som har varit." in answer.text
