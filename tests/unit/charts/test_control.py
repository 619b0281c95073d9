"""The control chart does not say more than its values bear."""

import pytest

from ska.charts import ControlSpec, Line, PlottedValue, Role, control_chart

FEW = "visar bara stora tecken: mellan två av åren kan skillnaden vara tydlig ändå."


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
