"""An own mean is judged by how its people differ, inside the huvudman and nowhere else."""

import pytest
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.values import services
from ska.values.given import Given
from ska.values.models import OwnImport
from ska.values.own import own_cells
from ska.values.rules import Audience

HEAD = "mått;område;områdesnamn;period;värde;antal;standardavvikelse;enhet"
SCHOOLS = ("Alskolan", "Björkskolan", "Cederskolan", "Dalskolan", "Ekskolan", "Furuskolan")
SIZES = (44, 120, 61, 18, 90, 75)
NAME = "Trygghet, egen enkät"


def table(change="", spread="2,1"):
    rows = [
        f"{NAME};1234567{at};{name};{year};{value};{n};{spread};index 0–10"
        for at, (name, n) in enumerate(zip(SCHOOLS, SIZES, strict=True))
        for year, value in (("2024", "7,4"), ("2025", "5,9" if name == "Ekskolan" else "7,3"))
    ]
    return "\n".join([HEAD, *rows, change]).encode()


@pytest.fixture
def ekhult(session):
    return OrganizerFactory()


@pytest.fixture
def kim(acting, ekhult):
    return acting(Role.QUALITY_LEAD, ekhult)


def read_in(session, actor, organizer, content, name="egna.csv"):
    given = Given(((name, content),))
    upload, _ = services.try_file(session, actor, organizer_id=organizer.id, given=given)
    return services.read_in(session, actor, upload=upload)


def spreads(session, actor, organizer, **options):
    frame = own_cells(session, actor, organizer.id, **options)
    return {(row["area"], row["period"]): row["spread"] for row in frame.to_dicts()}


def test_a_spread_is_stored_revised_and_taken_back_as_its_value_is(session, kim, ekhult):
    read_in(session, kim, ekhult, table())
    first = spreads(session, kim, ekhult)
    changed = read_in(session, kim, ekhult, table(spread="2,4"), "rättad.csv")
    second = spreads(session, kim, ekhult)
    again = read_in(session, kim, ekhult, table(spread="2,4"), "igen.csv")
    latest = session.query(OwnImport).order_by(OwnImport.recorded_at.desc()).first()
    services.undo_import(session, kim, made=latest)

    assert first["Ekskolan", "2025"] == 2.1
    assert first["Dalskolan", "2025"] is None  # 18 answered
    assert (changed.revised, changed.new) == (12, 0)
    assert second["Ekskolan", "2025"] == 2.4
    assert (again.revised, again.unchanged) == (0, 12)
    assert spreads(session, kim, ekhult) == first


def test_nothing_of_it_leaves_the_huvudman(session, kim, ekhult):
    read_in(session, kim, ekhult, table())

    assert set(spreads(session, kim, ekhult, audience=Audience.OUTSIDE).values()) == {None}
