"""Editions as data: what is refused, how a mistake is told, and when content counts as changed."""

import json
import shutil

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ska.framework.definitions import (
    BrokenEdition,
    Indicator,
    SubGoal,
    json_schemas,
    read_edition,
    read_editions,
)
from ska.settings import bundled

INDICATORS = bundled("indicators")


@pytest.fixture
def folder(tmp_path):
    """Give a copy of the national edition to break."""
    return shutil.copytree(INDICATORS / "nks-2023", tmp_path / "nks-2023")


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(folder):
    with pytest.raises(BrokenEdition) as caught:
        read_edition(folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_misspelt_field_is_told_with_file_line_and_field(folder):
    change(folder / "indicators/gr-ma-ak9.yaml", "caution:", "cauton:")

    line = _line_that_starts(folder / "indicators/gr-ma-ak9.yaml", "cauton:")

    assert mistakes(folder) == [
        "nks-2023/indicators/gr-ma-ak9.yaml, rad 2: caution: fältet saknas",
        f"nks-2023/indicators/gr-ma-ak9.yaml, rad {line}: cauton: "
        "fältet finns inte i mallen, är det felstavat?",
    ]


def test_every_mistake_is_told_at_once(folder):
    change(folder / "indicators/gr-ma-ak9.yaml", "better: higher", "better: upp")
    change(folder / "indicators/gr-ma-ak6.yaml", "smallest_group: 10", "smallest_group: 2")

    told = mistakes(folder)

    assert len(told) == 2
    assert "better: ska vara något av 'higher', 'lower' eller 'neutral'" in told[1]
    assert "smallest_group: ska vara minst 3" in told[0]


def test_a_nested_mistake_has_the_line_of_the_innermost_field(folder):
    path = folder / "indicators/gr-ma-ak9.yaml"
    change(path, "kpi: N15497", "kpi: 15497x")
    line = _line_that_starts(path, "  - kpi: 15497x")

    assert f"rad {line}: kolada_links.0.kpi: har fel form" in mistakes(folder)[0]


def test_a_key_written_twice_is_refused(folder):
    change(folder / "indicators/gr-ma-ak9.yaml", "role: goal\n", "role: goal\nrole: condition\n")

    assert "nyckeln role står två gånger" in mistakes(folder)[0]


def test_yaml_that_does_not_hold_together_is_told_with_its_line(folder):
    change(folder / "indicators/gr-ma-ak9.yaml", "sub_goals: [gr-6]", "sub_goals: [gr-6")

    assert "gr-ma-ak9.yaml, rad" in mistakes(folder)[0]
    assert "filen är inte giltig YAML" in mistakes(folder)[0]


def test_the_id_is_the_name_of_the_file(folder):
    (folder / "indicators/gr-ma-ak9.yaml").rename(folder / "indicators/gr-matte.yaml")

    assert mistakes(folder) == [
        "nks-2023/indicators/gr-matte.yaml, rad 1: id: gr-ma-ak9 ska vara filens namn, gr-matte"
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("sub_goals: [gr-6]", "sub_goals: [gr-7]", "gr-ma-ak9.sub_goals: gr-7 finns inte"),
        ("sources: [gh-skolvalet", "sources: [hittepa", "gr-ma-ak9.sources: hittepa finns inte"),
        ("betyget E i ämnet matematik i årskurs 9", "betyget E i ämnet matematik i årskurs 6",
         "hör till två indikatorer"),
    ],
)  # fmt: skip
def test_what_points_at_nothing_or_is_said_twice_is_refused(folder, old, new, told):
    path = folder / "indicators/gr-ma-ak9.yaml"
    text = " ".join(path.read_text(encoding="utf-8").split("\n  9'"))
    path.write_text(text, encoding="utf-8")
    if "årskurs" in old:
        label = yaml.safe_load((folder / "indicators/gr-ma-ak6.yaml").read_text())[
            "published_label"
        ]
        data = yaml.safe_load((INDICATORS / "nks-2023/indicators/gr-ma-ak9.yaml").read_text())
        path.write_text(yaml.safe_dump({**data, "published_label": label}, allow_unicode=True))
    else:
        change(path, old, new)

    assert any(told in line for line in mistakes(folder))


def test_an_edition_stands_in_the_folder_of_its_name(folder, tmp_path):
    other = folder.rename(tmp_path / "nks-2027")

    assert "utgåvan heter nks-2023, mappen nks-2027" in mistakes(other)[0]


def test_a_folder_without_a_main_file_is_told_what_is_missing(tmp_path):
    assert "framework.yaml" in mistakes(tmp_path)[0]


@pytest.mark.parametrize(
    "change_to",
    [
        {"text": "En mening.", "text_status": "not_seen"},
        {"text": None, "text_status": "seen"},
        {"fragment": "ett stycke", "text_status": "not_seen"},
    ],
)
def test_the_status_of_a_wording_cannot_lie(change_to):
    data = _sub_goal()

    with pytest.raises(ValidationError, match=r"säger olika saker|hör ihop"):
        SubGoal.model_validate({**data, **change_to})


@pytest.mark.parametrize(
    ("change_to", "told"),
    [
        ({"sub_goals": []}, "minst ett delmål"),
        ({"of": None}, "vad som räknas"),
        ({"smallest_group": None}, "bara vara tom för kostnader"),
        ({"role": "condition"}, "inga delmål"),
    ],
)
def test_an_indicator_must_hold_together(change_to, told):
    with pytest.raises(ValidationError, match=told):
        Indicator.model_validate({**_indicator(), **change_to})


def test_comments_order_and_layout_do_not_change_the_fingerprint(folder):
    path = folder / "indicators/gr-ma-ak9.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    before = read_edition(folder).digest

    turned = dict(reversed(data.items()))
    path.write_text("# skrivet om\n" + yaml.safe_dump(turned, sort_keys=False), encoding="utf-8")

    assert read_edition(folder).digest == before


def test_what_a_file_leaves_out_may_be_written_without_changing_the_fingerprint(folder):
    before = read_edition(folder).digest

    change(folder / "framework.yaml", "    text: null\n", "    text: null\n    note: null\n")
    change(folder / "indicators/gr-ma-ak9.yaml", "role: goal\n", "role: goal\ncategory: null\n")

    assert read_edition(folder).digest == before


def test_releasing_or_superseding_an_edition_does_not_change_its_fingerprint(folder):
    before = read_edition(folder).digest

    change(folder / "framework.yaml", "status: current", "status: superseded")
    text = (folder / "framework.yaml").read_text(encoding="utf-8")
    released = [line for line in text.splitlines() if line.startswith("  released:")]
    change(folder / "framework.yaml", released[0], "  released: '2030-01-01'")

    assert read_edition(folder).digest == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("indicators/gr-ma-ak9.yaml", "smallest_group: 10", "smallest_group: 11"),
        ("candidates/preschool.yaml", "unit: antal per grupp", "unit: barn per grupp"),
        ("framework.yaml", "heading: Målsättningen för", "heading: Målet för"),
        ("mapping-from-2022.yaml", "items: []",
         "items: [{from: gr-1, to: [gr-1], relation: same, reason: Läst.}]"),
    ],
)  # fmt: skip
def test_any_change_of_content_changes_the_fingerprint(folder, file, old, new):
    before = read_edition(folder).digest

    change(folder / file, old, new)

    assert read_edition(folder).digest != before


@pytest.mark.parametrize("name", json_schemas())
def test_the_schemas_are_valid_and_the_files_follow_them(name):
    schema = json.loads(json_schemas()[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    paths = [p for p in INDICATORS.rglob("*.yaml") if name in p.read_text().splitlines()[0]]

    assert paths
    for path in paths:
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)


@settings(max_examples=60, deadline=None)
@given(field=st.sampled_from(sorted(Indicator.model_fields)), junk=st.sampled_from(
    [None, "", [], {}, -1, 10**9, "\x00", "å" * 5000, ["x"], {"x": "y"}, True]))  # fmt: skip
def test_junk_in_any_field_is_a_mistake_or_a_whole_indicator_never_a_crash(field, junk):
    try:
        whole = Indicator.model_validate({**_indicator(), field: junk})
    except ValidationError:
        return
    assert Indicator.model_validate(whole.model_dump()) == whole


def test_editions_come_in_the_order_of_their_ids():
    ids = [edition.head.id for edition in read_editions(INDICATORS)]

    assert ids == sorted(ids)


def _indicator():
    path = INDICATORS / "nks-2023/indicators/gr-ma-ak9.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _sub_goal():
    path = INDICATORS / "nks-2023/framework.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["sub_goals"][0]


def _line_that_starts(path, start):
    lines = path.read_text(encoding="utf-8").splitlines()
    return 1 + next(number for number, line in enumerate(lines) if line.startswith(start))
