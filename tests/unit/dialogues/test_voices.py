"""Self-assessment: voices told apart, nobody's own answer told, nothing averaged."""

import itertools

import pytest
from tests.unit.xrays.world import key

from ska.dialogues.rules.voices import (
    RATING_NAMES,
    Answer,
    Principals,
    Rating,
    Voice,
    difference_of,
    told_of,
)


def whole(voice, rating, ground="Därför"):
    return Answer(voice, None, "ff", rating, ground, "Någon")


def own(*ratings):
    return [
        Answer(Voice.PRINCIPALS, key(f"u{n}"), "ff", one, f"hemligt {n}", f"Rektor {n}")
        for n, one in enumerate(ratings)
    ]


FEW, MANY = Principals(3, False), Principals(6, False)


def test_an_office_is_told_with_its_ground():
    board, director, principals = told_of(
        [whole(Voice.BOARD, Rating.MOSTLY), whole(Voice.DIRECTOR, Rating.SOME)], FEW
    )

    assert (board.word, board.ground) == ("till stor del", "Därför")
    assert director.word == "till viss del"
    assert principals.waits == "har inte svarat än"


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_fewer_than_five_rektorers_own_answers_are_never_told(number):
    for ratings in itertools.product(Rating, repeat=number):
        principals = told_of(own(*ratings), Principals(number, True))[2]

        assert principals.word == ""
        assert principals.ground == principals.written_by == ""


def test_from_five_on_their_span_is_told_and_no_ground_and_no_name():
    told = told_of(own(*[Rating.SOME] * 4, Rating.FULLY, Rating.UNKNOWN), MANY)[2]

    assert told.word == "mellan ”till viss del” och ”helt och hållet”, någon vet inte"
    assert told.ground == told.written_by == ""


def test_while_some_have_not_answered_nothing_is_told_before_the_day():
    answers = own(*[Rating.SOME] * 5)

    assert told_of(answers, MANY)[2].word == ""
    assert "5 av 6" in told_of(answers, MANY)[2].waits
    assert told_of(answers, Principals(6, True))[2].word == "till viss del"


def test_all_who_do_not_know_do_not_know():
    assert told_of(own(*[Rating.UNKNOWN] * 6), MANY)[2].word == "vet inte"


def test_what_the_group_answered_together_stands_before_the_own_answers():
    told = told_of([*own(Rating.SOME), whole(Voice.PRINCIPALS, Rating.FULLY)], FEW)[2]

    assert told.word == "helt och hållet"


def test_differences_are_told_in_words():
    alike = told_of([whole(voice, Rating.SOME) for voice in Voice], FEW)
    apart = told_of([whole(Voice.BOARD, Rating.FULLY), whole(Voice.DIRECTOR, Rating.SOME)], FEW)
    alone = told_of([whole(Voice.BOARD, Rating.FULLY)], FEW)

    assert difference_of(alike) == (
        "Nämnden, skolchefen och rektorerna svarar lika: till viss del."
    )
    assert difference_of(apart) == (
        "Nämnden helt och hållet och skolchefen till viss del. Tala om vad skillnaden beror på."
    )
    assert "minst två" in difference_of(alone)


def test_three_are_too_few_to_answer_one_by_one_and_five_are_not():
    assert [Principals(n, True).answer_together for n in (0, 1, 4, 5, 9)] == [
        True, True, True, False, False
    ]  # fmt: skip
    assert set(RATING_NAMES) == set(Rating)
