"""Wording read at Skolverket: compared first, kept beside the edition, never instead of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError
from tests.factories.framework import WordingFactory, load_shipped
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.audit import AuditEvent
from ska.errors import Invalid, Missing, NotAllowed
from ska.framework import queries
from ska.framework.forms import AcceptForm, PasteForm, WordingForm
from ska.framework.models import FrameworkItem, FrameworkWording
from ska.framework.services import accept_wordings, withdraw_wording

NOW = datetime(2026, 9, 4, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
PAGE = """Grundskolan
Delmål 1: Alla når målen i den påhittade skolan.
Delmål 7: Ett delmål som ingen har sett.

Förskolan
Delmål
- Barnen leker.
"""


@pytest.fixture
def ekhult(session):
    load_shipped()
    return OrganizerFactory()


@pytest.fixture
def kim(ekhult, acting):
    return acting(Role.QUALITY_LEAD, ekhult)


def form(*wordings, **values):
    head = {
        "edition": "nks-2023",
        "source_url": "https://www.skolverket.se/sida",
        "seen_on": "2026-09-03",
    }
    return AcceptForm(**{**head, **values}, wordings=[WordingForm(**one) for one in wordings])


GOAL = {"kind": "sub_goal", "item_id": "nks-2023/gr-1", "text": "Alla når målen."}
NEW = {"kind": "sub_goal", "school_type": "preschool", "number": 1, "text": "Barnen leker."}


def propose(session, kim, ekhult, text=PAGE):
    return queries.propose(session, kim, organizer_id=ekhult.id, edition_id="nks-2023", text=text)


def test_a_pasted_page_is_compared_and_nothing_is_kept(session, ekhult, kim):
    found = propose(session, kim, ekhult)

    assert [(one.item_id, one.pasted.number, one.state) for one in found] == [
        ("nks-2023/gr-1", 1, "new"),
        (None, 7, "new"),
        (None, 1, "new"),
    ]
    assert found[0].heading == "Delmål 1 – resultat i alla ämnen"
    assert session.query(FrameworkWording).count() == 0


def test_an_accepted_wording_stands_beside_the_edition_with_source_day_and_person(
    session, ekhult, kim
):
    accept_wordings(session, kim, organizer_id=ekhult.id, form=form(GOAL, NEW), now=NOW)

    kept = queries.wordings(session, kim, ekhult.id, "nks-2023")
    assert sorted(kept) == ["nks-2023/gr-1", "sub_goal:preschool:1"]
    row = kept["nks-2023/gr-1"]
    assert (row.text, row.seen_on, row.person_name) == (
        "Alla når målen.",
        date(2026, 9, 3),
        "Kim Ek",
    )
    assert session.get(FrameworkItem, "nks-2023/gr-1").text is None
    assert [event.act for event in session.query(AuditEvent)] == ["wording.accept"] * 2


def test_the_same_wording_again_changes_nothing_and_another_replaces_it(session, ekhult, kim):
    accept_wordings(session, kim, organizer_id=ekhult.id, form=form(GOAL), now=NOW)

    same = accept_wordings(
        session,
        kim,
        organizer_id=ekhult.id,
        form=form({**GOAL, "text": " Alla  når målen. "}),
        now=NOW,
    )
    other = accept_wordings(
        session, kim, organizer_id=ekhult.id, form=form({**GOAL, "text": "Alla lär."}), now=NOW
    )

    assert same == []
    assert len(other) == 1
    assert session.query(FrameworkWording).count() == 2
    kept = queries.wordings(session, kim, ekhult.id, "nks-2023")
    assert kept["nks-2023/gr-1"].text == "Alla lär."
    assert propose(session, kim, ekhult)[0].state == "different"


def test_a_withdrawn_wording_stays_as_history(session, ekhult, kim):
    [row] = accept_wordings(session, kim, organizer_id=ekhult.id, form=form(GOAL), now=NOW)

    withdraw_wording(session, kim, wording=row, now=NOW)
    withdraw_wording(session, kim, wording=row, now=NOW)

    assert queries.wordings(session, kim, ekhult.id, "nks-2023") == {}
    assert queries.wording(session, kim, ekhult.id, row.id) is row
    assert session.query(AuditEvent).filter_by(act="wording.withdraw").count() == 1


def test_another_huvudman_sees_nothing_of_it(session, ekhult, acting):
    WordingFactory(organizer=ekhult)
    other = OrganizerFactory(name="Lindåsa")
    robin = acting(Role.QUALITY_LEAD, other)

    assert queries.wordings(session, robin, ekhult.id, "nks-2023") == {}
    with pytest.raises(NotAllowed):
        accept_wordings(session, robin, organizer_id=ekhult.id, form=form(GOAL), now=NOW)


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.TEACHER, Role.POLITICIAN, Role.AUDITOR])
def test_only_the_quality_lead_fills_in_wording(session, ekhult, acting, role):
    with pytest.raises(NotAllowed):
        accept_wordings(
            session, acting(role, ekhult), organizer_id=ekhult.id, form=form(GOAL), now=NOW
        )


def test_a_day_in_the_future_is_refused(session, ekhult, kim):
    late = form(GOAL, seen_on="2026-09-05")

    with pytest.raises(Invalid) as caught:
        accept_wordings(session, kim, organizer_id=ekhult.id, form=late, now=NOW)
    assert "seen_on" in caught.value.fields


@pytest.mark.parametrize(
    "wrong",
    [
        {"item_id": "nks-2023/hittepa"},
        {"item_id": "skr/skr-koll"},
        {"item_id": "nks-2023/gr-ma-ak9"},
    ],
)
def test_a_wording_belongs_to_something_in_its_edition(session, ekhult, kim, wrong):
    with pytest.raises(Missing):
        accept_wordings(session, kim, organizer_id=ekhult.id, form=form({**GOAL, **wrong}), now=NOW)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"item_id": ""}, "hör hemma"),
        ({"text": " "}, "Skriv ordalydelsen"),
        ({"item_id": "", "school_type": "preschool", "number": "99"}, "mellan 1 och 50"),
        ({"text": "Ring 070-123 45 67"}, "telefonnummer"),
    ],
)
def test_what_is_off_is_told(change, told):
    with pytest.raises(ValidationError, match=told):
        WordingForm(**{**GOAL, **change})


@pytest.mark.parametrize("url", ["", "skolverket.se", "javascript:alert(1)", "https://x"])
def test_the_source_is_an_address(url):
    with pytest.raises(ValidationError, match="adress"):
        PasteForm(edition="nks-2023", source_url=url, seen_on="2026-09-01", text="x")


def test_the_patch_holds_wording_and_source_but_no_person(session, ekhult, kim):
    accept_wordings(session, kim, organizer_id=ekhult.id, form=form(GOAL, NEW), now=NOW)

    patch = queries.patch_of(queries.wordings(session, kim, ekhult.id, "nks-2023"), "nks-2023")

    assert patch["edition"] == "nks-2023"
    assert [one["id"] for one in patch["wordings"]] == ["gr-1", None]
    assert patch["wordings"][0]["source_url"] == "https://www.skolverket.se/sida"
    assert "Kim" not in str(patch)
