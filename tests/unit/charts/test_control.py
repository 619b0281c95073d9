"""The control chart does not say more than its values bear."""

import pytest

from ska.charts import ControlSpec, Line, PlottedValue, Role, control_chart

FEW = "räcker bara för stora avvikelser: skillnaden mellan två av åren kan ändå vara tydlig."


@pytest.mark.parametrize(("years", "says"), [(4, True), (7, True), (8, False)])
def test_of_few_years_only_large_signs_are_seen(years, says):
    periods = tuple(str(2018 + at) for at in range(years))
    values = [
        PlottedValue("own", one, 66.4 if at == years - 1 else 71.6, 840, "")
        for at, one in enumerate(periods)
    ]
    own = Line("own", "Storlunda", Role.OWN)
    spec = ControlSpec(id="c", name="Minst E", source="källan", lines=(own,), periods=periods)

    told = control_chart(spec, values)

    assert f"Alla {years} värden ligger inom vanlig variation." in told.sentence
    assert (FEW in told.sentence) is says


def told_of(accepted=(), shift=""):
    periods = tuple(str(2016 + at) for at in range(8))
    values = [
        PlottedValue("own", one, 80.0 if at < 4 else 60.0, 100, "")
        for at, one in enumerate(periods)
    ]
    own = Line("own", "Storlunda", Role.OWN)
    spec = {"id": "c", "name": "Minst E", "source": "källan", "lines": (own,), "periods": periods}
    return control_chart(ControlSpec(**spec, accepted=accepted, shift=shift), values)


def test_an_accepted_shift_starts_the_level_anew_and_is_said_otherwise_than_a_trial():
    accepted, tried, neither = told_of(("2020",)), told_of(shift="2020"), told_of()

    assert accepted.sentence.count("Ett nivåskifte är godtaget från 2020.") == 1
    assert "Nivån är 60,0" in accepted.sentence.replace("\u00a0", " ")
    assert "Nivån är 70,0" in neither.sentence.replace("\u00a0", " ")
    assert any("som ni har valt" in one for one in tried.notes)
    assert not any("som ni har valt" in one for one in accepted.notes)
    assert "godtaget" not in tried.sentence


def test_a_shift_with_few_values_after_it_is_said_where_no_limits_are():
    told = told_of(("2019", "2022"))

    assert "Ett nivåskifte är godtaget från 2019 och 2022." in told.sentence
    assert "Det går inte att räkna ut några gränser" in told.sentence
    assert "här finns 3." in told.sentence
