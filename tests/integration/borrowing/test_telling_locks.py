"""Raw SQL as the app's role: what is told of a loan, by whom, and who reads it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.factories.organizers import OrganizerFactory
from tests.integration.borrowing.test_telling import borrowed, tell

from ska.db.session import Scope

__all__ = ["borrowed"]


COLUMNS = ("(id, organizer_id, loan_id, lender_id, teller, effect_answer, told, ground, told_by,"
           " told_on)")  # fmt: skip
WRONG = {
    "tells of another's loan": f"INSERT INTO practice_telling {COLUMNS} SELECT gen_random_uuid(),"
    " :own, id, organizer_id, 'X', 'yes', 'X', 'X', 'X', '2026-11-12' FROM practice_loan",
    "tells as another": f"INSERT INTO practice_telling {COLUMNS} SELECT gen_random_uuid(),"
    " borrower_id, id, organizer_id, 'X', 'yes', 'X', 'X', 'X', '2026-11-12' FROM practice_loan",
    "tells of no loan": f"INSERT INTO practice_telling {COLUMNS} VALUES (gen_random_uuid(), :own,"
    " gen_random_uuid(), :other, 'X', 'yes', 'X', 'X', 'X', '2026-11-12')",
    "changes the words": "UPDATE practice_telling SET told = 'X'",
    "takes back another's": "UPDATE practice_telling SET withdrawn_at = now(), withdrawn_by = 'X'",
    "removes it": "DELETE FROM practice_telling",
}


@pytest.mark.parametrize("who", ["Ekhult", "Lindåsa"])
@pytest.mark.parametrize("act", WRONG)
def test_the_second_lock_lets_nobody_tell_or_take_back_for_another(db, network, borrowed, act, who):
    """Raw SQL as the app's role, in the scope of a member that reads it, and of the lender."""
    tell(network, borrowed)
    own, other = network[who][1], network["Norrforsa"][1]
    with db.session(Scope(frozenset({own.id}), own.id)) as session:
        assert session.scalar(text("SELECT count(*) FROM practice_telling")) == 1
        try:
            done = session.execute(text(WRONG[act]), {"own": own.id, "other": other.id})
            outcome = f"{done.rowcount} rows"
        except DBAPIError as refused:
            outcome = getattr(refused.orig, "sqlstate", "")
    assert outcome in {"0 rows", "42501"}


def test_the_second_lock_shows_it_to_nobody_outside_and_not_once_taken_back(db, network, borrowed):
    tell(network, borrowed)
    outside = OrganizerFactory(name="Hjo")

    def seen_by(organizer):
        with db.session(Scope(frozenset({organizer.id}), organizer.id)) as session:
            return session.scalar(text("SELECT count(*) FROM practice_telling"))

    assert seen_by(outside) == 0
    assert seen_by(network["Ekhult"][1]) == 1
    network["Sjövalla"][0].post(f"{borrowed}/beratta/ta-tillbaka")
    assert seen_by(network["Ekhult"][1]) == 0
    assert seen_by(network["Lindåsa"][1]) == 0
    assert seen_by(network["Sjövalla"][1]) == 1


def test_of_a_loan_that_is_lent_no_more_only_both_sides_know(db, network, lent, borrowed):
    """The borrower's own loan stays known to it; other members lose it with what was lent."""
    network["Lindåsa"][0].post(f"/lindasa{lent}/sluta")

    def seen_by(name):
        own = network[name][1]
        with db.session(Scope(frozenset({own.id}), own.id)) as session:
            return session.scalar(text("SELECT count(*) FROM practice_loan"))

    assert [seen_by(name) for name in ("Lindåsa", "Sjövalla", "Ekhult")] == [1, 1, 0]


def test_a_loan_is_of_the_network_that_it_was_lent_in(db, network, lent):
    own = network["Sjövalla"][1]
    wrong = (
        "INSERT INTO practice_loan (id, organizer_id, practice_id, network_id, borrower_id,"
        " borrower, borrowed_by) SELECT gen_random_uuid(), organizer_id, id, :network, :own, 'X',"
        " 'X' FROM lent_practice"
    )
    with db.as_owner() as session:
        other = session.scalar(
            text(
                "INSERT INTO network (id, slug, name, coordinator_id) SELECT gen_random_uuid(),"
                " 'annat', 'Annat', id FROM organizer LIMIT 1 RETURNING id"
            )
        )
        session.commit()
    with (
        db.session(Scope(frozenset({own.id}), own.id)) as session,
        pytest.raises(DBAPIError, match="row-level security"),
    ):
        session.execute(text(wrong), {"network": other, "own": own.id})
