"""A unit beside its huvudman: it is not set beside itself."""

from tests.factories.indicator_values import placed

from ska.overview.rules.beside import beside_whole


def judged(value, n):
    whole = {"role": "other", "name": "Ekhult", "line": "b", "value": 61.8, "n": 68, "unit": "%"}
    unit = {"role": "own", "name": "Ekhults centralskola", "value": value, "n": n, "unit": "%"}
    return beside_whole(placed(unit, whole))


def test_a_unit_that_holds_all_the_pupils_is_not_set_beside_them():
    assert judged(61.8, 68) is None
    assert judged(61.8, 34).heading == "Inom vanlig variation bredvid Ekhult"
    assert judged(63.2, 68).heading == "Inom vanlig variation bredvid Ekhult"
