"""Pages with a chart fixed for a network's meeting: each member sees its own huvudman there."""

import re
from html import unescape

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import LocalIndicatorFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.sharing import NetworkFactory, NetworkMemberFactory
from tests.factories.story_2 import ITEM, STORY_2_DAY, story_2
from tests.the_demo import person_of_the_demo

from ska.access import Role
from ska.organizers.models import Organizer

NEW = "/{}/jamfor/vyer/ny/"
RESULT = f"resultat?vad={ITEM}"
OWN = "Var och en ser sin egen huvudmans siffror."
HERE = "Vyn visar en enhet, en grupp eller en indikator som bara finns hos er."
API = "/api/v1/organizers/{}/views"


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


@pytest.fixture
def made(db):
    db.clock.now = STORY_2_DAY
    return {name: (one, db.browse(person)) for name, (one, person) in story_2().items()}


def fix(made, query=RESULT, huvudman="Ekhult", **own):
    organizer, browse = made[huvudman]
    form = {"name": "Inför mötet", "whose": "network", "meeting_on": "26/11 2026"} | own
    return browse.post(NEW.format(organizer.slug) + query, form)


def opened(browse, slug, name="Inför mötet"):
    page = read(browse.get(f"/{slug}/jamfor/vyer"))
    found = re.search(rf'href="([^"]+/vyer/[0-9a-f-]{{36}})">{name}</a>', page)
    return browse.get(found[1]).headers["location"] if found else ""


def test_the_form_says_whose_numbers_each_member_sees_and_a_member_sees_its_own(made):
    page = read(made["Ekhult"][1].get(NEW.format("ekhult") + RESULT))
    assert "Alla i Nätverk Mellanslätt" in page
    assert OWN in page

    assert fix(made).status_code == 303
    where = opened(made["Lindåsa"][1], "lindasa")
    assert where == f"/lindasa/resultat/{ITEM}"
    theirs = read(made["Lindåsa"][1].get(where))
    assert "83,1 %" in theirs
    assert "77,3 %" not in theirs
    for page in ("/lindasa/jamfor/vyer", "/lindasa/natverk/natverk-mellanslatt"):
        assert OWN in read(made["Lindåsa"][1].get(page)), page


def test_outside_the_network_it_does_not_exist(db, made):
    fix(made)
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=OrganizerFactory(name="Hemby"))
    browse = db.browse(person)
    (view,) = made["Ekhult"][1].api("GET", API.format("ekhult")).json()

    assert opened(browse, "hemby") == ""
    assert browse.get(f"/hemby/jamfor/vyer/{view['id']}").status_code == 404
    assert browse.get("/hemby/natverk/natverk-mellanslatt").status_code == 404
    assert made["Lindåsa"][1].post(f"/lindasa/jamfor/vyer/{view['id']}/ta-bort").status_code == 404


def test_who_may_not_share_is_not_offered_it_and_is_refused(db, made):
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=made["Ekhult"][0], role=Role.TEACHER)
    made["Läraren"] = (made["Ekhult"][0], db.browse(person))

    assert "Alla i Nätverk" not in read(made["Läraren"][1].get(NEW.format("ekhult") + RESULT))
    assert fix(made, huvudman="Läraren").status_code in {403, 404, 422}
    assert opened(made["Lindåsa"][1], "lindasa") == ""


@pytest.mark.parametrize("what", ["unit", "local"])
def test_what_others_lack_is_not_fixed_and_the_page_says_why(made, what):
    ekhult = made["Ekhult"][0]
    if what == "unit":
        unit = SchoolUnitFactory(organizer=ekhult, name="Backskolan", slug="backskolan")
        query = f"{RESULT}&enhet={unit.slug}"
    else:
        own = LocalIndicatorFactory(organizer=ekhult)
        query = f"resultat?vad=egen-{own.id}"
    page = read(made["Ekhult"][1].get(NEW.format("ekhult") + query))
    refused = fix(made, query)

    assert f"{HERE} Den kan inte fästas för ett nätverk." in page
    assert "Alla i Nätverk Mellanslätt" not in page
    assert refused.status_code == 422
    assert HERE in read(refused)


def test_of_several_networks_one_is_chosen(made):
    ekhult = made["Ekhult"][0]
    other = NetworkFactory(name="Bergslaget", slug="bergslaget", coordinator_id=ekhult.id)
    NetworkMemberFactory(network=other, organizer=ekhult)
    page = read(made["Ekhult"][1].get(NEW.format("ekhult") + RESULT))
    none = fix(made)
    assert "Alla i ett av våra nätverk" in page
    assert none.status_code == 422
    assert "Välj ett nätverk i listan." in read(none)
    assert fix(made, network_id="x").status_code == 422
    assert fix(made, network_id=str(ekhult.id)).status_code == 422

    assert fix(made, network_id=str(other.id)).status_code == 303
    assert opened(made["Ekhult"][1], "ekhult")
    assert opened(made["Lindåsa"][1], "lindasa") == ""


@pytest.mark.parametrize(
    ("query", "path", "bound"),
    [
        ("salsa?matt=meritvarde", "/ekhult/jamfor/salsa?matt=meritvarde", False),
        ("np-betyg?prov=np-betyg-ak9&amne=sv&grupp=ingen",
         "/ekhult/np-betyg?prov=np-betyg-ak9&amne=sv&grupp=ingen", False),
        ("np-betyg?prov=np-betyg-ak9&amne=sv&grupp=rektorsgrupp:rektorsgruppen-f6", "", True),
    ],
)  # fmt: skip
def test_salsa_and_grades_beside_tests_lead_to_the_members_own(
    db, demo, statements, query, path, bound
):
    with db.as_owner() as session:
        both = [
            session.query(Organizer).filter_by(slug=one).one() for one in ("storlunda", "ekhult")
        ]
    network = NetworkFactory(name="Storstäder", slug="storstader", coordinator_id=both[0].id)
    for one in both:
        NetworkMemberFactory(network=network, organizer=one)
    vera = db.browse(person_of_the_demo(db, "vera@storlunda.example"))
    kim = db.browse(person_of_the_demo(db, "kim@ekhult.example"))
    statements.clear()
    form = read(vera.get(NEW.format("storlunda") + query))
    assert len(statements) <= 6, "\n".join(statements)
    form_of = {
        "name": "Inför mötet", "whose": "network", "meeting_on": "26/11 2026",
        "network_id": str(network.id),
    }  # fmt: skip
    saved = vera.post(NEW.format("storlunda") + query, form_of)

    assert (HERE in form) == bound
    assert saved.status_code == (422 if bound else 303)
    assert sorted(re.split("[?&]", opened(kim, "ekhult"))) == sorted(re.split("[?&]", path))
    if path:
        page = kim.get(path)
        assert page.status_code == 200
        assert "Storlunda" not in page.text
