"""Comparing and merging texts loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from ska.core.differences import Merge, Piece, PieceKind, differences, merge

WORDS = st.lists(
    st.sampled_from(["Nya", "elever", "kartläggs", "sent.", "Studiero", "varierar.\n", "Åk 9"]),
    max_size=12,
).map(" ".join)


def _text(pieces: list[Piece], leave_out: PieceKind) -> str:
    return "".join(piece.text for piece in pieces if piece.kind is not leave_out)


@given(WORDS, WORDS)
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = differences(old, new)

    assert _text(pieces, PieceKind.REMOVED) == new
    assert _text(pieces, PieceKind.ADDED) == old


def test_only_the_changed_words_are_marked() -> None:
    pieces = differences("Nya elever kartläggs sent.", "Nya elever kartläggs för sent.")

    assert [piece for piece in pieces if piece.kind is not PieceKind.SAME] == [
        Piece(PieceKind.ADDED, "för ")
    ]


@given(WORDS, WORDS)
def test_a_change_of_one_side_is_that_side(base: str, other: str) -> None:
    assert merge(base, other, base).text == other
    assert merge(base, base, other).text == other
    assert merge(base, other, other) == Merge(other, clean=True)


@given(WORDS, WORDS, WORDS)
def test_no_new_word_is_lost(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs).text.split()

    for side in (mine, theirs):
        new = set(side.split()) - set(base.split())
        assert new <= set(merged)


def test_changes_in_different_sentences_go_together() -> None:
    base = "Nya elever kartläggs sent. Studiero varierar. Frånvaron är okänd."
    mine = "Nya elever kartläggs efter fem veckor. Studiero varierar. Frånvaron är okänd."
    theirs = "Nya elever kartläggs sent. Studiero varierar. Frånvaron är hög."

    assert merge(base, mine, theirs) == Merge(
        "Nya elever kartläggs efter fem veckor. Studiero varierar. Frånvaron är hög.", clean=True
    )


def test_changes_in_neighbouring_sentences_go_together() -> None:
    assert merge("Ett. Två.", "Ettan. Två.", "Ett. Tvåan.") == Merge("Ettan. Tvåan.", clean=True)


def test_two_additions_at_the_same_place_both_stand() -> None:
    result = merge("Ett. ", "Ett. Två. ", "Ett. Tre. ")

    assert result == Merge("Ett. Två. Tre. ", clean=False)


def test_where_two_changes_meet_both_stand() -> None:
    result = merge("Vi vet inte.", "Vi vet nu.", "Vi vet aldrig.")

    assert result == Merge("Vi vet nu.\nVi vet aldrig.", clean=False)


def test_a_long_text_is_compared_in_reasonable_steps() -> None:
    old = "Eleverna får stöd i tid. " * 800
    new = old.replace("stöd", "hjälp", 3) + "Nytt."

    assert _text(differences(old, new), PieceKind.REMOVED) == new
