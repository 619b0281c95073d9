"""Comparing asks PostgreSQL six times, however many units and networks there are."""

import pytest
from tests.the_demo import kim_of_the_demo

UNITS = "/ekhult/jamfor?vad=gr-alla-amnen-ak9&vilka=enheter"


@pytest.mark.parametrize("shape", ["prickar", "tratt", "sma", "utjamnat"])
def test_units_beside_each_other_are_six_questions(demo, db, statements, shape):
    kim = db.browse(kim_of_the_demo(db))
    statements.clear()

    page = kim.get(f"{UNITS}&som={shape}")

    assert "Backskolan" in page.text
    assert "Nätverk Mellanslätt" in page.text
    assert len(statements) <= 6
