"""Goals over HTTP: Datasette's bare rows in 1/5 cold, 1/20 cached; a list at 0.4 of bare Jinja.

Ours is the product's own server, signed in, with its locks and its gate. Datasette serves an SQLite
file that holds no more than what is asked of it, opened for reading only (`-i`). Both are asked in
turns by one client that keeps its connection. Cold is a measure, or a year, that the process has
not been asked for yet; cached is the same once more. The list is that of 200 insatser; the
bare page has the same rows and columns and nothing else: no database, no person, no layout.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import httpx
from bench import millions, pages
from bench.databases import Databases
from bench.drawing import measure_drawing
from bench.servers import ours, peer, served
from sqlalchemy import select, text
from tests.factories.base import current
from tests.factories.chain import ActionFactory
from tests.places import Clone

from ska.accounts.models import Person
from ska.db.migrate import APP
from ska.db.session import make_engine
from ska.organizers.models import Organizer
from ska.overview.queries.peers import in_county_of

COLD, CACHED, RATE = 1 / 5, 1 / 20, 0.4
MUNICIPALITY = "1780"  # fifteen others share its county
ROWS, TURNS = 200, 8
LINES = "/api/v1/organizers/ekhult/measures/{}/lines"
MANY = "/api/v1/organizers/ekhult/comparison/measures?among=lan&period={}"
_OF_MEASURE = "SELECT area, period, value FROM value WHERE measure_id = {}"
_OF_GROUP = "SELECT measure_id, area, value FROM value WHERE area IN (codes) AND period = '{}'"
_BARE = """
SELECT s.measure_id, a.code, v.period, v.value FROM value v
JOIN series s ON s.id = v.series_id JOIN area a ON a.id = v.area_id
WHERE v.superseded_at IS NULL AND (s.measure_id <= :measures OR a.code = ANY(:codes))
"""


def measure(databases: Databases) -> Iterator[dict[str, Any]]:
    """Return the ratios of values, of a list and of lines drawn in a browser."""
    place = _place(databases)
    codes = [one.code for one in in_county_of(MUNICIPALITY)[1]]
    assert len(codes) == 15
    with tempfile.TemporaryDirectory(prefix="ska-bench-") as folder, ExitStack() as stack:
        bare = Path(folder) / "bare.db"
        _copy(place, bare, codes)
        options = ("--setting", "max_returned_rows", "10000", "--port", "{port}")
        datasette = stack.enter_context(
            served(peer("datasette", "serve", "-i", str(bare), *options))
        )
        rows = stack.enter_context(served(peer("python", "bench/peers/jinja_rows.py", "{port}")))
        address = stack.enter_context(served(*ours(place, "bench.drawing:create")))
        cookies = {"ska": place.sign_in(_kim(place))}
        us = stack.enter_context(httpx.Client(base_url=address, cookies=cookies, timeout=60))
        them = stack.enter_context(httpx.Client(timeout=60))
        yield from _values(us, them, f"{datasette}/bare.json?_shape=arrays&sql=", codes)
        yield _rate(us, them, rows)
        yield from measure_drawing(address, cookies)
    place.close()


def _values(
    us: httpx.Client, them: httpx.Client, bare: str, codes: list[str]
) -> Iterator[dict[str, Any]]:
    numbers, years = range(1, TURNS + 1), [str(millions.LATEST - at) for at in range(TURNS)]
    some = ", ".join(f"'{code}'" for code in codes)
    asked = [
        ("a_measure_of_all_municipalities", LINES, _OF_MEASURE, numbers),
        ("a_peer_group_15_300", MANY, _OF_GROUP.replace("(codes)", f"({some})"), years),
    ]
    for name, path, query, each in asked:
        cold, cached, theirs = [], [], []
        for one in each:
            cold.append(_time(us, path.format(one)))
            cached.append(min(_time(us, path.format(one)) for _ in range(3)))
            theirs.append(min(_time(them, bare + quote(query.format(one))) for _ in range(3)))
        for kind, times, goal in (("cold", cold, COLD), ("cached", cached, CACHED)):
            yield _line(f"{name}_over_http_{kind}_against_datasette", times, theirs, goal)


def _rate(us: httpx.Client, them: httpx.Client, bare: str) -> dict[str, Any]:
    turns = [(_time(us, "/ekhult/insatser"), _time(them, bare)) for _ in range(4 * TURNS)]
    mine, theirs = zip(*turns, strict=True)
    line = _line("list_of_200_rows_against_bare_jinja", mine, theirs, 1 / RATE)
    return line | {"rate": round(1 / line["ratio"], 2), "goal_rate": RATE}


def _line(name: str, times: Any, theirs: Any, goal: float) -> dict[str, Any]:
    mine, reference = statistics.median(times), statistics.median(theirs)
    return {
        "name": name,
        "ours": round(mine, 4),
        "reference": round(reference, 4),
        "ratio": round(mine / reference, 3),
        "goal": goal,
    }


def _time(client: httpx.Client, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    taken = time.perf_counter() - started
    assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[:200]}"
    return taken


def _place(databases: Databases) -> Clone:
    engine = databases.new("http", template=databases.millions(databases.scale))
    app = make_engine(engine.url.set(username=APP, password=None).render_as_string(False))
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    pages.fill(engine, app, now)
    place = Clone(engine, app)
    place.clock.now = now
    with place.as_owner() as session:
        ekhult = session.scalars(select(Organizer).where(Organizer.slug == "ekhult")).one()
        ekhult.municipality_code = MUNICIPALITY
    with current.using(place.as_owner):
        ActionFactory.create_batch(ROWS, organizer=ekhult)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return place


def _kim(place: Clone) -> Person:
    with place.as_owner() as session:
        return session.scalars(select(Person).where(Person.email == "kim@ekhult.example")).one()


def _copy(place: Clone, path: Path, codes: list[str]) -> None:
    """Store the values that will be asked for in a file of their own, with all the indexes."""
    with place.owner.connect() as connection:
        rows = connection.execute(text(_BARE), {"measures": TURNS, "codes": codes}).all()
    with sqlite3.connect(path) as bare:
        bare.execute(
            "CREATE TABLE value (measure_id INTEGER, area TEXT, period TEXT, value REAL,"
            " PRIMARY KEY (measure_id, area, period)) WITHOUT ROWID"
        )
        bare.executemany("INSERT INTO value VALUES (?, ?, ?, ?)", map(tuple, rows))
        bare.execute("CREATE INDEX by_area ON value (area, period)")
    bare.close()
