"""Story 1 word for word: Kim takes a number all the way to a followed-up insats."""

import re

import pytest
from tests.stories import first
from tests.stories.people import kim_in_ekhult


def _fill_observation(page, one):
    page.get_by_role("link", name="Lägg till underlag").first.click()
    page.get_by_label("Vilket slags underlag är det?").select_option(one["kind"])
    page.get_by_label("Vad ser eller hör ni?").fill(one["text"])
    page.get_by_label(re.compile("^Källa")).fill(one["source"])
    if one["values"]:
        page.get_by_text("Skriv in siffror").click()
        page.get_by_label(re.compile("^Vilka siffrorna gäller")).fill(one["population"])
        page.get_by_label(re.compile("^Mått")).fill(one["unit_of_measure"])
    for number, row in enumerate(one["values"], start=1):
        page.get_by_label(f"År eller läsår {number}").fill(row["period"])
        page.get_by_label(f"Värde {number}").fill(row["value"])
        page.get_by_label(f"Antal elever {number}").fill(str(row["n"] or ""))
    page.get_by_role("button", name="Spara", exact=True).click()


def _fill_cause(page, one):
    page.get_by_role("link", name="Lägg till orsak").first.click()
    page.get_by_label("Vad beror det på?").fill(one["text"])
    page.locator(f"input[name=certainty][value={one['certainty']}]").check()
    if one.get("evidence_for"):
        page.get_by_label(re.compile("^Vad talar för?")).fill(one["evidence_for"])
    if one.get("is_open"):
        page.get_by_label(re.compile("^Vem tar reda på svaret?")).fill(one["owner_role"])
        page.get_by_label(re.compile("^När ska frågan vara besvarad?")).fill(one["answer_by"])
    page.get_by_role("button", name="Spara", exact=True).click()


def _start(page):
    page.get_by_role("link", name="Börja analysera").first.click()
    page.get_by_label("Vad handlar analysen om?").fill("Kunskapsresultat i årskurs 9")
    page.locator("input[name=level][value=organizer]").check()
    page.get_by_label("Ekhults centralskola").last.check()
    page.get_by_role("button", name="Börja", exact=True).click()
    page.get_by_text("Analysen är påbörjad.").wait_for()


def _see(page):
    for one in first.OBSERVATIONS:
        _fill_observation(page, one)
        page.get_by_text("Underlaget är sparat.").wait_for()
    shown = page.locator("#underlag").inner_text().replace("\u00a0", " ")
    assert "61,8 % (42 av 68 elever)" in shown
    assert "50–72 %" in shown
    assert "Ekhults centralskola, betyg vårterminen" in shown
    assert "vanlig variation" in shown


def _find(page):
    page.get_by_role("link", name="Lägg till styrka eller utmaning").first.click()
    page.get_by_label("Utmaning").check()
    page.get_by_label("Vad visar underlaget?").fill(first.FINDING)
    for one in first.OBSERVATIONS:
        page.get_by_label(one["text"]).check()
    page.get_by_label(re.compile("^Vilket delmål")).select_option("sub_goal:gr-1")
    page.get_by_role("button", name="Spara", exact=True).click()


def _choose_too_early(page):
    page.get_by_role("link", name="Lägg till utvecklingsområde").first.click()
    page.get_by_label("Vad ska utvecklas?").fill(first.AREA)
    page.get_by_role("button", name="Spara", exact=True).click()
    assert "skollagen 4 kap. 3 §" in page.locator("#error-summary").inner_text()
    assert page.get_by_label("Vad ska utvecklas?").input_value() == first.AREA
    page.get_by_role("link", name="Kunskapsresultat i årskurs 9").first.click()


def _explain_and_choose(page):
    for one in first.CAUSES:
        _fill_cause(page, one)
        page.get_by_text("Orsaken är sparad.").wait_for()
    page.get_by_role("link", name="Lägg till utvecklingsområde").first.click()
    page.get_by_label("Vad ska utvecklas?").fill(first.AREA)
    for one in first.CAUSES:
        page.get_by_label(one["text"]).check()
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_role("link", name="Lägg till förväntad effekt").first.click()
    page.get_by_label("Vilken förändring ska synas?").fill(first.EFFECT)
    page.get_by_role("button", name="Spara", exact=True).click()


def _act(page):
    page.get_by_role("link", name="Planera insats").first.click()
    page.get_by_label("Vad ska göras?").fill(first.ACTION["title"])
    page.locator("input[name=level][value=preventive]").check()
    page.get_by_label("Vilken nivå i styrkedjan gör den?").select_option("principals")
    page.get_by_label("Vilken roll ansvarar?").fill("rektor")
    page.get_by_label("När börjar den?").fill("15/9 2026")
    page.get_by_label("Ja, den gäller från startdatum").check()
    page.get_by_role("button", name="Spara insatsen").click()
    assert "följs upp" in page.locator("#error-summary").inner_text()
    page.get_by_label(re.compile("^Vilka dagar följs den upp?")).fill(first.FOLLOW_UPS)
    page.get_by_role("button", name="Spara insatsen").click()
    page.get_by_text("Insatsen är sparad.").wait_for()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_story_1(db, reader, javascript):
    at = reader(kim_in_ekhult(), javascript=javascript)
    page = at.open("/ekhult/2026-27/analyser")

    # Kim opens a nulägesanalys; each number stands with n, interval, source and caution.
    _start(page)
    _see(page)
    # She writes the finding and tags the delmål; the law's order is kept, in its own words.
    _find(page)
    _choose_too_early(page)
    _explain_and_choose(page)
    # The insats cannot come into force without a day for its follow-up.
    _act(page)

    # The "varför?" of the insats leads back through cause and finding to the observation.
    why = page.locator(".thread").first.inner_text()
    for words in (first.CAUSES[0]["text"], first.FINDING, first.OBSERVATIONS[0]["text"]):
        assert words in why
    page.goto(f"{at.site}/ekhult/2026-27/analyser")
    assert page.get_by_role("link", name="Kunskapsresultat i årskurs 9").is_visible()
    assert first.rows_of(db) == first.expected_rows()
