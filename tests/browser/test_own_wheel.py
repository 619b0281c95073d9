"""A huvudman's own wheel of thirty steps, built by keyboard alone, and copied to next year."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.cycle import BoardDateFactory
from tests.factories.organizers import OrganizerFactory

from ska.cycle.models import AnnualCycle, CycleStep

NOVEMBER = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
# What each rule is called in the list, and its parts in the order of the page.
FIRST = [
    ("Summera läsåret", "En eller flera veckor", {"first_week": "24", "last_week": "25"}),
    ("Enhetsanalys klar", "Sista vardagen", {"month": "augusti"}),
    ("Enhetens plan", "Senast", {"day": "15", "month": "september"}),
    ("Planen mot kränkande behandling", "En eller flera månader",
     {"first_month": "augusti", "last_month": "september"}),
    ("Skolchefens första möte", "Första vardagen", {"month": "februari", "weekday": "onsdag"}),
    ("Nämnden behandlar rapporten", "Räknat från nämndens",
     {"first_month": "november", "last_month": "december"}),
    ("Kvalitetsrapport", "Räknat från nämndens",
     {"first_month": "november", "last_month": "december", "working_days": "10", "side": "Före"}),
    ("Återkoppling till rektorerna", "Räknat från ett annat",
     {"step": "Nämnden behandlar", "working_days": "10"}),
    ("Läs betygen i årskurs 9", "Räknat från dagen",
     {"publication": "Betyg i årskurs 9", "working_days": "5"}),
    ("Höstlovets genomgång", "En eller flera veckor", {"first_week": "53", "last_week": "53"}),
]  # fmt: skip
MONTHS = ["januari", "februari", "mars", "april", "maj", "augusti", "september", "oktober"]
REST = [
    (f"Uppföljning {number}", "Senast", {"day": str(number), "month": MONTHS[number % 8]})
    for number in range(1, 21)
]
STEPS = [*FIRST, *REST]


@pytest.fixture
def kim(db):
    db.clock.now = NOVEMBER
    person = PersonFactory(name="Kim Åkesson")
    ekhult = OrganizerFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    BoardDateFactory(organizer=ekhult, day=date(2026, 12, 10), name="Nämnden")
    return person


def tab_to(page, name):
    """Press Tab until the field has focus, as a person without a mouse does."""
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name} by keyboard")


STEPS_TO = """words => {
  const field = document.activeElement;
  const wanted = [...field.options].findIndex(one => one.text.startsWith(words));
  return wanted < 0 ? null : wanted - field.selectedIndex;
}"""


def choose(page, name, words):
    """Write in a field, or go to the choice with the arrows."""
    tab_to(page, name)
    if page.evaluate("document.activeElement.tagName") != "SELECT":
        page.keyboard.type(words)
        return
    away = page.evaluate(STEPS_TO, words)
    assert away is not None, f"no {words} in {name}"
    for _ in range(abs(away)):
        page.keyboard.press("ArrowDown" if away > 0 else "ArrowUp")


def click_by_keyboard(page, words):
    """Tab to the link or button with these words, and press Enter."""
    for _ in range(120):
        said = page.evaluate("(document.activeElement.textContent || '').trim()")
        if said.startswith(words):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {words} by keyboard")


def ready_to_write(page):
    """Wait until the name has the focus: the browser gives it after the page is drawn."""
    page.locator("[name=name]:focus").wait_for()


def write_step(page, step, *, is_first):
    name, rule, parts = step
    ready_to_write(page)
    page.keyboard.type(name)
    choose(page, "rule", rule)
    for part, words in parts.items():
        choose(page, part, words)
    if is_first:
        choose(page, "responsible", "kvalitetsutvecklare")
        tab_to(page, "phase")
        page.keyboard.type("Period 1")
    else:
        tab_to(page, "phase")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def begin(page):
    click_by_keyboard(page, "Bygg ett eget hjul")
    page.get_by_role("heading", name=re.compile("Nytt årshjul")).wait_for()
    ready_to_write(page)
    page.keyboard.type("Vårt hjul")
    page.keyboard.press("Enter")
    page.get_by_text("Hjulet är skapat.").wait_for()
    click_by_keyboard(page, "Lägg till steg")
    page.get_by_role("heading", name="Nytt steg").wait_for()


def test_a_wheel_of_thirty_steps_by_keyboard_alone_is_copied_with_its_review_list(reader, db, kim):
    at = reader(kim)
    page = at.open("/ekhult/2026-27/arshjul")
    begin(page)
    for number, step in enumerate(STEPS):
        write_step(page, step, is_first=number == 0)
        page.get_by_text(f"{step[0]} är tillagt:").wait_for(timeout=8000)
    # The last step's rule is tried out before anything is saved.
    ready_to_write(page)
    page.keyboard.type("Ett sista steg")
    choose(page, "rule", "Sista vardagen")
    choose(page, "month", "augusti")
    page.locator("#preview").get_by_text("måndag 31 augusti 2026").wait_for()
    click_by_keyboard(page, "Tillbaka till hjulet")
    page.get_by_text("30\u00a0steg", exact=False).first.wait_for()
    at.shoot("own-wheel-bench")

    with db.as_owner() as session:
        steps = {one.key: one for one in session.scalars(select(CycleStep))}
        wheel = session.scalar(select(AnnualCycle))
    assert len(steps) == 30
    assert {one.phase for one in steps.values()} == {"Period 1"}
    assert steps["enhetsanalys-klar"].due == date(2026, 8, 31)
    assert steps["kvalitetsrapport"].due == date(2026, 11, 26)
    assert steps["aterkoppling-till-rektorerna"].due == date(2026, 12, 28)
    assert steps["skolchefens-forsta-mote"].due == date(2027, 2, 3)
    assert steps["hostlovets-genomgang"].due == date(2026, 12, 30)

    click_by_keyboard(page, "Kopiera till 2027/28")
    page.get_by_text("Hjulet är kopierat till 2027/28.").wait_for()
    at.shoot("own-wheel-copied")
    listed = page.locator("#se-over li").all_inner_texts()
    told = {text.split(",")[0].strip(): " ".join(text.split()) for text in listed}
    late = [name for name, *_rest in STEPS if db_due(steps, name) < date(2026, 11, 24)]
    hung = {"Nämnden behandlar rapporten", "Kvalitetsrapport", "Läs betygen i årskurs 9"}
    assert set(told) == {*late, *hung, "Höstlovets genomgång"}
    assert "Nämndens mötesdatum saknas." in told["Kvalitetsrapport"]
    assert "Året har ingen vecka 53." in told["Höstlovets genomgång"]
    assert "Steget blev inte klart förra året." in told["Enhetens plan"]
    assert "Källan har inte angett dagen än." in told["Läs betygen i årskurs 9"]
    click_by_keyboard(page, "Det stämmer")
    page.get_by_text("Det är noterat att du har sett över steget.").wait_for()
    assert page.locator("#se-over li").count() == len(told) - 1
    with db.as_owner() as session:
        copy = session.scalar(select(AnnualCycle).where(AnnualCycle.copied_from_id == wheel.id))
        copied = session.scalars(select(CycleStep).where(CycleStep.cycle_id == copy.id)).all()
    dues = {one.key: one.due for one in copied}
    assert (copy.school_year, copy.name, len(dues)) == (2027, "Vårt hjul", 30)
    assert dues["enhetsanalys-klar"] == date(2027, 8, 31)
    assert dues["summera-lasaret"] == date(2028, 6, 22)


def db_due(steps, name):
    return next(one.due for one in steps.values() if one.name == name)


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_a_step_is_tried_changed_struck_and_taken_back(reader, db, kim, javascript):
    at = reader(kim, javascript=javascript)
    page = at.open("/ekhult/2026-27/arshjul/nytt")
    page.get_by_label("Vad heter hjulet?").fill("Förskolan")
    page.get_by_label("Vems hjul är det?").select_option("school_type")
    page.get_by_role("button", name="Skapa hjulet").click()
    assert "Välj vilken skolform" in page.locator("#error-summary").inner_text()
    page.get_by_label("Vilken skolform?").select_option("preschool")
    page.get_by_role("button", name="Skapa hjulet").click()
    page.get_by_role("link", name="Lägg till steg").first.click()
    page.get_by_label("Vad ska bli klart?").fill("Barnens röster")
    assert not page.get_by_label("Första veckan").is_visible()
    page.get_by_label("Hur räknas datumet?").select_option("weeks")
    assert not page.get_by_label("Dag", exact=True).is_visible()
    page.get_by_label("Första veckan").fill("45")
    page.get_by_role("button", name="Förhandsgranska").click()
    page.locator("#preview").get_by_text("Skriv den sista veckan").wait_for()
    page.get_by_label("Sista veckan").fill("46")
    page.get_by_role("button", name="Förhandsgranska").click()
    page.locator("#preview").get_by_text("fredag 13 november 2026").wait_for()
    assert page.get_by_label("Vad ska bli klart?").input_value() == "Barnens röster"

    page.get_by_role("button", name="Spara", exact=True).click()
    assert "Välj vilken roll som ansvarar" in page.locator("#error-summary").inner_text()
    page.get_by_label("Vilken roll ansvarar?").select_option("principal")
    page.get_by_label("Vilken del av året hör det till?").fill("Var är vi?")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_text("Barnens röster är tillagt: fredag 13 november 2026.").wait_for()

    page.get_by_role("link", name="Barnens röster").click()
    page.get_by_label("Sista veckan").fill("47")
    page.get_by_role("button", name="Spara steget").click()
    page.get_by_text("Barnens röster är ändrat: fredag 20 november 2026.").wait_for()
    page.get_by_role("button", name="Stryk Barnens röster").click()
    page.get_by_text("Steget är struket. Du kan ta tillbaka det.").wait_for()
    page.get_by_role("button", name="Ta tillbaka Barnens röster").click()
    page.get_by_text("Steget är tillbaka i hjulet.").wait_for()
    with db.as_owner() as session:
        step = session.scalar(select(CycleStep))
    assert (step.phase, step.struck_on, step.due) == ("where_are_we", None, date(2026, 11, 20))


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (320, True)])
def test_axe_finds_nothing_where_a_wheel_is_built(reader, db, kim, width, dark):
    browse = db.browse(kim)
    form = {"kind": "organizer", "name": "Vårt hjul", "begin_with": "mall:lasar-huvudman-enhet"}
    bench = browse.post("/ekhult/2026-27/arshjul/nytt", form).headers["location"]
    with db.as_owner() as session:
        step = session.scalar(select(CycleStep.id).where(CycleStep.key == "aterkoppling"))
    browse.post(f"/ekhult/2026-27/arshjul/steg/{step}/stryk")
    at = reader(kim, width=width, dark=dark)
    for name, path in {
        "new": "/ekhult/2026-27/arshjul/nytt",
        "bench": bench,
        "step": f"{bench}/steg",
        "change": bench.split("/hjul/")[0] + f"/steg/{step}/andra",
        "wheels": "/ekhult/2026-27/arshjul",
        "time": "/ekhult/2026-27/arshjul/tid?tak=3",
    }.items():
        at.open(path)
        for fold in at.page.locator("details.fold > summary").all():
            fold.click()
        at.shoot(f"build-{name}-{width}")
        assert at.axe() == [], path
        assert at.page.evaluate("document.documentElement.scrollWidth") <= width, path
