"""One word a concept: the code, the tables and the addresses use the vocabulary's."""

from pathlib import Path

import pytest
import yaml
from tests.house.test_routes import APP

from ska import tables
from ska.db.base import Model

LINES = yaml.safe_load(
    (Path(__file__).parents[2] / "docs" / "vocabulary.yaml").read_text(encoding="utf-8")
)
CLASSES = {mapper.class_.__name__: mapper.local_table.name for mapper in Model.registry.mappers}
PARTS = {part for route in APP.routes for part in route.path.split("/")}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["code"])
def test_a_concept_has_one_word_everywhere(line):
    assert tables.metadata is not None
    assert CLASSES[line["code"]] == line["table"]
    assert "address" not in line or line["address"] in PARTS


def test_each_word_is_used_once():
    for key in ("code", "swedish", "table"):
        words = [line[key] for line in LINES]
        assert len(set(words)) == len(words)
