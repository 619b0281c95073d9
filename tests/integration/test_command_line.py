"""What a command cannot do, it says in a sentence, with exit code 2 and no trace of ours."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from ska.db import migrate
from ska.db.migrate import WrongDatabase

ROOT = Path(__file__).parents[2]
NOBODY = "postgresql://ska_app:hemligt@127.0.0.1:1/ska"
OWNER = {"SKA_DATABASE_URL": NOBODY, "SKA_OWNER_DATABASE_URL": NOBODY}


def told(*words, **settings):
    """Return what a command says when it can do nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "ska.cli", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "hemligt" not in done.stderr + done.stdout
    return done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "--port", "18998"),
        ("db", "upgrade"),
        ("load", "framework"),
        ("remind", "--on", "2026-08-24"),
        ("person", "invite", "--email", "kim@example.se"),
    ],
    ids=" ".join,
)
def test_without_a_database_a_command_says_so(words):
    assert "Databasen svarar inte" in told(*words, **OWNER)


@pytest.mark.parametrize("url", ["skräp", "mysql://ska:hemligt@dator/ska", "postgresql://x:y/z"])
def test_an_address_that_is_none_is_told_without_its_password(url):
    assert "SKA_DATABASE_URL är ingen adress" in told("remind", SKA_DATABASE_URL=url)


@pytest.mark.parametrize("port", ["0", "abc"])
def test_a_setting_that_cannot_be_used_is_named(port):
    assert "SKA_PORT har ett värde" in told("serve", SKA_PORT=port)


def test_a_folder_that_cannot_be_used_is_named(tmp_path):
    file = tmp_path / "fil"
    file.write_text("")

    assert f"ingen plats i {file}" in told("db", "upgrade", SKA_DATA_DIR=str(file))


def test_a_database_that_a_newer_version_made_is_left_alone(db):
    with db.as_owner() as session:
        stood = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = '9999_senare'"))
    try:
        with pytest.raises(WrongDatabase, match="9999_senare"):
            migrate.upgrade(db.owner)
        light = db.browse().send("GET", "/halsa/redo").json()
    finally:
        with db.as_owner() as session:
            session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": stood})

    assert light["migrations"] == "kör den nyare versionen"
