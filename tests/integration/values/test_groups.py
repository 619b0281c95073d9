"""Values by a group of pupils: told of the huvudman by one reader, whole or not at all."""

import random

import pytest
from sqlalchemy import text
from tests.factories.group_files import FOREIGN, NUMBER, SCHOOLS, SWEDISH, WHOLE, read_in, table
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.errors import Missing
from ska.values import past, services
from ska.values.forms import LimitsForm
from ska.values.own import Asked, cells, group_cells, own_cells, told_today
from ska.values.rules import Audience

TOLD = {"bakgrund:svensk": 66.7, "bakgrund:utlandsk": 50.0}
HIDDEN = dict.fromkeys(TOLD, "hidden_by_rule")


def by_group(session, actor, organizer, **more):
    _whole, groups = group_cells(session, actor, organizer.id, Asked(**more))
    return {row["pupil_group"]: row["value"] or row["status"] for row in groups.to_dicts()}


def ids_of_groups(session):
    query = "SELECT v.id FROM own_value v JOIN own_series s ON s.id = v.series_id"
    return list(session.scalars(text(f"{query} WHERE s.pupil_group <> 'all' ORDER BY v.id")))


def test_large_groups_that_add_up_are_told_to_all(session, kim, ekhult):
    tried, read = read_in(session, kim, ekhult)

    assert (tried.new, read.new, read.rejected_cells) == (6, 6, 0)
    assert by_group(session, kim, ekhult) == TOLD
    assert by_group(session, kim, ekhult, audience=Audience.OUTSIDE) == TOLD


@pytest.mark.parametrize(
    ("why", "rows"),
    [
        ("no whole", (SWEDISH, FOREIGN)),
        ("a whole without n", (WHOLE.replace(";100;", ";;"), SWEDISH, FOREIGN)),
        ("a whole that is withheld", (WHOLE.replace(";60;100", ";delas inte;"), SWEDISH, FOREIGN)),
        ("more than the whole", (WHOLE, SWEDISH, FOREIGN.replace(";40;", ";42;"))),
        ("three are left over", (WHOLE.replace("60;100", "60,2;103"), SWEDISH, FOREIGN)),
        ("one more reached the level", (WHOLE.replace(";60;", ";61;"), SWEDISH, FOREIGN)),
        ("four in a group", (WHOLE, SWEDISH.replace("66,7;60", "59,4;96"),
                             FOREIGN.replace("50;40", "75;4"))),
        ("four did not reach it", (WHOLE.replace(";60;", ";76;"), SWEDISH,
                                   FOREIGN.replace("50;40", "90;40"))),
        ("all reached it", (WHOLE.replace(";60;", ";80;"), SWEDISH,
                            FOREIGN.replace("50;40", "100;40"))),
        ("a group is missing", (WHOLE, SWEDISH, FOREIGN.replace("50;40", "saknas;"))),
        ("a value that no count gives", (WHOLE, SWEDISH.replace("66,7", "66,1"), FOREIGN)),
        ("one group is all", (WHOLE, SWEDISH.replace("66,7;60", "60;100"))),
    ],
)  # fmt: skip
def test_a_division_is_told_whole_or_not_at_all(session, kim, ekhult, why, rows):
    read_in(session, kim, ekhult, table(*rows))
    told = by_group(session, kim, ekhult)
    assert set(told.values()) <= {"hidden_by_rule", "missing"}, why
    assert "bakgrund:svensk" in told


def test_many_who_are_left_over_are_a_group_as_well(session, kim, ekhult):
    read_in(session, kim, ekhult, table(WHOLE, SWEDISH))
    assert by_group(session, kim, ekhult) == {"bakgrund:svensk": 66.7}


def test_outside_the_limit_is_ten_on_both_sides(session, kim, ekhult):
    whole, few = WHOLE.replace("60;100", "60;80"), FOREIGN.replace("50;40", "40;20")
    read_in(session, kim, ekhult, table(whole, SWEDISH, few))  # eight of the twenty reached it
    assert by_group(session, kim, ekhult) == {"bakgrund:svensk": 66.7, "bakgrund:utlandsk": 40.0}
    assert by_group(session, kim, ekhult, audience=Audience.OUTSIDE) == HIDDEN


def test_a_limit_that_the_huvudman_raised_counts(session, acting, kim, ekhult):
    read_in(session, kim, ekhult)
    admin = acting(Role.ORGANIZER_ADMIN, ekhult)
    form = LimitsForm(inside=21, outside=21)
    services.set_limits(session, admin, organizer_id=ekhult.id, form=form)
    assert by_group(session, kim, ekhult) == HIDDEN


def test_two_divisions_of_the_same_pupils_are_told_each_by_itself(session, kim, ekhult):
    high = SWEDISH.replace("svensk bakgrund;66,7;60", "eftergymnasial utbildning;70;50")
    low = SWEDISH.replace("svensk bakgrund;66,7;60", "ej eftergymnasial utbildning;50;50")
    read_in(session, kim, ekhult, table(WHOLE, SWEDISH, FOREIGN, high, low))
    told = by_group(session, kim, ekhult)
    assert told == TOLD | {
        "foraldrars-utbildning:eftergymnasial": 70.0, "foraldrars-utbildning:annan": 50.0,
    }  # fmt: skip


def test_what_is_told_of_all_else_is_as_without_groups(session, kim, ekhult):
    read_in(session, kim, ekhult, table(*SCHOOLS, WHOLE))
    columns = ["area", "gender", "value", "n", "status"]
    before = [own_cells(session, kim, ekhult.id, audience=one).select(columns).rows()
              for one in Audience]  # fmt: skip
    read_in(session, kim, ekhult)

    assert by_group(session, kim, ekhult) == TOLD
    after = [own_cells(session, kim, ekhult.id, audience=one).select(columns).rows()
             for one in Audience]  # fmt: skip
    assert after == before
    assert ("Lillskolan", "T", None, None, "hidden_by_rule") in after[0]


def test_every_other_reader_has_the_whole_alone(session, kim, ekhult):
    read_in(session, kim, ekhult)
    ids = ids_of_groups(session)

    own = own_cells(session, kim, ekhult.id)
    whole, _ = group_cells(session, kim, ekhult.id, Asked())
    asked = cells(session, kim, ekhult.id, Asked())

    assert len(ids) == 2
    assert "pupil_group" not in own.columns + whole.columns + asked.columns
    assert sorted(whole["value_id"]) == sorted(asked["value_id"]) == sorted(own["value_id"])
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


def test_a_correction_hides_both_versions(session, kim, ekhult):
    read_in(session, kim, ekhult)
    more = table(WHOLE.replace("60;100", "59,4;101"), SWEDISH, FOREIGN.replace("50;40", "48,8;41"))
    read_in(session, kim, ekhult, more)

    whole, groups = group_cells(session, kim, ekhult.id, Asked())
    assert 59.4 in whole["value"]
    assert groups["status"].unique().to_list() == ["hidden_by_rule"]
    assert groups["value"].drop_nulls().is_empty()
    assert groups["n"].drop_nulls().is_empty()
    assert groups["raw_value"].drop_nulls().is_empty()


def test_a_correction_of_many_hides_both_versions_too(session, kim, ekhult):
    read_in(session, kim, ekhult)
    other = table(WHOLE, SWEDISH.replace("66,7;60", "71,4;35"), FOREIGN.replace("50;40", "53,8;65"))
    read_in(session, kim, ekhult, other)
    assert by_group(session, kim, ekhult) == HIDDEN


def test_a_whole_that_is_corrected_hides_the_groups_that_stood_beside_it(session, kim, ekhult):
    read_in(session, kim, ekhult)
    read_in(session, kim, ekhult, table(WHOLE.replace("60;100", "60;120")))
    assert by_group(session, kim, ekhult) == HIDDEN


def test_a_whole_that_was_corrected_before_its_groups_came_has_them(session, kim, ekhult):
    read_in(session, kim, ekhult, table(WHOLE.replace("60;100", "60;120")))
    read_in(session, kim, ekhult, table(WHOLE, SWEDISH, FOREIGN))
    assert by_group(session, kim, ekhult) == TOLD


def test_groups_read_in_after_their_whole_or_before_it_are_told(session, kim, ekhult):
    read_in(session, kim, ekhult, table(FOREIGN))
    assert by_group(session, kim, ekhult) == {"bakgrund:utlandsk": "hidden_by_rule"}
    read_in(session, kim, ekhult, table(WHOLE))
    read_in(session, kim, ekhult, table(SWEDISH))
    assert by_group(session, kim, ekhult) == TOLD


def test_a_whole_that_is_taken_back_takes_its_groups_with_it(session, kim, ekhult):
    _, whole = read_in(session, kim, ekhult, table(WHOLE))
    read_in(session, kim, ekhult, table(SWEDISH, FOREIGN))
    made = services.select(services.OwnImport).where(services.OwnImport.id == whole.import_id)
    services.undo_import(session, kim, made=session.scalars(made).one())
    assert by_group(session, kim, ekhult) == HIDDEN


def test_the_same_file_twice_changes_nothing(session, kim, ekhult):
    read_in(session, kim, ekhult)
    _, again = read_in(session, kim, ekhult)
    assert (again.new, again.revised, again.import_id) == (0, 0, None)


def test_what_the_groups_were_on_a_day_is_told_as_then(session, kim, ekhult):
    read_in(session, kim, ekhult)
    before = session.scalar(text("SELECT now() - interval '2 days'")).date()
    assert by_group(session, kim, ekhult, known=before) == {}


@pytest.mark.parametrize("seed", range(6))
def test_no_random_table_is_told_otherwise_for_having_groups(session, kim, ekhult, seed):
    draw = random.Random(seed)
    name, plain = f"Mått {seed}", []
    schools = [(draw.randint(0, 40), draw.randint(0, 40)) for _ in range(draw.randint(1, 5))]
    for at, (reached, missed) in enumerate(schools):
        if reached + missed:
            plain.append(_row(name, f"1234567{at}", "", reached, missed))
    reached, missed = map(sum, zip(*schools, strict=True))
    plain.append(_row(name, NUMBER, "", reached, missed))
    cut = draw.randint(0, reached), draw.randint(0, missed)
    divided = [
        _row(name, NUMBER, "svensk bakgrund", *cut),
        _row(name, NUMBER, "utländsk bakgrund", reached - cut[0], missed - cut[1]),
    ]

    read_in(session, kim, ekhult, table(*plain))
    before = [own_cells(session, kim, ekhult.id, audience=one) for one in Audience]
    read_in(session, kim, ekhult, table(*divided))
    after = [own_cells(session, kim, ekhult.id, audience=one) for one in Audience]

    assert all(one.equals(other) for one, other in zip(before, after, strict=True))


def _row(name, area, group, reached, missed):
    n = reached + missed
    value = f"{100 * reached / max(n, 1):.1f}".replace(".", ",")
    return f"{name};{area};{area};2024/25;;{group};{value};{n};%"
