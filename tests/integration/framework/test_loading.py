"""Editions in the database: twice is once, a released one is closed, what people wrote stays."""

import json
import shutil
from datetime import date

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session
from tests.factories.base import current
from tests.factories.framework import LocalTieFactory, WordingFactory, load_shipped
from tests.factories.organizers import OrganizerFactory

from ska import cli
from ska.cli import common, loading
from ska.errors import Conflict
from ska.framework.definitions import read_edition
from ska.framework.models import FrameworkEdition, FrameworkItem, FrameworkLink
from ska.framework.services import load_edition, load_framework
from ska.settings import Settings, bundled

DAY, LATER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture
def folder(tmp_path):
    """Give a copy of the national edition to change."""
    return shutil.copytree(bundled("indicators") / "nks-2023", tmp_path / "nks-2023")


@pytest.fixture
def owner(session):
    """Give the session as the database's owner, as the command has it."""
    with current.as_owner() as owner:
        yield owner


def change(path, old, new):
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def release(folder, day):
    head = (folder / "framework.yaml").read_text(encoding="utf-8").splitlines()
    before = next(line for line in head if line.startswith("  released:"))
    change(folder / "framework.yaml", before, f"  released: {day}")


def test_every_edition_is_loaded_and_again_changes_nothing(owner):
    first = load_framework(owner, root=bundled("indicators"), today=DAY)
    again = load_framework(owner, root=bundled("indicators"), today=LATER)

    assert [one.edition for one in first] == ["curriculum-areas", "nks-2023", "skollagen-4", "skr"]
    nks = first[1]
    assert nks.by_kind["indicator"] == 25
    assert nks.by_kind["condition"] == 24
    assert nks.by_kind["candidate"] == 52
    assert nks.new == nks.items
    assert all((one.new, one.revised, one.retired) == (0, 0, 0) for one in again)
    assert [one.unchanged for one in again] == [one.items for one in first]
    assert owner.scalar(select(func.count()).select_from(FrameworkLink)) == 25


def test_loading_again_touches_no_row(owner):
    load_framework(owner, root=bundled("indicators"), today=DAY)
    query = text("SELECT sum(xmin::text::bigint), count(*) FROM framework_item")
    before = owner.execute(query).one()

    load_framework(owner, root=bundled("indicators"), today=LATER)

    assert owner.execute(query).one() == before


def test_an_unreleased_edition_may_change(owner, folder):
    release(folder, "null")
    load_edition(owner, read_edition(folder), today=DAY)
    change(folder / "indicators/gr-ma-ak9.yaml", "smallest_group: 10", "smallest_group: 15")

    loaded = load_edition(owner, read_edition(folder), today=LATER)

    assert (loaded.revised, loaded.new, loaded.retired) == (1, 0, 0)
    item = owner.get(FrameworkItem, "nks-2023/gr-ma-ak9")
    assert item.details["smallest_group"] == 15


def test_what_is_gone_is_retired_and_may_come_back(owner, folder):
    release(folder, "null")
    load_edition(owner, read_edition(folder), today=DAY)
    gone = folder / "candidates/special-school.yaml"
    kept = gone.read_text(encoding="utf-8")
    gone.unlink()

    loaded = load_edition(owner, read_edition(folder), today=LATER)

    assert loaded.retired == 1
    item = owner.get(FrameworkItem, "nks-2023/kandidat-spe-specped")
    assert item.retired_on == LATER
    gone.write_text(kept, encoding="utf-8")
    assert load_edition(owner, read_edition(folder), today=LATER).revised == 1
    assert item.retired_on is None


def test_a_released_edition_that_was_altered_is_refused_and_nothing_is_changed(owner, folder):
    release(folder, "'2026-08-01'")
    load_edition(owner, read_edition(folder), today=DAY)
    change(folder / "indicators/gr-ma-ak9.yaml", "smallest_group: 10", "smallest_group: 15")

    with pytest.raises(Conflict, match="nks-2023 släpptes 2026-08-01 och får inte ändras"):
        load_edition(owner, read_edition(folder), today=LATER)

    assert owner.get(FrameworkItem, "nks-2023/gr-ma-ak9").details["smallest_group"] == 10


@pytest.mark.parametrize("day", ["null", "'2026-08-02'"])
def test_a_release_is_not_taken_back_or_moved(owner, folder, day):
    release(folder, "'2026-08-01'")
    load_edition(owner, read_edition(folder), today=DAY)
    release(folder, day)

    with pytest.raises(Conflict, match="släpptes"):
        load_edition(owner, read_edition(folder), today=LATER)


def test_a_released_edition_may_be_superseded(owner, folder):
    release(folder, "'2026-08-01'")
    load_edition(owner, read_edition(folder), today=DAY)
    change(folder / "framework.yaml", "status: current", "status: superseded")

    loaded = load_edition(owner, read_edition(folder), today=LATER)

    assert loaded.unchanged == loaded.items
    assert owner.get(FrameworkEdition, "nks-2023").status == "superseded"


def test_what_people_wrote_is_never_touched(session, folder):
    load_shipped()
    ekhult = OrganizerFactory()
    WordingFactory(organizer=ekhult)
    LocalTieFactory(goal__organizer=ekhult)
    kinds = ("framework_wording", "local_goal", "local_tie")

    with current.as_owner() as owner:
        before = [owner.execute(text(f"SELECT * FROM {kind}")).all() for kind in kinds]
        load_framework(owner, root=bundled("indicators"), today=LATER)
        after = [owner.execute(text(f"SELECT * FROM {kind}")).all() for kind in kinds]

    assert before == after
    assert all(before)


@pytest.mark.parametrize("table", ["framework_edition", "framework_item", "framework_link"])
def test_the_application_can_only_read_the_catalogue(session, table):
    session.execute(text(f"SELECT count(*) FROM {table}"))

    with pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(text(f"DELETE FROM {table}"))


@pytest.fixture
def command(server, monkeypatch):
    """Give a function that runs a `ska` command on a database of this test's own."""
    from tests.conftest import TEMPLATE
    from tests.places import drop_database

    from ska.core.ids import new_id
    from ska.db import embedded

    name = f"ska_cli_{new_id().hex[-8:]}"
    url = embedded.ensure_database(server, name, template=TEMPLATE)
    app = embedded.address(server, user="ska_app", database=name)
    monkeypatch.setattr(
        common, "read_settings", lambda: Settings(database_url=app, owner_database_url=url)
    )

    def run(capsys, *words):
        monkeypatch.setattr("sys.argv", ["ska", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return left.value.code or 0, capsys.readouterr()

    run.url = url
    yield run
    drop_database(server, name)


def test_the_command_prints_one_json_value_a_program_can_read(command, capsys):
    code, first = command(capsys, "load", "framework", "--json")
    _, again = command(capsys, "load", "framework", "--json")

    report = {one["file"]: one for one in json.loads(first.out)}
    assert code == 0
    assert report["indicators/nks-2023"]["by_status"]["indicator"] == 25
    assert report["indicators/nks-2023"]["new"] == report["indicators/nks-2023"]["rows"]
    assert {one["new"] + one["revised"] for one in json.loads(again.out)} == {0}


def test_the_command_refuses_an_altered_edition_with_exit_code_2(
    command, capsys, tmp_path, monkeypatch
):
    root = shutil.copytree(bundled("indicators"), tmp_path / "indicators")
    monkeypatch.setattr(loading, "bundled", lambda name: root)
    release(root / "nks-2023", "'2026-08-01'")
    command(capsys, "load", "framework")
    change(root / "nks-2023/indicators/gr-ma-ak9.yaml", "smallest_group: 10", "smallest_group: 9")

    code, told = command(capsys, "load", "framework")

    assert code == 2
    assert "får inte ändras" in told.err
    engine = create_engine(command.url)
    with Session(engine) as session:
        assert session.get(FrameworkItem, "nks-2023/gr-ma-ak9").details["smallest_group"] == 10
    engine.dispose()


def test_a_broken_file_is_told_with_its_line_and_nothing_is_loaded(
    command, capsys, tmp_path, monkeypatch
):
    root = shutil.copytree(bundled("indicators"), tmp_path / "indicators")
    monkeypatch.setattr(loading, "bundled", lambda name: root)
    change(root / "nks-2023/indicators/gr-ma-ak9.yaml", "caution:", "cauton:")

    code, told = command(capsys, "load", "framework", "--json")

    assert code == 2
    assert "gr-ma-ak9.yaml, rad" in told.err
    assert told.out == ""
    engine = create_engine(command.url)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(FrameworkItem)) == 0
    engine.dispose()
