"""A mutated file is loaded with every kept cell accounted for, or leaves nothing at all."""

import random

import pytest
from sqlalchemy import text
from tests.sizes import size
from tests.unit.values.test_fuzzed_files import MUTATIONS, OURS, SEED

from ska.values.services import load_files

pytestmark = pytest.mark.prove
TABLES = ("value", "series", "measure", "area", "value_import")


def counts(connection):
    return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in TABLES}


def test_no_mutated_file_is_loaded_in_part(db, tmp_path):
    rng = random.Random(SEED + 1)
    for number in range(size(40, 500)):
        path = tmp_path / f"{number}.fil"
        path.write_bytes(rng.choice(MUTATIONS)(rng.choice(OURS), rng))
        with db.owner.begin() as connection:
            before = counts(connection)
            (report,) = load_files(connection, [path])
            after = counts(connection)

        if report.refused:
            assert before == after, report.refused
        assert after["value"] - before["value"] == report.new + report.revised, number
        assert report.cells == sum(report.by_status.values()) + len(report.rejected)
