"""A refused request keeps no connection: not for nobody, not for a stranger, not for a role."""

import gc

import pytest
from litestar.testing import TestClient
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.app import create_app
from ska.db import embedded
from ska.db.session import make_engine
from ska.settings import Settings
from ska.web.cookies import flash_cookie


@pytest.fixture
def no_collector():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_the_pool_is_whole_after_every_kind_of_refusal(db, no_collector):
    own = OrganizerFactory()
    OrganizerFactory(name="Lindåsa")
    teacher = PersonFactory()
    RoleAssignmentFactory(person=teacher, organizer=own, role=Role.TEACHER)
    nobody, someone = db.browse(), db.browse(teacher)

    for _ in range(5):
        assert nobody.api("GET", "/api/v1/organizers/ekhult/units").status_code == 401
        assert someone.api("GET", "/api/v1/organizers/lindasa/units").status_code == 404
        assert someone.get("/lindasa/enheter").status_code == 404
        assert someone.post("/ekhult/enheter", {"name": "X"}).status_code == 403
        assert someone.get("/ekhult/2026-99/analyser").status_code == 404

    assert db.engine.pool.checkedout() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/ekhult/resultat?kant=2099-01-01",
        f"/ekhult/resultat?visa={'x' * 500}",
        f"/ekhult/resultat?enhet={'x' * 500}",
        "/ekhult/sok?q=a&sida=x",
        "/api/v1/organizers/ekhult/indicators?as_known_on=2099-01-01",
        "/api/v1/organizers/ekhult/values?as_known_on=2099-01-01",
        "/api/v1/organizers/ekhult/values?cursor=%20x",
    ],
)
def test_a_question_that_is_refused_leaves_the_session_to_no_one_else(db, no_collector, address):
    kim = PersonFactory()
    RoleAssignmentFactory(person=kim, organizer=OrganizerFactory())
    browse = db.browse(kim)

    answers = {browse.send("GET", address).status_code for _ in range(20)}

    assert max(answers) < 500
    assert db.engine.pool.checkedout() == 0
    assert browse.get("/ekhult/enheter").status_code == 200


def test_without_its_database_a_page_says_so_and_the_light_is_red(server, tmp_path):
    url = embedded.address(server, user="ska_app", database="finns_inte")
    settings = Settings(database_url=url, data_dir=tmp_path)

    with TestClient(create_app(settings, make_engine(url)), base_url="http://ska.local") as client:
        page = client.get("/profil", headers={"cookie": "ska=x"})
        problem = client.get(
            "/api/v1/organizers/ekhult/units", headers={"authorization": "Bearer x"}
        )
        light = client.get("/halsa/redo")
        alive = client.get("/halsa/live")

    assert page.status_code == problem.status_code == light.status_code == 503
    assert "Databasen svarar inte just nu" in page.text
    assert "content-security-policy" in page.headers
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.headers["retry-after"] == "10"
    assert light.json()["database"] == "svarar inte"
    assert alive.status_code == 200


def test_a_missing_migration_turns_the_light_red_and_names_the_command(db):
    with db.as_owner() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0009_limits'"))

    light = db.browse().send("GET", "/halsa/redo")

    assert light.status_code == 503
    assert light.json()["migrations"] == "kör ska db upgrade"


def test_without_the_framework_the_light_is_red_and_names_the_command(db):
    light = db.browse().send("GET", "/halsa/redo")
    load_shipped()
    after = db.browse().send("GET", "/halsa/redo")

    assert light.json()["framework"] == "kör ska load framework"
    assert after.json()["framework"] == "ok"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/logga-in", 200), ("/halsa/live", 200), ("/ekhult/enheter", 303), ("/api/v1/x", 404)],
)
def test_head_is_answered_as_get_without_a_body(db, path, status):
    bare, whole = (db.browse().send(method, path) for method in ("HEAD", "GET"))

    assert (bare.status_code, whole.status_code, bare.content) == (status, status, b"")
    assert bare.headers.get("content-type") == whole.headers.get("content-type")
    assert "content-security-policy" in bare.headers


def test_the_sentence_of_an_act_is_for_https_only_where_readers_come_by_https():
    for address, secure in (("https://ska.example", True), ("http://127.0.0.1:8000", False)):
        settings = Settings(database_url="set", base_url=address, _env_file=None)
        cookie = flash_cookie(settings, "Sparat.")

        assert (cookie.secure, cookie.httponly) == (secure, True)
