"""The next meeting of a group or a network is found where its members look."""

from datetime import date

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.comparisons import SavedViewFactory
from tests.factories.organizers import OrganizerFactory
from tests.factories.sharing import NetworkFactory, NetworkMemberFactory
from tests.integration.groups.test_fixing import GROUP, Group, read

from ska.access import Role
from ska.organizers.models import Organizer

START, YEAR = "/ekhult/oversikt", "/ekhult/2026-27/arshjul"
NAME = "Rektorsgruppen F–6"


@pytest.fixture
def at(db):
    """A group with a view fixed for 26 November, and a network with one for 3 December."""
    made = Group(db)
    made.saved(made.leads, "Åk 6 i gruppen")
    made.fix("Åk 6 i gruppen")
    with db.as_owner() as session:
        ekhult = session.query(Organizer).filter_by(slug="ekhult").one()
    other = made.other = OrganizerFactory(name="Fjärran", slug="fjarran")
    network = NetworkFactory(name="Nätverk Slätten", slug="natverk-slatten")
    for one in (ekhult, other):
        NetworkMemberFactory(network=network, organizer=one)
    SavedViewFactory(
        organizer=other, name="Trygghet i nätet", whose="network", network_id=network.id,
        meeting_on=date(2026, 12, 3), question={"sida": "salsa", "matt": "meritvarde"},
    )  # fmt: skip
    made.ekhult, made.network = ekhult, network
    return made


def someone(db, organizer, role):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=organizer, role=role)
    return db.browse(person)


def section(page, id):
    return page.partition(f'id="{id}"')[2].partition("</section>")[0]


def test_the_start_page_has_the_next_meetings_with_what_is_fixed_for_them(at, statements):
    statements.clear()
    page = section(read(at.member.get(START)), "meeting-title")

    assert len(statements) <= 6
    assert "26 november 2026" in page
    assert page.index(NAME) < page.index("Åk 6 i gruppen") < page.index("Nätverk Slätten")
    assert "Trygghet i nätet" in page
    view = page.partition("/jamfor/vyer/")[2][:36]
    opened = at.member.get(f"/ekhult/jamfor/vyer/{view}")
    assert "rektorsgrupp%3Arektorsgruppen-f6" in opened.headers["location"]
    assert f'href="{GROUP}"' in page
    assert 'href="/ekhult/natverk/natverk-slatten"' in page


def test_who_is_no_member_finds_no_meeting_of_the_group(at):
    page = read(at.outside.get(START))

    assert "Åk 6 i gruppen" not in page
    assert "Trygghet i nätet" in page


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.ORGANIZER_ADMIN])
def test_who_does_not_read_the_work_finds_none_anywhere(db, at, role):
    browse = someone(db, at.ekhult, role)
    for path in (START, YEAR, "/ekhult/sok?q=trygghet", "/ekhult/sok?q=rektorsgruppen"):
        page = read(browse.get(path))
        assert not any(one in page for one in ("Åk 6 i gruppen", "Trygghet i nätet", NAME)), path


def test_the_other_huvudman_finds_the_networks_and_not_the_groups(db, at):
    browse = someone(db, at.other, Role.PRINCIPAL)
    start = read(browse.get("/fjarran/oversikt"))
    found = read(browse.get("/fjarran/sok?q=gruppen"))

    assert "Trygghet i nätet" in start
    assert "Åk 6 i gruppen" not in start + found
    assert browse.get(GROUP.replace("ekhult", "fjarran")).status_code == 404
    assert browse.get(GROUP).status_code == 404


def test_a_meeting_that_has_been_is_no_next_one_and_is_folded_in_the_year(db, at):
    at.fix("Åk 6 i gruppen", day="9/11 2026")
    start, year = read(at.member.get(START)), section(read(at.member.get(YEAR)), "moten")
    assert "9 november 2026" in section(start, "meeting-title")
    assert "9 november 2026" in year
    assert "Möten som har varit" not in year

    db.clock.now = db.clock.now.replace(day=10)
    browse = at.person(Role.QUALITY_LEAD)  # who sees to all groups finds theirs
    start, year = read(browse.get(START)), section(read(browse.get(YEAR)), "moten")
    assert "9 november 2026" not in section(start, "meeting-title")
    assert "26 november 2026" in section(start, "meeting-title")
    assert "9 november 2026" not in year.partition("<details")[0]
    assert "9 november 2026" in year.partition("<details")[2]
    assert 'id="moten"' not in read(at.member.get("/ekhult/2025-26/arshjul"))


def test_the_year_asks_six_times_at_most(at, statements):
    for browse in (at.kim, at.member):
        statements.clear()
        assert "Åk 6 i gruppen" in read(browse.get(YEAR))
        assert len(statements) <= 6, "\n".join(statements)


def test_what_is_released_or_of_a_group_that_has_ended_is_no_meeting(at):
    fixed = f"{GROUP}/vyer/{at.fixed('Åk 6 i gruppen')}"
    at.leads.post(f"{fixed}/slapp")
    assert "Åk 6 i gruppen" not in read(at.member.get(START))
    at.leads.post(f"{fixed}/angra")
    assert "Åk 6 i gruppen" in read(at.member.get(START))

    at.kim.post(f"{GROUP}/avsluta")
    for path in (START, YEAR, "/ekhult/sok?q=gruppen"):
        assert "Åk 6 i gruppen" not in read(at.member.get(path)), path
    assert f'href="{GROUP}"' not in read(at.member.get("/ekhult/sok?q=rektorsgruppen"))


@pytest.mark.parametrize(
    ("words", "href"),
    [
        ("rektorsgruppen", GROUP),
        ("slätten", "/ekhult/natverk/natverk-slatten"),
        ("trygghet i nätet", "/ekhult/jamfor/vyer/"),
        ("slätten trygghet", "/ekhult/jamfor/vyer/"),
    ],
)
def test_the_search_finds_the_group_the_network_and_what_is_fixed(at, statements, words, href):
    statements.clear()
    page = at.member.get(f"/ekhult/sok?q={words}").text

    assert len(statements) <= 6
    assert "Grupper, nätverk och möten" in page
    assert f'href="{href}' in page


def test_the_persons_own_calendar_holds_the_meetings_of_her_groups(db, at):
    page = at.member.post("/ekhult/kalender", {}).text
    address = "/kalender/" + page.split('class="secret">')[1].split("<")[0].rsplit("/", 1)[1]
    other = at.outside.post("/ekhult/kalender", {}).text
    theirs = "/kalender/" + other.split('class="secret">')[1].split("<")[0].rsplit("/", 1)[1]

    told = db.browse().get(address).text.replace("\r\n ", "")
    assert f"Möte i {NAME}: Åk 6 i gruppen" in told
    assert "DTSTART;VALUE=DATE:20261126" in told
    assert "Åk 6 i gruppen" not in db.browse().get(theirs).text.replace("\r\n ", "")
