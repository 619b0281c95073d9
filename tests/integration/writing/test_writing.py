"""Texts: nobody's words are lost, whoever writes at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import ProgrammingError
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.writing import TextVersionFactory, WrittenTextFactory
from tests.places import STORY_DAY

from ska.access import Role
from ska.audit import AuditEvent
from ska.core.ids import new_id
from ska.errors import Changed, Conflict, Invalid, NotAllowed
from ska.writing import queries, services
from ska.writing.models import TextVersion, WrittenText
from ska.writing.rules import Draft


@pytest.fixture
def text(session):
    return WrittenTextFactory()


@pytest.fixture
def organizer(session, text):
    from ska.organizers.models import Organizer

    return session.get(Organizer, text.organizer_id)


@pytest.fixture
def kim(acting, organizer):
    return acting(Role.QUALITY_LEAD, organizer)


def _kept(session) -> list[tuple[int, str, str]]:
    return [
        (one.number, one.text, one.reason)
        for one in session.query(TextVersion).order_by(TextVersion.id)
    ]


def test_a_text_is_written_and_anothers_words_are_kept(session, kim, text):
    draft = Draft("Nya elever kartläggs efter fem veckor.", seen=1)

    written = services.write_text(session, kim, text=text, draft=draft, now=STORY_DAY)

    assert (written.version, written.writer_name) == (2, "Kim Ek")
    assert written.writer_roles == "kvalitetsutvecklare"
    assert _kept(session) == [(1, "Nya elever kartläggs sent.", "replaced")]


def test_what_someone_else_wrote_is_never_overwritten(session, kim, text):
    services.write_text(session, kim, text=text, draft=Draft("Kims.", 1), now=STORY_DAY)

    with pytest.raises(Changed, match="Kim Ek har skrivit"):
        services.write_text(session, kim, text=text, draft=Draft("Robins.", 1), now=STORY_DAY)


def test_an_answer_that_was_lost_does_not_make_a_conflict(session, kim, text):
    services.write_text(session, kim, text=text, draft=Draft("Kims.", 1), now=STORY_DAY)
    again = Draft("Kims, mer.", 1, follows="Kims.")

    written = services.write_text(session, kim, text=text, draft=again, now=STORY_DAY)

    assert (written.text, written.version) == ("Kims, mer.", 3)


def test_saving_while_typing_keeps_a_version_every_five_minutes(session, kim, text):
    for minute in range(12):
        draft = Draft("Ord. " * (minute + 10), seen=minute + 1)
        at = STORY_DAY + timedelta(minutes=minute)
        services.write_text(session, kim, text=text, draft=draft, now=at)

    assert [number for number, _text, _reason in _kept(session)] == [1, 6, 11]


def test_a_personal_number_stops_until_the_writer_says_it_is_not_one(session, kim, text):
    draft = Draft("Eleven 850101-1236 kom sent.", seen=1)
    with pytest.raises(Invalid, match="personnummer"):
        services.write_text(session, kim, text=text, draft=draft, now=STORY_DAY)

    sure = Draft(draft.text, seen=1, not_personal_data=True)
    services.write_text(session, kim, text=text, draft=sure, now=STORY_DAY)
    more = Draft(draft.text + " Mer.", seen=2)
    services.write_text(session, kim, text=text, draft=more, now=STORY_DAY)

    event = session.query(AuditEvent).one()
    assert event.act == "text.not_personal_data"
    assert "850101" not in str(event.details)


def test_a_text_has_an_end(session, kim, text):
    with pytest.raises(Invalid, match="högst 20000 tecken"):
        services.write_text(session, kim, text=text, draft=Draft("x" * 20_001, 1), now=STORY_DAY)


def test_a_frozen_text_stays(session, kim, text):
    services.freeze_texts(session, texts=[text], now=STORY_DAY)

    with pytest.raises(Conflict, match="fastställd"):
        services.write_text(session, kim, text=text, draft=Draft("Nytt.", 1), now=STORY_DAY)

    assert _kept(session) == [(1, "Nya elever kartläggs sent.", "established")]


def test_an_older_version_is_put_back_and_the_newer_is_kept(session, kim, text):
    version = TextVersionFactory(written_text=text)

    restored = services.restore_version(
        session, kim, text=text, version=version, seen=1, now=STORY_DAY
    )

    assert restored.text == "Nya elever kommer sent."
    assert (1, "Nya elever kartläggs sent.", "replaced") in _kept(session)


def test_a_text_that_lost_a_conflict_can_be_found_again(session, kim, text):
    services.set_aside(session, kim, text=text, draft=Draft("Min egen.", 0), now=STORY_DAY)

    assert _kept(session) == [(0, "Min egen.", "set_aside")]
    assert queries.base_of(session, kim, text, 0) is None


def test_a_kept_version_cannot_be_changed(session, kim, text):
    TextVersionFactory(written_text=text)

    with pytest.raises(ProgrammingError, match="permission denied"):
        session.query(TextVersion).update({"text": "annat"})


def test_a_teacher_writes_no_analysis_and_another_units_people_do_not_see_it(
    session, acting, organizer
):
    unit = SchoolUnitFactory(organizer=organizer)
    other = SchoolUnitFactory(organizer=organizer, name="Åby byskola")
    text = WrittenTextFactory(organizer=organizer, unit=unit)
    TextVersionFactory(written_text=text)

    with pytest.raises(NotAllowed):
        services.write_text(
            session,
            acting(Role.TEACHER, organizer, unit),
            text=text,
            draft=Draft("x", 1),
            now=STORY_DAY,
        )
    neighbour = acting(Role.PRINCIPAL, organizer, other)
    assert queries.text_by_id(session, neighbour, organizer.id, text.id) is None
    assert queries.versions_of(session, neighbour, text) == []


def test_a_politician_sees_what_is_established_only(session, acting, organizer, text):
    TextVersionFactory(written_text=text)
    politician = acting(Role.POLITICIAN, organizer)

    assert queries.text_by_id(session, politician, organizer.id, text.id) is None
    assert queries.versions_of(session, politician, text) == []


def test_a_new_thing_gets_its_empty_texts(session, kim, organizer):
    made = services.open_texts(
        session,
        organizer_id=organizer.id,
        unit_id=None,
        subject=("analysis", subject := new_id()),
        keys=("results", "causes"),
    )

    assert set(queries.texts_of(session, kim, "analysis", subject)) == {"results", "causes"}
    assert {(one.version, one.text) for one in made} == {(0, "")}


@pytest.fixture
def site(db):
    ekhult = OrganizerFactory()
    person = PersonFactory()
    RoleAssignmentFactory(person=person, organizer=ekhult)
    text = WrittenTextFactory(organizer=ekhult)
    return db.browse(person), f"/api/v1/organizers/ekhult/texts/{text.id}", text


def test_the_api_writes_on_a_version(site):
    browse, address, _text = site

    read = browse.api("GET", address)
    blind = browse.api("PATCH", address, json={"text": "Mitt."})
    right = browse.api("PATCH", address, json={"text": "Mitt."}, headers={"if-match": '"1"'})
    late = browse.api("PATCH", address, json={"text": "Annat."}, headers={"if-match": '"1"'})

    assert read.headers["etag"] == '"1"'
    assert blind.status_code == 428
    assert (right.status_code, right.headers["etag"]) == (200, '"2"')
    assert late.status_code == 412
    assert late.headers["content-type"] == "application/problem+json"


def test_the_api_puts_an_older_version_back(site):
    browse, address, text = site
    version = TextVersionFactory(written_text=text)

    listed = browse.api("GET", f"{address}/versions").json()
    done = browse.api(
        "POST",
        f"{address}/restore",
        json={"version_id": str(version.id)},
        headers={"if-match": '"1"'},
    )

    assert [one["text"] for one in listed] == ["Nya elever kommer sent."]
    assert done.json()["text"] == "Nya elever kommer sent."


def test_of_many_at_once_exactly_one_writes(site, db):
    browse, address, text = site

    def patch(number: int) -> int:
        return browse.api(
            "PATCH", address, json={"text": f"Text {number}."}, headers={"if-match": '"1"'}
        ).status_code

    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(patch, range(30)))

    assert statuses.count(200) == 1
    assert statuses.count(412) == 29
    with db.as_owner() as session:
        assert session.get(WrittenText, text.id).version == 2
