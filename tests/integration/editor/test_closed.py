"""What somebody writes while another fastställer is shown again: no word is lost."""

import pytest
from tests.editing import form_of, person_of, text_in
from tests.factories.chain import CauseFactory, EvidenceFactory, FindingFactory

from ska.access import Role
from ska.analyses.models import Analysis


@pytest.fixture
def established(db, ekhult, kim, address):
    """Let another fastställa what Kim has open and has begun to write in."""
    kim.post(address, form_of("Sen kartläggning."))
    with db.as_owner() as session:
        analysis = session.query(Analysis).one()
    finding = FindingFactory(analysis=analysis)
    cause = CauseFactory(analysis=analysis, finding_id=finding.id, is_open=False)
    EvidenceFactory(analysis=analysis, cause_id=cause.id, side="for")
    robin = db.browse(person_of(ekhult, Role.DIRECTOR, "Robin Berg"))
    done = robin.post(f"{address.removesuffix('/skriv')}/faststall")
    assert done.status_code == 303, done.text


def test_what_is_sent_after_it_is_shown_to_be_copied(db, kim, address, established):
    late = {
        **form_of("Kims sena ord.", version=1, was="Sen kartläggning."),
        **form_of("Kims resultat.", key="results"),
    }

    answer = kim.post(address, late)

    assert answer.status_code == 409
    assert "Texten är fastställd" in answer.text
    for mine in ("Kims sena ord.", "Kims resultat."):
        assert f"\n{mine}</textarea>" in answer.text
    assert f'href="{address.removesuffix("/skriv")}"' in answer.text
    assert text_in(db).text == "Sen kartläggning."


def test_so_is_what_was_chosen_of_two_texts(db, kim, address, established):
    chosen = {"choice_causes": "merged", "merged_causes": "Bådas ord.", "mine_causes": "Kims ord.",
              "seen_causes": 1}  # fmt: skip

    answer = kim.post(f"{address}/krock", chosen)

    assert answer.status_code == 409
    assert "\nBådas ord.</textarea>" in answer.text
    assert text_in(db).text == "Sen kartläggning."
