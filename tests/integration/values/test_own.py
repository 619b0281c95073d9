"""A huvudman's own values: behind both locks, through the gate, never changed in place."""

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from tests.factories.organizers import OrganizerFactory
from tests.factories.values import export, own_table

from ska.access import Role
from ska.audit import AuditEvent
from ska.errors import Conflict, Invalid, Missing, NotAllowed
from ska.values import history, queries, services
from ska.values.forms import LimitsForm
from ska.values.given import Given
from ska.values.models import OWN_IDS_START
from ska.values.own import own_cells
from ska.values.rules import Audience

TABLE = own_table(
    "Trygghet;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10",
    "Trygghet;12345679;Lillskolan;VT25;alla;7,9;4;index 0–10",
    "Trygghet;12345670;Mellanskolan;VT25;alla;7,1;9;index 0–10",
    "Närvaro;Förskolan Kotten;;2024/25;;91,5;40;%",
)


@pytest.fixture
def ekhult(session):
    return OrganizerFactory()


@pytest.fixture
def kim(acting, ekhult):
    return acting(Role.QUALITY_LEAD, ekhult)


def read_in(session, actor, organizer, content=TABLE, name="egna.csv"):
    upload, _ = services.try_file(
        session, actor, organizer_id=organizer.id, given=Given(((name, content),))
    )
    return services.read_in(session, actor, upload=upload)


def values(session, actor, organizer, **options):
    frame = own_cells(session, actor, organizer.id, **options)
    return {row["area"]: row["value"] or row["status"] for row in frame.to_dicts()}


def test_a_file_is_tried_before_it_is_read_in(session, kim, ekhult):
    upload, tried = services.try_file(
        session, kim, organizer_id=ekhult.id, given=Given((("egna.csv", TABLE),))
    )
    nothing = values(session, kim, ekhult)
    report = services.read_in(session, kim, upload=upload)

    assert (tried.new, report.new) == (4, 4)
    assert nothing == {}
    assert queries.upload_by_id(session, kim, ekhult.id, upload.id) is None
    assert session.query(AuditEvent).one().details == {"new": 4, "revised": 0}


def test_own_values_pass_the_gate(session, kim, ekhult):
    read_in(session, kim, ekhult)

    assert values(session, kim, ekhult) == {
        "Ekskolan": 8.2,
        "Lillskolan": "hidden_by_rule",
        "Mellanskolan": "hidden_by_rule",  # or the small school could be worked out
        "Förskolan Kotten": "rounded_near_100",
    }
    assert values(session, kim, ekhult, audience=Audience.OUTSIDE)["Ekskolan"] == 8.2


def test_statistics_that_were_read_in_are_shown_as_published_inside_only(session, kim, ekhult):
    read_in(session, kim, ekhult, export("1497;Samtliga;3;50,0").encode(), "export.csv")

    inside = own_cells(session, kim, ekhult.id)
    outside = own_cells(session, kim, ekhult.id, audience=Audience.OUTSIDE)

    assert sorted(inside["value"].to_list()) == [3.0, 50.0]
    assert outside["value"].to_list() == [None, None]


def test_the_same_file_twice_and_a_revision(session, kim, ekhult):
    read_in(session, kim, ekhult)
    again = read_in(session, kim, ekhult)
    changed = read_in(session, kim, ekhult, TABLE.replace(b"8,2", b"8,4"))

    assert (again.unchanged, again.import_id) == (4, None)
    assert (changed.revised, changed.unchanged) == (1, 3)
    assert values(session, kim, ekhult)["Ekskolan"] == 8.4


def test_an_import_is_undone_as_a_whole(session, kim, ekhult):
    read_in(session, kim, ekhult)
    read_in(session, kim, ekhult, TABLE.replace(b"8,2", b"8,4"))
    newest, oldest = queries.imports_of(session, kim, ekhult.id)
    made = queries.import_by_id(session, kim, ekhult.id, newest.id)

    services.undo_import(session, kim, made=made)

    assert values(session, kim, ekhult)["Ekskolan"] == 8.2
    with pytest.raises(Conflict, match="redan ångrad"):
        services.undo_import(session, kim, made=made)
    first = queries.import_by_id(session, kim, ekhult.id, oldest.id)
    assert services.undo_import(session, kim, made=first) == 4
    assert values(session, kim, ekhult) == {}


def test_a_file_that_is_not_known_is_refused_and_not_kept(session, kim, ekhult):
    with pytest.raises(Invalid, match="känns inte igen"):
        services.try_file(session, kim, organizer_id=ekhult.id, given=Given((("x", b"a\n1\n"),)))

    assert session.scalar(text("SELECT count(*) FROM upload")) == 0


def test_a_teacher_reads_nothing_in(session, acting, ekhult):
    with pytest.raises(NotAllowed):
        read_in(session, acting(Role.TEACHER, ekhult), ekhult)


def test_a_huvudman_raises_its_limits_and_never_lowers_them(session, kim, ekhult):
    read_in(session, kim, ekhult)

    form = LimitsForm(inside=12, outside=60)
    services.set_limits(session, kim, organizer_id=ekhult.id, form=form)

    assert values(session, kim, ekhult)["Ekskolan"] == 8.2  # 52 answered
    outside = values(session, kim, ekhult, audience=Audience.OUTSIDE)
    assert outside["Ekskolan"] == "hidden_by_rule"
    with pytest.raises(ValidationError, match="från 5 till 100"):
        LimitsForm(inside=4, outside=10)
    with pytest.raises(ValidationError, match="från 10 till 100"):
        LimitsForm(inside=5, outside=9)
    with pytest.raises(DBAPIError, match="never_lower"), session.begin_nested():
        session.execute(text("UPDATE own_limit SET inside = 4"))


def test_of_a_pinned_own_value_only_that_it_changed_is_told(session, kim, ekhult):
    read_in(session, kim, ekhult)
    ids = own_cells(session, kim, ekhult.id)["value_id"].to_list()
    read_in(session, kim, ekhult, TABLE.replace(b"8,2", b"8,4"))

    (revision,) = history.revised_since(session, ids).values()

    assert revision.value_id >= OWN_IDS_START
    assert (revision.is_own, revision.value, revision.status) == (True, None, None)


OWN_TABLES = ("own_measure", "own_area", "own_series", "own_value", "own_import")


def test_others_see_nothing_not_even_by_raw_sql(session, acting, ekhult, kim):
    read_in(session, kim, ekhult)
    neighbour = acting(Role.QUALITY_LEAD, OrganizerFactory(name="Lindåsa"))

    with pytest.raises(Missing):
        own_cells(session, neighbour, ekhult.id)
    for table in OWN_TABLES:
        assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
    touched = session.execute(text("UPDATE own_value SET superseded_at = now()"))
    assert touched.rowcount == 0


def test_a_value_is_neither_changed_nor_taken_away(session, kim, ekhult):
    read_in(session, kim, ekhult)
    for statement in ("UPDATE own_value SET value = 1", "DELETE FROM own_value"):
        with pytest.raises(ProgrammingError, match="permission denied"), session.begin_nested():
            session.execute(text(statement))


def test_a_gap_needs_its_status(session, kim, ekhult):
    read_in(session, kim, ekhult)
    with pytest.raises(DBAPIError, match="gap_has_status"), session.begin_nested():
        session.execute(
            text(
                "INSERT INTO own_value (organizer_id, series_id, area_id, period, value, status,"
                " finality, import_id, recorded_at) SELECT organizer_id, series_id, area_id,"
                " 'x', NULL, 'value', 'final', import_id, now() FROM own_value LIMIT 1"
            )
        )


def test_two_huvudman_have_the_same_measure_apart(session, acting, ekhult, kim):
    read_in(session, kim, ekhult)
    lindasa = OrganizerFactory(name="Lindåsa")
    other = acting(Role.QUALITY_LEAD, lindasa)
    read_in(session, other, lindasa, TABLE.replace(b"8,2", b"5,5"))

    assert values(session, other, lindasa)["Ekskolan"] == 5.5
