"""Where a series breaks or a number misleads, the guide that stands beside it says so."""

from ska.framework.queries.guides import guide_of
from ska.settings import bundled


def breaks(code):
    return {period for one in guide_of(code).breaks for period in one.periods}


def warned(code):
    return " ".join(guide_of(code).misreadings)


def test_the_survey_was_remade_in_2018_and_2022():
    assert {"VT18", "2018", "VT22", "2022"} <= breaks("gr-trygghet-ak8")


def test_no_national_tests_in_2020_and_2021():
    assert "2021/22" in breaks("gr-np-ma-ak3")
    assert "våren 2020 och 2021" in warned("gr-np-ma-ak3")


def test_only_those_who_took_every_part_count():
    assert "hur många som deltog" in warned("gr-np-ma-ak3")


def test_fewer_groups_are_hidden_from_2023_24():
    assert "2023/24" in warned("gr-alla-amnen-ak9")


def test_staff_below_three_positions_is_hidden_from_2024_25():
    guides = (bundled("indicators") / "guides" / "personal.yaml").read_text(encoding="utf-8")

    assert "Från läsåret 2024/25" in guides
    assert "tre heltidstjänster" in guides


def test_regional_and_sami_schools_left_the_grundskola_in_2022_23():
    assert "regionernas skolor och sameskolan" in " ".join(warned("gr-alla-amnen-ak9").split())


def test_merit_of_sixteen_grades_became_seventeen_in_2014_15():
    folder = bundled("indicators") / "nks-2023" / "candidates"
    told = (folder / "compulsory-school.yaml").read_text(encoding="utf-8")

    assert "sjutton från 2014/15 - ett brott i tidsserien" in " ".join(told.split())


def test_the_index_and_the_share_of_positive_answers_are_two_measures():
    assert "indexet 0–10" in warned("gr-trygghet-ak8")
