"""Canaries: hidden own values are planted, and no output of the app may sing with their numbers."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import urlsplit

import pytest
from sqlalchemy import inspect, text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import LocalIndicatorFactory, load_shipped
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.values import own_table
from tests.house.test_isolation import _fill, _parts
from tests.house.test_routes import EVERY
from tests.sizes import PROVE

from ska.access import RIGHTS, Right, Role
from ska.notices.mail import Folder
from ska.scheduler import Scheduler
from ska.values import own

SHARE, MEAN = "gr-ma-ak9", "Trygghet på rasten"
UNITS = ("12345678", "87654321", "45454545")  # the middle one is small: it hides the first
FIRST = own_table(
    f"{MEAN};12345678;Centralskolan;2025/26;alla;8,8123;7127;index 0–10",
    f"{MEAN};45454545;Storskolan;2025/26;alla;5,0;9973;index 0–10",
)
SECOND = own_table(
    f"{MEAN};12345678;Centralskolan;2025/26;alla;6,6617;6617;index 0–10",
    f"{MEAN};87654321;Lillskolan;2025/26;alla;7,7713;4;index 0–10",
    f"{MEAN};45454545;Storskolan;2025/26;alla;5,1217;9971;index 0–10",
    f"{MEAN};2120001234;Ekhult;2025/26;alla;5,6634;16592;index 0–10",
    f"{SHARE};12345678;Centralskolan;2024/25;alla;41,4187;6613;%",
    f"{SHARE};12345678;Centralskolan;2025/26;alla;61,4547;6613;%",
    f"{SHARE};87654321;Lillskolan;2025/26;alla;33,3333;3;%",
    f"{SHARE};45454545;Storskolan;2025/26;alla;50,0501;9973;%",
    f"{SHARE};2120001234;Ekhult;2025/26;alla;54,5892;16589;%",
    f"{SHARE};12345678;Centralskolan;2023/24;alla;99,9546;8803;%",
    f"{MEAN};12345678;Centralskolan;2024/25;alla;3,3391 av 4;4;index 0–10",  # rejected
)
# Values, groups, those who reached the level and those who did not, and differences to them.
HIDDEN = [
    "8,8123",
    "8,81",
    "7127",
    "6,6617",
    "6,66",
    "6617",
    "7,7713",
    "7,77",
    "61,4547",
    "61,45",
    "61,5",
    "6613",
    "4064",
    "2549",
    "33,3333",
    "33,3",
    "99,9546",
    "99,95",
    "8799",
    "20,036",
    "20,0",
    "3,3391",
]
# What is told: Centralskolan's 2024/25 stands alone, and all of Storskolan and Ekhult.
TOLD = {"6613", "20,0"}
ROLES = [role for role in Role if role is not Role.SYSTEM_ADMIN]
OF_NUMBERS = re.compile("resultat|indicators|analyser|values")
NO_TEXT = {"own_value", "observation_value", "upload"}


def forms(number: str) -> set[str]:
    """Return the ways in which a number is written: comma or point, with and without spaces."""
    found = {number, number.replace(",", ".")}
    if number.isdigit():
        found |= {
            f"{number[0]}{space}{number[1:]}" for space in (" ", "\u00a0", "\u202f", "&nbsp;")
        }
    return found


# Ids of rows, prints (a version has 16 figures, what the X-ray finds 24, on its page after an f, a
# form's token 64), and parts of a second: chance numbers stand in them.
ID = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(?:[0-9a-f]{64}|f?[0-9a-f]{24}|[0-9a-f]{16})\b"
    r"|(?<=T\d\d:\d\d:\d\d)\.\d{6}"
)
SONGS = re.compile(
    "|".join(
        rf"(?<![\d.,-]){re.escape(form)}(?!\d)"
        for number in HIDDEN
        if number not in TOLD
        for form in sorted(forms(number))
    )
)


def sung(content: bytes) -> list[str]:
    """Return the canaries in an answer; a workbook is unpacked first, and ids are no numbers."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return SONGS.findall(ID.sub("", content.decode("utf-8", errors="ignore")))


@pytest.fixture
def planted(db):
    """A huvudman whose numbers were told, pinned, and then had to be hidden."""
    load_shipped()
    ekhult = OrganizerFactory(name="Ekhult", organisation_number="2120001234")
    unit = SchoolUnitFactory(organizer=ekhult, name="Centralskolan", school_unit_code=UNITS[0])
    SchoolUnitFactory(organizer=ekhult, name="Lillskolan", school_unit_code=UNITS[1])
    SchoolUnitFactory(organizer=ekhult, name="Storskolan", school_unit_code=UNITS[2])
    local = LocalIndicatorFactory(organizer=ekhult, name=MEAN, unit="index 0–10")
    lead = PersonFactory()
    RoleAssignmentFactory(person=lead, organizer=ekhult, role=Role.QUALITY_LEAD)
    browse = db.browse(lead)
    api = f"/api/v1/organizers/{ekhult.slug}"
    for content in (FIRST, SECOND):
        answer = browse.api("POST", f"{api}/imports", files={"file": ("egna.csv", content)})
        assert answer.status_code in {200, 201}, answer.text
        if content is FIRST:
            seen = f"{api}/indicators/egen-{local.id}/observations?unit={unit.slug}"
            pinned = browse.api("POST", seen, json={"text": "Vi ser att tryggheten är hög."})
            assert pinned.status_code == 201, pinned.text
    waiting = browse.api(
        "POST", f"/{ekhult.slug}/resultat/las-in", files={"file": ("e.csv", FIRST)}
    )
    with db.as_owner() as session:
        made = str(session.scalar(text("SELECT max(id::text) FROM own_import")))
    parts = _parts(ekhult) | {
        "made": made,
        "unit": unit.slug,
        "unit_id": str(unit.id),
        "analysis_id": pinned.json()["analysis_id"],
        "observation_id": pinned.json()["observation_id"],
        "upload": waiting.headers["location"].rpartition("/")[2],
    }
    expected = browse.api(
        "POST",
        f"{api}/actions/{parts['action_id']}/expectations",
        json={
            "indicator": SHARE, "gender": "T", "unit_id": str(unit.id), "direction": "higher",
            "size": "10", "expected_in": "2026/27", "accept_small": "1",
        },
    )  # fmt: skip
    assert expected.status_code == 201, expected.text
    parts["expectation_id"] = expected.json()["id"]
    return ekhult, parts, (SHARE, f"egen-{local.id}")


def addresses(organizer, parts, indicators):
    """Give the address of every page and answer, each indicator, unit and kind of sheet."""
    for path, handler in EVERY:
        if "GET" not in handler.http_methods or "{organizer" not in path:
            continue
        asks = "{indicator" in path or path.endswith(("/effekt", "/foresight"))
        for indicator in indicators if asks else indicators[:1]:
            for kind in ("csv", "xlsx") if "{kind" in path else ("csv",):
                one = {**parts, "indicator": indicator, "kind": kind}
                address = _fill(path, organizer.slug, one)
                yield address
                if path.endswith(("/effekt", "/foresight")):
                    asked = f"indikator={indicator}&indicator={indicator}"
                    yield f"{address}?{asked}&var={parts['unit_id']}&unit={parts['unit_id']}"
                if "{unit" not in path and ("/resultat" in path or "/indicators" in path):
                    yield f"{address}?enhet={parts['unit']}&vy=tabell&unit={parts['unit']}"


def _share_of(role, all_of_them):
    """Return what this role opens: everything, or in `make test` its turn of it (decision 25)."""
    if PROVE or role is Role.QUALITY_LEAD:
        return all_of_them
    return all_of_them[list(Role).index(role) % 2 :: 2]


@pytest.mark.parametrize("role", ROLES if PROVE else ROLES[1:4], ids=str)
def test_no_answer_sings(db, planted, role):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=planted[0], role=role)
    browse = db.browse(person)
    opened = 0
    for address in _share_of(role, list(addresses(*planted))):
        answer = browse.api("GET", address)
        assert answer.status_code < 500, (address, answer.text[:300])
        assert sung(answer.content) == [], address
        opened += answer.status_code == 200
    assert opened > 20 or Right.ENTER not in RIGHTS[role]


def test_no_mail_notice_feed_or_row_sings(db, planted, tmp_path):
    scheduler = Scheduler(db.engine, db.settings, db.clock, Folder(tmp_path))
    scheduler.plan()
    scheduler.tick()

    for letter in tmp_path.rglob("*.eml"):
        assert sung(letter.read_bytes()) == [], letter.name
    with db.as_owner() as session:
        for table in set(inspect(session.connection()).get_table_names()) - NO_TEXT:
            rows = session.scalars(text(f'SELECT to_jsonb(t)::text FROM "{table}" t')).all()
            assert sung("\n".join(rows).encode()) == [], table


def test_the_calendar_behind_its_address_does_not_sing(db, planted):
    lead = PersonFactory()
    RoleAssignmentFactory(person=lead, organizer=planted[0], role=Role.QUALITY_LEAD)
    opened = db.browse(lead).api(
        "POST", f"/api/v1/organizers/{planted[0].slug}/calendar-feeds", json={}
    )

    path = urlsplit(opened.json()["address"]).path
    calendar = db.browse().get(path)

    assert (calendar.status_code, calendar.content[:15]) == (200, b"BEGIN:VCALENDAR")
    assert b"BEGIN:VEVENT" in calendar.content
    assert sung(calendar.content) == []


def test_what_stood_in_a_rejected_cell_is_told_to_the_one_who_brought_it_and_not_kept(db, planted):
    lead = PersonFactory()
    RoleAssignmentFactory(person=lead, organizer=planted[0], role=Role.QUALITY_LEAD)
    browse = db.browse(lead)
    start = f"/{planted[0].slug}/resultat/las-in"
    tried = browse.api("POST", start, files={"file": ("egna.csv", SECOND)})

    trial = browse.get(tried.headers["location"])
    kept = browse.get(f"/{planted[0].slug}/resultat/inlasningar/{planted[1]['made']}")

    assert "3,3391 av 4" in trial.text
    assert "sparas inte" in kept.text


def test_a_hole_in_the_gate_is_heard(db, planted, monkeypatch):
    monkeypatch.setattr(own, "pass_gate", lambda frame, _audience: frame)
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=planted[0], role=Role.QUALITY_LEAD)
    browse = db.browse(person)

    of_numbers = [one for one in addresses(*planted) if OF_NUMBERS.search(one)]
    heard = {address for address in of_numbers if sung(browse.api("GET", address).content)}

    assert {address.partition("?")[0].rpartition("/")[2] for address in heard} >= {
        "csv", "xlsx", "varden.csv", "varden.xlsx", "series", "chart", "values", SHARE, "resultat",
    }  # fmt: skip
    assert any("/analyser/" in address for address in heard)


def test_what_is_told_is_heard_too(db, planted):
    """The numbers beside the hidden ones are there, so that the silence means something."""
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=planted[0], role=Role.QUALITY_LEAD)
    sheet = db.browse(person).get(f"/{planted[0].slug}/resultat/ladda-ner/egna/csv").text

    assert "50,0501" in sheet
    assert "för få elever, eller skydd för en grupp med få" in sheet
    assert "≈100" in sheet
