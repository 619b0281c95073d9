"""The gate on whole tables: what is hidden with what, and that it never loosens."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from tests.factories.suppression import DAY, SCHEMA, Dice
from tests.sizes import size

from ska.values.cache import Frames
from ska.values.gate import frames, pass_gate
from ska.values.rules import Audience

LATER = DAY + timedelta(days=30)
UNITS = ("11111111", "22222222", "33333333", "44444444")
KEYS = ["period", "scope", "gender", "area_type", "area_code", "recorded_at", "is_beside"]
HIDDEN = "hidden_by_rule"


def row(value, n, *, gender="T", area=UNITS[0], **more):
    return {
        "measure": "Trygghet", "definition_version": 1, "period_type": "term", "period": "VT25",
        "scope": "all", "gender": gender, "area_type": "school_unit", "area_code": area,
        "organizer_number": None, "members": None, "unit": "%", "nature": "result",
        "smallest_group": None, "value": value, "n": n,
        "status": "value" if value is not None else "missing", "carried_from": None,
        "raw_value": str(value), "recorded_at": DAY, "superseded_at": None, "is_beside": False,
        "limit_inside": None, "limit_outside": None, **more,
    }  # fmt: skip


def whole(value, n, **more):
    return row(value, n, area="2120001234", area_type="organizer", **more)


def shown(*rows, audience=Audience.INSIDE):
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    told = pass_gate(frame, audience)
    return [one["value"] if one["value"] is not None else one["status"] for one in told.to_dicts()]


def test_one_gender_hides_the_other():
    rows = [row(80, 30), row(75, 4, gender="K"), row(80.8, 26, gender="M")]
    assert shown(*rows) == [80, HIDDEN, HIDDEN]


def test_one_unit_hides_the_next_smallest():
    rows = [row(50, 4), row(60, 40, area=UNITS[1]), row(70, 20, area=UNITS[2])]
    assert shown(*rows) == [HIDDEN, 60, HIDDEN]  # the total is known from elsewhere
    assert shown(*rows, whole(62.5, 64)) == [HIDDEN, 60, HIDDEN, 62.5]


def test_a_whole_that_tells_its_parts_is_hidden():
    rows = [row(0, 4), row(0, 40, area=UNITS[1]), whole(0, 44)]
    assert shown(*rows) == [HIDDEN, 0, HIDDEN]  # none of all: that is each of the four


def test_four_corners_hold_genders_and_units_together():
    sizes = {"K": (4, 20, 30), "M": (20, 22, 28)}
    rows = []
    for gender, counts in sizes.items():
        rows += [row(50, n, gender=gender, area=UNITS[i]) for i, n in enumerate(counts)]
        rows.append(whole(50, sum(counts), gender=gender))
    rows += [row(50, sizes["K"][i] + sizes["M"][i], area=UNITS[i]) for i in range(3)]
    rows.append(whole(50, 124))

    told = shown(*rows)

    hidden = {(one["area_code"], one["gender"]) for one, value in zip(rows, told, strict=True)
              if value == HIDDEN}  # fmt: skip
    assert hidden == {(unit, gender) for unit in UNITS[:2] for gender in "KM"}


def test_few_below_the_level_are_told_as_near_all_only_when_no_sum_tells_how_few():
    assert shown(row(96, 50)) == ["rounded_near_100"]
    alone = [row(97.5, 80), row(100, 30, gender="K"), row(96, 50, gender="M")]
    assert shown(*alone) == ["rounded_near_100", 100, "rounded_near_100"]
    told = [row(80, 80), row(53.3, 30, gender="K"), row(96, 50, gender="M")]
    assert shown(*told) == [80, HIDDEN, HIDDEN]


def test_published_totals_beside_are_known_whatever_we_hide():
    beside = whole(62.5, None, is_beside=True)
    rows = [row(50, 4), row(60, 40, area=UNITS[1]), row(70, 20, area=UNITS[2])]
    assert shown(*rows, beside) == [HIDDEN, 60, HIDDEN, 62.5]


def test_a_count_of_few_is_hidden_with_what_gives_it_away():
    rows = [
        row(3, 52, unit="anmälningar"),
        row(3, 52, unit="antal anmälningar"),
        row(30, 60, unit="antal anmälningar", area=UNITS[1]),
        row(40, 70, unit="antal anmälningar", area=UNITS[2]),
    ]
    assert shown(rows[0]) == [3]
    assert shown(*rows[1:]) == [HIDDEN, HIDDEN, 40]


def test_what_is_counted_is_a_group_of_its_own_for_each_audience():
    inside, outside = Audience
    one = {"unit": "antal elever", "smallest_group": 12}
    assert shown(row(7, 52, **one), audience=inside) == [7]
    assert shown(row(7, 52, **one), audience=outside) == [HIDDEN]  # below 10
    assert shown(row(11, 52, **one), audience=outside) == [HIDDEN]  # a unit, below the measure's 12
    assert shown(whole(11, 52, **one), audience=outside) == [11]
    assert shown(row(0, 52, **one), audience=outside) == [0]
    assert shown(row(7, 52, **one, limit_inside=8), audience=inside) == [HIDDEN]


def test_counts_that_give_a_count_away_are_hidden_outside_and_told_inside():
    about = {"unit": "antal elever"}
    rows = [row(7, 52, **about), row(30, 60, area=UNITS[1], **about),
            row(40, 70, area=UNITS[2], **about), whole(77, 182, **about)]  # fmt: skip
    assert shown(*rows) == [7, 30, 40, 77]
    assert shown(*rows, audience=Audience.OUTSIDE) == [HIDDEN, HIDDEN, 40, 77]


def test_a_missing_gender_that_can_be_worked_out_is_hidden_too():
    assert shown(row(80, 30), row(80.8, 26, gender="M")) != [80, 80.8]


def test_a_plain_gap_protects_nobody_and_is_told_as_what_it_is():
    rows = [row(50, 4), row(None, 30, area=UNITS[1]), row(70, 20, area=UNITS[2])]
    told = pass_gate(pl.DataFrame(rows, schema=SCHEMA, orient="row"), Audience.INSIDE)
    assert told["status"].to_list() == [HIDDEN, "missing", HIDDEN]
    assert told["n"].to_list() == [None, None, None]


def test_what_our_door_did_not_tell_hides_no_whole_and_no_earlier_version_tells_it():
    untold = [row(None, None, gender=one, status="not_told") for one in "KM"]
    assert shown(row(80, 30), *untold) == [80, "not_told", "not_told"]
    earlier = [row(50, 12, gender="K", superseded_at=LATER), row(60, 20, gender="M")]
    later = row(None, None, gender="K", status="not_told", recorded_at=LATER)
    assert shown(row(56.25, 32), *earlier, later)[1:] == [HIDDEN, HIDDEN, "not_told"]


def test_a_repeated_value_is_hidden_with_the_one_it_repeats():
    first = row(50, 4, period="VT24")
    again = row(50, 4, carried_from="VT24", superseded_at=None)
    assert shown(first, again) == [HIDDEN, HIDDEN]


def test_a_number_that_repeats_one_nobody_put_out_tells_it_all_the_same():
    again = {"period": "VT25", "carried_from": "VT24"}
    before = [row(80, 30, period="VT24"), row(80.8, 26, gender="M", period="VT24")]
    assert shown(*before, row(75, 4, gender="K", **again))[:2] != [80, 80.8]


def test_a_number_that_repeats_a_hidden_one_is_hidden_too():
    first = row(None, None, period="VT24", status="suppressed_small_group")
    assert shown(first, row(50, 52, carried_from="VT24"))[1] == HIDDEN


def test_those_whom_no_sheet_lists_are_as_many_then_as_now():
    """56 others then: so the whole of then tells the four, when now's tells the others."""
    then, now = {"superseded_at": LATER}, {"recorded_at": LATER}
    rows = [row(50, 4, **then), row(50, 30, **now), whole(50, 60, **then), whole(50, 86, **now)]
    assert shown(*rows)[1:] != [50, 50, 50]


def test_what_we_tell_beside_an_older_published_total_is_weighed_too():
    beside = {"n": None, "is_beside": True}
    rows = [
        whole(62.5, **beside), row(75, **beside), row(50, 4, area=UNITS[1]),
        row(70, 34, area="1497", area_type="municipality"),
    ]  # fmt: skip
    assert shown(*rows)[2:] == [HIDDEN, HIDDEN]


def test_what_is_hidden_now_is_hidden_as_known_then():
    before = row(50, 52, superseded_at=LATER)
    now = row(50, 4, recorded_at=LATER)
    assert shown(before, now) == [HIDDEN, HIDDEN]


def test_an_earlier_version_of_what_is_hidden_now_is_never_told():
    """Also of what is hidden only for the sake of another."""
    for seed in range(size(100, 1_000)):
        told = pass_gate(Dice(seed).table().frame, Audience.INSIDE).filter(~pl.col("is_beside"))
        now = told.filter(pl.col("superseded_at").is_null() & (pl.col("status") == HIDDEN))
        then = told.filter(pl.col("superseded_at").is_not_null() & pl.col("value").is_not_null())
        assert then.join(now, on=KEYS[:5]).is_empty(), seed


def test_what_could_be_worked_out_from_then_is_closed_too():
    rows = [
        row(50, 30),
        row(50, 16, gender="K", superseded_at=LATER),
        row(50, 14, gender="M", superseded_at=LATER),  # withdrawn, and the girls became few
        row(66.7, 3, gender="K", recorded_at=LATER),
    ]
    assert shown(*rows) == [50, HIDDEN, HIDDEN, HIDDEN]


def test_what_was_hidden_then_is_not_told_by_what_is_shown_now():
    rows = [
        row(50, 4, superseded_at=LATER), row(50, 6, recorded_at=LATER),
        row(60, 40, area=UNITS[1]), row(70, 20, area=UNITS[2]),
        whole(62.5, 64, superseded_at=LATER), whole(62.1, 66, recorded_at=LATER),
    ]  # fmt: skip
    told = shown(*rows)
    assert told[0] == HIDDEN
    assert HIDDEN in (told[2], told[3], told[4])


def test_a_new_unit_does_not_take_over_so_that_the_old_partner_is_told():
    rows = [row(50, 4), row(60, 40, area=UNITS[1]), row(70, 20, area=UNITS[2])]
    late = row(50, 6, area=UNITS[3], recorded_at=LATER)
    assert shown(*rows)[2] == HIDDEN
    assert shown(*rows, late)[2] == HIDDEN


def told_keys(frame, audience):
    told = pass_gate(frame, audience)
    return {
        tuple(one[key] for key in KEYS)
        for one in told.to_dicts()
        if one["value"] is not None and not one["is_beside"]
    }


@pytest.mark.parametrize("part", range(4))
def test_it_never_loosens(part):
    for seed in range(part, size(80, 2_000), 4):
        frame = Dice(seed).table().frame
        base = frame.with_columns(limit_inside=pl.lit(None, pl.Int64))
        inside, outside = (told_keys(base, audience) for audience in Audience)
        raised = told_keys(base.with_columns(limit_inside=pl.lit(9, pl.Int64)), Audience.INSIDE)
        assert outside <= inside, seed
        assert raised <= inside, seed


@pytest.mark.parametrize("part", range(4))
def test_what_was_hidden_stays_hidden_when_cells_are_added(part):
    for seed in range(part, size(80, 2_000), 4):
        frame = (
            Dice(seed)
            .table()
            .frame.with_columns(superseded_at=pl.lit(None, SCHEMA["superseded_at"]))
        )
        first = frame.filter(pl.col("recorded_at") == DAY)
        added = frame.filter(pl.col("recorded_at") != DAY).join(first, on=KEYS[:5], how="anti")
        before = told_keys(first, Audience.INSIDE)
        after = told_keys(pl.concat([first, added]), Audience.INSIDE)
        assert {key for key in after if key[5] == DAY} <= before, seed


def test_the_order_of_the_rows_means_nothing():
    for seed in range(20):
        frame = Dice(seed).table().frame
        shuffled = frame.sample(fraction=1, shuffle=True, seed=seed)
        assert told_keys(frame, Audience.INSIDE) == told_keys(shuffled, Audience.INSIDE)


def test_no_sum_crosses_measures_so_each_is_judged_alone():
    for seed in range(size(30, 300)):
        one, other = (Dice(seed + start).table().frame for start in (0, 1_000))
        other = other.with_columns(measure=pl.lit("Ett annat mått"))
        audience = list(Audience)[seed % 2]
        together = pass_gate(pl.concat([one, other]), audience)

        apart = pl.concat([pass_gate(one, audience), pass_gate(other, audience)])
        assert together.equals(apart), seed


def test_the_same_rows_are_judged_once_and_any_other_anew(monkeypatch):
    judged = []
    monkeypatch.setattr(frames, "_decided", Frames())
    monkeypatch.setattr(frames, "hidden_cells", lambda *asked: judged.append(asked) or set())
    rows = [row(80, 30), row(75, 4, gender="K"), row(80.8, 26, gender="M")]

    for some in (rows, rows[::-1], rows, [*rows[:2], row(80.8, 27, gender="M")], rows):
        shown(*some)
    shown(*rows, audience=Audience.OUTSIDE)

    assert len(judged) == 3
