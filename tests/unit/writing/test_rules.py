"""When a version is kept, and when a draft may take a text's place."""

from datetime import timedelta

import pytest

from ska.writing.rules import (
    Draft,
    Reason,
    digest,
    new_hits,
    same_words,
    stands_after,
    worth_keeping,
)

MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("old", "new", "same_writer", "since", "kept"),
    [
        ("", "Nytt.", False, None, False),
        ("Lika.", "Lika.", False, 9 * MINUTES, False),
        ("Kims text.", "Robins text.", False, MINUTES, True),
        ("Kims text.", "Kims text, mer.", True, MINUTES, False),
        ("Kims text.", "Kims text, mer.", True, 5 * MINUTES, True),
        ("Kims text.", "Kims text, mer.", True, None, True),
        ("En lång text som försvinner.", "Kort.", True, MINUTES, True),
    ],
)
def test_a_version_is_kept_when_words_could_be_missed(
    old: str, new: str, same_writer: bool, since: timedelta | None, kept: bool
) -> None:
    assert worth_keeping(old, new, same_writer=same_writer, since_kept=since) is kept


def test_a_draft_stands_on_the_version_it_was_written_on() -> None:
    assert stands_after(3, "Nu.", Draft("Mitt.", seen=3))
    assert not stands_after(4, "Robins.", Draft("Mitt.", seen=3))


def test_a_draft_stands_on_the_writers_own_text_whose_answer_was_lost() -> None:
    assert stands_after(4, "Mitt.", Draft("Mitt, mer.", seen=3, follows="Mitt."))
    assert not stands_after(5, "Robins.", Draft("Mitt, mer.", seen=3, follows="Mitt."))


def test_what_was_let_through_is_not_asked_about_again() -> None:
    old = "Ärende 850101-1236."

    assert new_hits(old, old + " Mer text.") == []
    assert len(new_hits(old, old + " Och 19900101-0017.")) == 1


def test_line_endings_of_a_form_are_no_change() -> None:
    assert same_words("Ett.\r\nTvå.\r\n", "Ett.\nTvå.")
    assert digest("Ett.\r\nTvå.") == digest("Ett.\nTvå.\n")
    assert digest("Ett.") != digest("Två.")


def test_each_reason_has_words() -> None:
    assert all(reason.words for reason in Reason)
