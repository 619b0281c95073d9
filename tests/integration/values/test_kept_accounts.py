"""What imports kept before their account had its present form is carried over."""

import importlib.util
from pathlib import Path

import orjson
from sqlalchemy import text
from tests.factories.values import OwnImportFactory

from ska.values.reports import FileReport

PATH = Path("src/ska/db/migrations/versions/0011_accounts.py")
OLD = {
    "file": "egna.csv", "source": "local", "kind": "table", "title": "Egna värden", "rows": 2,
    "cells": 2, "by_status": {"value": 1}, "rejected": 1, "new": 1, "unchanged": 0, "revised": 0,
    "rejections": [{"row": 3, "column": "värde", "raw": "x", "reason": "inte ett tal"}],
    "warnings": ["Alla värden är 0."], "refused": None, "import_id": None,
}  # fmt: skip


def migration():
    spec = importlib.util.spec_from_file_location("accounts", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_older_account_reads_as_a_new_one_and_back(db):
    OwnImportFactory(report=OLD)
    steps = migration()
    with db.owner.begin() as connection:
        connection.execute(text(steps.FORWARD.format(table="own_import")))
        kept = connection.scalar(text("SELECT report FROM own_import"))
        connection.execute(text(steps.BACK.format(table="own_import")))
        back = connection.scalar(text("SELECT report FROM own_import"))

    report = FileReport(**kept)
    assert (report.rejected_cells, report.rejected) == (1, OLD["rejections"])
    assert report.warnings == [{"code": "noted", "text": "Alla värden är 0.", "measure": None}]
    assert orjson.dumps(back, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
        OLD, option=orjson.OPT_SORT_KEYS
    )
