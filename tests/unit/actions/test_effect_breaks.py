"""Across a break no insats is judged: what comes after it is another series."""

from tests.unit.actions.test_effect_ground import CELLS, GROUND, HERE, NEXT, with_next

from ska.actions.effects.ground import BROKEN, Now, read_outcome
from ska.actions.effects.lines import beside, line_of, zeros_of
from ska.statistics import EffectVerdict, Outcome


def read(cells, breaks=()):
    line = line_of(cells, HERE)
    now = Now(beside(cells, line.key), [*breaks, *zeros_of(cells, line.key)])
    return read_outcome(GROUND, line, now, NEXT, Outcome())


def test_a_break_between_what_was_and_what_came_judges_nothing():
    numbers = {f"{at:02d}": 60.0 for at in range(60)} | {"30": 99.0}
    later = with_next(CELLS, numbers)

    assert read(later, breaks=["2025/26"]).effect.verdict is not EffectVerdict.CANNOT_TELL
    for breaks in ([NEXT], ["2030", NEXT]):
        told = read(later, breaks=breaks)
        assert (told.effect.verdict, told.effect.reason) == (EffectVerdict.CANNOT_TELL, BROKEN)
        assert told.holds


def test_where_all_places_turn_to_zero_no_insats_is_judged():
    told = read(with_next(CELLS, {f"{at:02d}": 0.0 for at in range(60)}))
    alone = read(with_next(CELLS, {f"{at:02d}": 60.0 for at in range(60)} | {"30": 0.0}))

    assert (told.effect.verdict, told.effect.reason) == (EffectVerdict.CANNOT_TELL, BROKEN)
    assert alone.effect.verdict is not EffectVerdict.CANNOT_TELL
