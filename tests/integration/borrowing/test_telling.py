"""What came of a borrowed arbetssätt is told back, read in the network alone, and taken back."""

import re
from datetime import date

import pytest
from sqlalchemy import text
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.borrowing import PLANNED, area_of, form_at, reading_hour
from tests.factories.chain import FollowUpFactory
from tests.factories.organizers import OrganizerFactory

from ska.access import Role
from ska.actions.models import Action
from ska.organizers.models import NetworkMember

WORDS = "Tre klasser läser varje dag, och det är lugnare efter lunch."
GROUND = "Lärarnas intryck. Läsflytet är inte mätt än."
SAID = {"effect_answer": "cannot_tell", "told": WORDS, "ground": GROUND}
ANSWERS = {"done_answer": "yes", "what_happened": "Lisa i 4B bråkade.", "effect_answer": "partly",
           "effect_ground": "Vi såg det på rasterna.", "answered_by": "Kim"}  # fmt: skip


@pytest.fixture
def borrowed(db, network, lent):
    """Return the address of Sjövalla's borrowed insats, in force since a while."""
    sjovalla, organizer = network["Sjövalla"]
    done = sjovalla.post(form_at(area_of(organizer), lent), PLANNED)
    at = re.search(r"/sjovalla/insatser/[0-9a-f-]{36}", done.headers["location"])[0]
    in_force(db)
    return at


def in_force(db):
    with db.as_owner() as session:
        session.execute(text("UPDATE action SET state = 'in_force' WHERE loan_id IS NOT NULL"))
        session.commit()


def tell(network, borrowed, **said):
    return network["Sjövalla"][0].post(f"{borrowed}/beratta", SAID | said)


def test_what_it_gave_is_told_and_read_by_the_lender_and_the_network(db, network, lent, borrowed):
    hjo, outsider = OrganizerFactory(name="Hjo"), PersonFactory()
    RoleAssignmentFactory(person=outsider, organizer=hjo, role=Role.QUALITY_LEAD)
    page = network["Sjövalla"][0].get(borrowed).text
    assert "Berätta för Lindåsa, Lindåsaskolan vad det gav" in page
    form = network["Sjövalla"][0].get(f"{borrowed}/beratta").text
    assert "läses av Lindåsa, och av dem i Nätverk Mellanslätt" in form

    done = tell(network, borrowed)

    assert done.status_code == 303, done.text
    for reader, slug in (("Lindåsa", "lindasa"), ("Ekhult", "ekhult")):
        page = network[reader][0].get(f"/{slug}{lent}").text
        assert "Lånat av 1\u00a0huvudman, 1 har berättat vad det gav." in page
        assert WORDS in page
        assert GROUND in page
        assert "Det går inte att bedöma än." in page
        assert "Sjövalla, Kim i Sjövalla, 12 november 2026" in page
        listed = network[reader][0].get(f"/{slug}/arbetssatt").text
        assert "Lånat av 1\u00a0huvudman, 1 har berättat" in listed
    assert WORDS not in db.browse(outsider).get("/hjo/arbetssatt").text
    assert (
        "Ni har berättat det för Lindåsa, Lindåsaskolan."
        in network["Sjövalla"][0].get(borrowed).text
    )


def test_the_follow_up_is_beside_the_form_and_never_in_what_is_told(db, network, lent, borrowed):
    with db.as_owner() as session:
        action = session.query(Action).filter(Action.loan_id.is_not(None)).one()
    follow_up = FollowUpFactory(action=action, answered_at=db.clock.now, **ANSWERS)
    sjovalla = network["Sjövalla"][0]

    assert "Berätta för Lindåsa, Lindåsaskolan vad det gav" in (
        sjovalla.get(f"/sjovalla/uppfoljningar/{follow_up.id}").text
    )
    form = sjovalla.get(f"{borrowed}/beratta").text
    assert "Lisa i 4B bråkade." in form
    assert not re.search(r"<textarea[^>]*>[^<]*(Lisa|rasterna)", form)
    assert 'value="partly" checked' not in form
    tell(network, borrowed)
    page = network["Lindåsa"][0].get(f"/lindasa{lent}").text
    assert "Lisa" not in page
    assert "rasterna" not in page


def test_it_is_taken_back_at_once_and_told_anew(network, lent, borrowed):
    sjovalla, lindasa = network["Sjövalla"][0], network["Lindåsa"][0]
    tell(network, borrowed)
    again = tell(network, borrowed, told="Något annat.")
    assert again.status_code == 422
    assert "Ni har redan berättat. Ta tillbaka det först." in again.text
    assert "Något annat." in again.text
    assert "Något annat." not in lindasa.get(f"/lindasa{lent}").text

    assert sjovalla.post(f"{borrowed}/beratta/ta-tillbaka").status_code == 303

    page = lindasa.get(f"/lindasa{lent}").text
    assert WORDS not in page
    assert "Lånat av 1\u00a0huvudman, ingen har berättat vad det gav." in page
    assert WORDS in sjovalla.get(f"{borrowed}/beratta").text  # to begin with
    assert tell(network, borrowed, effect_answer="no").status_code == 303
    assert "Nej." in lindasa.get(f"/lindasa{lent}").text


def test_it_is_told_also_when_it_is_lent_no_more_and_then_only_the_lender_reads(
    network, lent, borrowed
):
    lindasa = network["Lindåsa"][0]
    lindasa.post(f"/lindasa{lent}/sluta")

    assert tell(network, borrowed).status_code == 303

    page = lindasa.get(f"/lindasa{lent}").text
    assert "Lånas inte ut längre" in page
    assert "Sluta låna ut" not in page
    assert WORDS in page
    assert network["Ekhult"][0].get(f"/ekhult{lent}").status_code == 404
    assert network["Sjövalla"][0].get(f"/sjovalla{lent}").status_code == 404
    insats = re.search(r"/lindasa/insatser/[0-9a-f-]{36}", page)[0]
    assert lent in lindasa.get(f"{insats}/lana-ut").text


@pytest.mark.parametrize("who", ["Sjövalla", "Lindåsa"])
def test_outside_the_network_nothing_is_told_or_read(db, network, lent, borrowed, who):
    tell(network, borrowed)
    slug = {"Sjövalla": "sjovalla", "Lindåsa": "lindasa"}[who]
    lindasa, sjovalla = network["Lindåsa"][0], network["Sjövalla"][0]
    left = network[who][0].post(f"/{slug}/natverk/natverk-mellanslatt/lamna")
    assert left.status_code == 303

    assert WORDS not in lindasa.get(f"/lindasa{lent}").text
    assert network["Ekhult"][0].get(f"/ekhult{lent}").text.count(WORDS) == 0
    page = sjovalla.get(f"{borrowed}/beratta").text
    assert WORDS in page
    assert "Ingen annan läser det längre." in page
    sjovalla.post(f"{borrowed}/beratta/ta-tillbaka")
    refused = tell(network, borrowed)
    assert refused.status_code == 422
    assert "inte längre i samma nätverk" in refused.text

    with db.as_owner() as session:  # whoever left comes back
        member = session.query(NetworkMember).filter_by(organizer_id=network[who][1].id).one()
        member.valid_from, member.valid_to = date(2026, 11, 13), None
        session.execute(
            text("UPDATE practice_telling SET withdrawn_at = NULL, withdrawn_by = NULL")
        )
        session.commit()
    if who == "Sjövalla":  # has told nobody since
        assert WORDS not in lindasa.get(f"/lindasa{lent}").text
        assert "Ingen annan läser det längre." in sjovalla.get(f"{borrowed}/beratta").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"effect_answer": ""}, "Svara om det gav effekt hos er, eller att det inte går att säga"),
        ({"effect_answer": "bäst"}, "Svara om det gav effekt hos er"),
        ({"told": ""}, "Skriv vad ni gjorde och vad som blev annorlunda"),
        ({"ground": " "}, "Skriv vad svaret bygger på och vad ni inte vet"),
        ({"told": "Ring Lisa på 070-123 45 67."}, "ser ut att innehålla"),
    ],
)
def test_no_answer_is_told_without_how_sure_it_is(network, lent, borrowed, sent, said):
    page = tell(network, borrowed, **sent)

    assert page.status_code == 422
    assert said in page.text
    assert (WORDS if "ground" in sent else GROUND) in page.text
    assert WORDS not in network["Lindåsa"][0].get(f"/lindasa{lent}").text


def test_a_draft_and_what_was_not_borrowed_have_nothing_to_tell(db, network, borrowed):
    with db.as_owner() as session:
        session.execute(text("UPDATE action SET state = 'draft' WHERE loan_id IS NOT NULL"))
        session.commit()
    sjovalla = network["Sjövalla"][0]
    assert "Ett utkast har ingen provat än" in sjovalla.get(f"{borrowed}/beratta").text
    assert tell(network, borrowed).status_code == 422
    own = reading_hour(network["Sjövalla"][1])
    page = sjovalla.get(f"/sjovalla/insatser/{own.id}/beratta").text
    assert "Ingen att berätta för" in page
    refused = sjovalla.post(f"/sjovalla/insatser/{own.id}/beratta", SAID)
    assert refused.status_code == 422
    assert sjovalla.post(f"/sjovalla/insatser/{own.id}/beratta/ta-tillbaka").status_code == 404


def test_a_rektor_reads_and_does_not_tell(db, network, borrowed):
    rektor = PersonFactory(name="Omar Nilsson")
    RoleAssignmentFactory(person=rektor, organizer=network["Sjövalla"][1], role=Role.PRINCIPAL)
    browse = db.browse(rektor)

    assert "kvalitetsutvecklaren kan berätta för Lindåsa" in browse.get(borrowed).text
    assert browse.get(f"{borrowed}/beratta").status_code == 403
    assert browse.post(f"{borrowed}/beratta", SAID).status_code == 403
    assert tell(network, borrowed).status_code == 303
    assert browse.post(f"{borrowed}/beratta/ta-tillbaka").status_code == 403


def test_the_same_for_programs(network, lent, borrowed):
    lindasa, sjovalla = network["Lindåsa"][0], network["Sjövalla"][0]
    at = f"/api/v1/organizers/sjovalla/actions/{borrowed.rsplit('/', 1)[1]}/telling"

    assert sjovalla.api("GET", at).status_code == 404
    assert sjovalla.api("POST", at, json=SAID | {"ground": ""}).status_code == 422
    made = sjovalla.api("POST", at, json=SAID)
    assert made.status_code == 201, made.text
    assert sjovalla.api("POST", at, json=SAID).status_code == 409
    assert sjovalla.api("GET", at).json()["told"] == WORDS
    (listed,) = lindasa.api("GET", "/api/v1/organizers/lindasa/practices").json()
    assert [(it["teller"], it["ground"]) for it in listed["tellings"]] == [("Sjövalla", GROUND)]
    assert sjovalla.api("DELETE", at).status_code == 428
    stands = {"If-Match": made.headers["etag"]}
    assert sjovalla.api("DELETE", at, headers=stands).status_code == 204
    assert sjovalla.api("GET", at).status_code == 404
    (listed,) = lindasa.api("GET", "/api/v1/organizers/lindasa/practices").json()
    assert listed["tellings"] == []


def test_pages_ask_as_little_with_a_telling_as_without(network, lent, borrowed, statements):
    tell(network, borrowed)
    for name, at in (
        ("Lindåsa", f"/lindasa{lent}"),
        ("Ekhult", "/ekhult/arbetssatt"),
        ("Sjövalla", borrowed),
        ("Sjövalla", f"{borrowed}/beratta"),
    ):
        statements.clear()
        assert network[name][0].get(at).status_code == 200
        assert len(statements) <= 6, (at, len(statements))
