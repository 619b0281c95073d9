"""Values by a group of pupils: told by one reader, weighed by all, never taken for the whole."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.factories.organizers import OrganizerFactory
from tests.factories.values import own_table

from ska.access import Role
from ska.errors import Invalid, Missing
from ska.values import past, services
from ska.values.given import Given
from ska.values.own import Asked, cells, group_cells, own_cells, told_today
from ska.values.rules import Audience

HEAD = "mått;område;områdesnamn;period;kön;grupp;värde;antal;enhet"
ROWS = (
    "Godkänt;12345678;Ekskolan;2024/25;;;60;50;%",
    "Godkänt;12345678;Ekskolan;2024/25;;svensk bakgrund;66,7;30;%",
    "Godkänt;12345678;Ekskolan;2024/25;;Utländsk bakgrund;50;20;%",
    "Godkänt;12345679;Lillskolan;2024/25;;alla;60;50;%",
    "Godkänt;12345679;Lillskolan;2024/25;;svensk bakgrund;60,9;46;%",
    "Godkänt;12345679;Lillskolan;2024/25;;utländsk bakgrund;50;4;%",
)
TABLE = "\n".join((HEAD, *ROWS)).encode()


@pytest.fixture
def ekhult(session):
    return OrganizerFactory()


@pytest.fixture
def kim(acting, ekhult):
    return acting(Role.QUALITY_LEAD, ekhult)


def read_in(session, actor, organizer, content=TABLE, name="egna.csv"):
    given = Given(((name, content),))
    upload, tried = services.try_file(session, actor, organizer_id=organizer.id, given=given)
    return tried, services.read_in(session, actor, upload=upload)


def by_group(session, actor, organizer, **more):
    _whole, groups = group_cells(session, actor, organizer.id, Asked(**more))
    return {
        (row["area"], row["pupil_group"]): row["value"] or row["status"]
        for row in groups.to_dicts()
    }


def ids_of_groups(session):
    query = "SELECT v.id FROM own_value v JOIN own_series s ON s.id = v.series_id"
    return list(session.scalars(text(f"{query} WHERE s.pupil_group <> 'all' ORDER BY v.id")))


def test_groups_are_read_in_and_few_of_them_told(session, kim, ekhult):
    tried, read = read_in(session, kim, ekhult)

    assert (tried.new, read.new, read.rejected_cells) == (6, 6, 0)
    assert by_group(session, kim, ekhult) == {
        ("Ekskolan", "bakgrund:svensk"): "hidden_by_rule",
        ("Ekskolan", "bakgrund:utlandsk"): "hidden_by_rule",  # or Lillskolan's four were found
        ("Lillskolan", "bakgrund:svensk"): "hidden_by_rule",
        ("Lillskolan", "bakgrund:utlandsk"): "hidden_by_rule",
    }


def test_large_groups_are_told(session, kim, ekhult):
    read_in(session, kim, ekhult, "\n".join((HEAD, *ROWS[:3])).encode())

    told = {("Ekskolan", "bakgrund:svensk"): 66.7, ("Ekskolan", "bakgrund:utlandsk"): 50.0}
    assert by_group(session, kim, ekhult) == told
    assert by_group(session, kim, ekhult, audience=Audience.OUTSIDE) == told


def test_every_other_reader_has_the_whole_alone(session, kim, ekhult):
    read_in(session, kim, ekhult)
    ids = ids_of_groups(session)

    own = own_cells(session, kim, ekhult.id)
    whole, _ = group_cells(session, kim, ekhult.id, Asked())
    asked = cells(session, kim, ekhult.id, Asked())

    assert sorted(own["value"].to_list()) == [60, 60]
    assert "pupil_group" not in own.columns + whole.columns + asked.columns
    assert sorted(whole["value_id"]) == sorted(asked["value_id"]) == sorted(own["value_id"])
    assert len(ids) == 4
    assert not set(ids) & set(own["value_id"])


def test_the_same_question_reads_the_groups(session, kim, ekhult, statements):
    read_in(session, kim, ekhult)
    statements.clear()
    cells(session, kim, ekhult.id, Asked())
    plain = len(statements)
    group_cells(session, kim, ekhult.id, Asked())
    assert (plain, len(statements)) == (1, 2)


def test_a_groups_value_has_no_page_and_cannot_be_pinned(session, kim, ekhult):
    read_in(session, kim, ekhult)
    for one in ids_of_groups(session):
        with pytest.raises(Missing):
            past.past_of(session, kim, ekhult.id, one)
        assert told_today(session, kim, ekhult.id, [one]) == {}


def test_another_huvudman_reads_none_of_it(session, acting, ekhult, kim):
    read_in(session, kim, ekhult)
    stranger = acting(
        Role.QUALITY_LEAD, OrganizerFactory(slug="granne", organisation_number="2120009999")
    )
    with pytest.raises(Missing):
        group_cells(session, stranger, ekhult.id, Asked())


def test_the_same_file_twice_and_a_revision_of_one_group(session, kim, ekhult):
    read_in(session, kim, ekhult)
    _, again = read_in(session, kim, ekhult)
    _, changed = read_in(session, kim, ekhult, TABLE.replace(b"66,7;30", b"66,8;30"))

    assert (again.new, again.revised, again.import_id) == (0, 0, None)
    assert (changed.new, changed.revised, changed.unchanged) == (0, 1, 5)
    assert sorted(own_cells(session, kim, ekhult.id)["value"].to_list()) == [60, 60]


def test_what_the_groups_were_on_a_day_is_told_as_then(session, kim, ekhult):
    read_in(session, kim, ekhult, "\n".join((HEAD, *ROWS[:3])).encode())
    before = session.scalar(text("SELECT now() - interval '2 days'")).date()
    assert by_group(session, kim, ekhult, known=before) == {}


def test_a_word_that_is_no_group_is_rejected_and_said(session, kim, ekhult):
    tried, _ = read_in(session, kim, ekhult, TABLE.replace(b"svensk bakgrund;66", b"klass 7A;66"))
    (rejected,) = tried.rejected
    assert rejected["reason"].startswith("gruppen känns inte igen; skriv alla, svensk bakgrund")


def test_files_without_groups_have_the_digest_they_had(session, kim, ekhult):
    plain = own_table("Trygghet;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10")
    read_in(session, kim, ekhult, plain)
    kept = session.scalar(text("SELECT digest FROM own_import"))
    _, again = read_in(session, kim, ekhult, plain)
    assert kept
    assert (again.unchanged, again.import_id) == (1, None)


def test_an_absence_table_with_groups_is_refused(session, kim, ekhult):
    table = (
        "Skola;Läsår;Grupp;Antal elever;Total frånvaro (%)\n"
        "Ekskolan;2025/26;utländsk bakgrund;40;8,1\n"
    ).encode()
    with pytest.raises(Invalid, match=r"kolumnen grupp|känns inte igen"):
        read_in(session, kim, ekhult, table)


def test_nothing_by_group_can_be_published(session):
    with pytest.raises(IntegrityError, match="of_the_whole"):
        session.execute(
            text(
                "SET LOCAL ROLE NONE; WITH m AS (INSERT INTO measure (source, code, title)"
                " VALUES ('kolada', 'N1', 'N1') RETURNING id) INSERT INTO series (measure_id,"
                " area_type, scope, gender, period_type, pupil_group) SELECT id, 'organizer',"
                " 'all', 'T', 'school_year', 'bakgrund:svensk' FROM m"
            )
        )
