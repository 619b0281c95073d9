"""The language of formulas: units that fit, populations that fit, and what is told in words."""

import pytest
from pydantic import ValidationError

from ska.derived.catalogue import shipped
from ska.derived.definitions import Derived

PEOPLE = {
    "source": "local",
    "called": "behöriga",
    "measure": "Behöriga",
    "unit": "lärare",
    "population": "lärare i oktober",
}
SHARE = {
    "id": "beraknat-behoriga",
    "name": "Behöriga lärare",
    "school_type": "compulsory_school",
    "since": "2026-11-26",
    "unit": "%",
    "better": "higher",
    "formula": {"kind": "share", "part": "behoriga", "whole": "alla"},
    "inputs": {"behoriga": PEOPLE, "alla": {**PEOPLE, "called": "alla", "measure": "Lärare"}},
    "reading": "Av 100 lärare var så många behöriga.",
    "caution": "Få lärare.",
    "cannot_say": "Hur de undervisar.",
    "method_source": "Vår.",
}


def _with(**changes):
    return Derived.model_validate({**SHARE, **changes})


def _input(**changes):
    return {**SHARE["inputs"], "alla": {**PEOPLE, "measure": "Lärare", **changes}}


def test_a_share_of_one_unit_is_in_per_cent():
    assert _with().formula.unit({"behoriga": "lärare", "alla": "lärare"}) == "%"


def test_unlike_units_are_refused_with_both_named():
    with pytest.raises(ValidationError, match=r"behoriga \(lärare\), alla \(elever\)"):
        _with(inputs=_input(unit="elever"))


def test_a_file_that_names_another_unit_than_the_formula_gives_is_refused():
    with pytest.raises(ValidationError, match="formeln ger enheten %"):
        _with(unit="lärare")


@pytest.mark.parametrize(
    "unlike",
    [{"population": "elever"}, {"threshold": "20 %"}, {"test_mode": "prov på papper"}],
    ids=lambda one: next(iter(one)),
)
def test_unlike_populations_thresholds_or_test_modes_are_not_joined(unlike):
    with pytest.raises(ValidationError, match="population, tröskel eller provform"):
        _with(inputs=_input(**unlike))


def test_crossing_on_purpose_says_why():
    crossed = {"inputs": _input(population="elever"), "across": ["population"]}

    with pytest.raises(ValidationError, match="across och across_reason"):
        _with(**crossed)
    assert _with(**crossed, across_reason="Det är jämförelsen.").across == ("population",)


def test_a_formula_and_its_inputs_name_the_same_measures():
    with pytest.raises(ValidationError, match="nämna samma mått"):
        _with(inputs={"behoriga": PEOPLE})


def test_shares_differ_by_percentage_points():
    halves = {name: {**PEOPLE, "unit": "%"} for name in ("nu", "da")}
    measure = _with(
        unit="procentenheter",
        formula={"kind": "difference", "first": "nu", "minus": "da"},
        inputs=halves,
    )

    assert measure.method == "Behöriga minus behöriga."


def test_a_ratio_spells_its_unit_from_both():
    measure = _with(
        unit="lärare per 100 elever",
        formula={"kind": "ratio", "number": "behoriga", "per": "alla", "times": 100},
        inputs=_input(unit="elever", called="antalet elever"),
    )

    assert measure.method == "Behöriga delat med antalet elever, gånger 100."


@pytest.mark.parametrize("measure", shipped(), ids=lambda one: one.id)
def test_every_shipped_measure_says_what_it_is_and_is_not(measure):
    assert measure.method.endswith(".")
    assert all(
        text.endswith(".") for text in (measure.reading, measure.caution, measure.cannot_say)
    )
    assert "vår" in measure.method_source
