"""What fails while it is written ends in a page that says so, and leaves nothing held."""

import pytest
from sqlalchemy import select, text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.cycle import NoticeFactory
from tests.factories.organizers import OrganizerFactory
from tests.places import answering_on

from ska.notices.models import Notice


@pytest.fixture
def place(db):
    """Give the application on connections that wait a second for what another holds."""
    with answering_on(db, patience=1) as clone:
        yield clone


@pytest.fixture
def unread(place):
    """Give a browser and the address of a notice that its reader has not opened."""
    kim, ekhult = PersonFactory(), OrganizerFactory(slug="ekhult")
    RoleAssignmentFactory(person=kim, organizer=ekhult)
    notice = NoticeFactory(organizer=ekhult, person=kim, told_at=place.clock.now)
    return place.browse(kim), f"/ekhult/notiser/{notice.id}"


def test_a_row_that_another_holds_is_told_with_the_menu(place, unread):
    browse, address = unread
    with place.as_owner() as session:
        session.scalars(select(Notice).with_for_update()).one()
        refused = browse.post(address)
    assert refused.status_code == 409
    assert "Vänta en stund och försök igen" in refused.text
    assert 'href="/ekhult/insatser"' in refused.text
    assert place.engine.pool.checkedout() == 0
    assert browse.post(address).status_code == 303


@pytest.fixture
def refusing(place):
    """Give a function that makes the database refuse every change of a notice, in its words."""

    def refuse(word):
        with place.owner.begin() as owner:
            owner.execute(
                text(
                    "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                    f" $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{word}'; END $$;"
                    " CREATE TRIGGER refuse BEFORE UPDATE ON notice"
                    " FOR EACH ROW EXECUTE FUNCTION refuse()"
                )
            )

    yield refuse
    with place.owner.begin() as owner:
        owner.execute(text("DROP FUNCTION refuse CASCADE"))


@pytest.mark.parametrize(
    ("word", "status", "told"),
    [
        ("check_violation", 500, "Något gick fel hos oss"),
        ("deadlock_detected", 409, "Vänta en stund och försök igen"),
        ("unique_violation", 409, "Någon annan hann före"),
        ("exclusion_violation", 409, "Någon annan hann före"),
        ("foreign_key_violation", 409, "Någon annan hann före"),
    ],
)
def test_what_the_database_refuses_is_told_with_the_menu(
    place, unread, refusing, word, status, told
):
    browse, address = unread
    refusing(word)
    refused = browse.send("POST", address, data={"csrf_token": browse.token})
    assert refused.status_code == status
    assert told in refused.text
    assert 'href="/ekhult/insatser"' in refused.text
    assert place.engine.pool.checkedout() == 0


def test_a_question_past_the_toolkit_is_told_alike(place, unread):
    browse, _address = unread
    with place.owner.begin() as owner:
        owner.execute(text("LOCK TABLE value_import IN ACCESS EXCLUSIVE MODE"))
        refused = browse.send("GET", "/ekhult/rontgen")
    assert refused.status_code == 409
    assert place.engine.pool.checkedout() == 0
    assert browse.get("/ekhult/rontgen").status_code == 200
