"""Goals: no page above 12 × the server time of an empty signed-in page, one of six charts above 8.

The demo's Ekhult with a lived year behind it, and Skolverket's national table beside it when
SKA_REAL_DATA names its folder. The pages are found by following links from the start page as the
quality lead, one of each shape; page and empty page are timed in turns and the quickest of each
counts, so that a busy machine slows both alike.
"""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.databases import Databases
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session
from tests.places import Browse, Clone

from ska.accounts.models import Person
from ska.db.migrate import APP, OWNER
from ska.db.session import make_engine
from ska.demo import services as demo
from ska.demo.definitions import read_demo
from ska.demo.rules import years_from_base
from ska.framework.services import load_framework
from ska.settings import bundled
from ska.values.services import load_files

GOAL = 12.0
TURNS = 7
SIX, OF_SIX = "/ekhult/tavlor/huvudman", 8.0
EMPTY = "/profil"  # the frame, the person, and nothing of a huvudman's
START = "/ekhult/oversikt"
_LINK = re.compile(r'href="(/[^"#]*)')
_PART = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{2}|[a-z]+-[a-z0-9-]+")
_FILE = re.compile(r"\.(csv|xlsx|ics|yaml|json)\b|^/static/|^/api/|logga-ut")


def measure(databases: Databases) -> Iterator[dict[str, Any]]:
    """Return the ratios to the empty page of a page of six charts and of the slowest page."""
    engine = databases.new("pages")
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    app = make_engine(engine.url.set(username=APP, password=None).render_as_string(False))
    fill(engine, app, now)
    place = Clone(engine, app)
    place.clock.now = now
    with place.as_owner() as session:
        kim = session.scalars(select(Person).where(Person.email == "kim@ekhult.example")).one()
    browse = place.browse(kim)
    assert browse.get(SIX).text.count('<figure class="chart"') == 6
    six = _ratio(browse, SIX)
    ratios = {path: _ratio(browse, path) for path in shapes(browse).values()}
    place.close()
    app.dispose()
    yield {
        "name": "page_of_six_charts_against_empty_page",
        "ours": round(six, 1),
        "reference": 1,
        "ratio": round(six, 1),
        "goal": OF_SIX,
    }
    slowest = max(ratios, key=lambda path: ratios[path])
    yield {
        "name": "slowest_page_against_empty_page",
        "ours": round(ratios[slowest], 1),
        "reference": 1,
        "ratio": round(ratios[slowest], 1),
        "goal": GOAL,
        "page": slowest,
        "pages": len(ratios),
        "median": round(statistics.median(ratios.values()), 1),
    }


def fill(engine: Engine, app: Engine, now: datetime) -> None:
    """Put the framework, the demo and the national table in a database."""
    with engine.begin() as connection, Session(connection) as session:
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
        load_framework(session, root=bundled("indicators"), today=now.date())
        session.flush()
        real = Path(os.environ.get("SKA_REAL_DATA") or os.devnull)
        load_files(connection, real.glob("skolverket/ufa/*.xlsx"))
    network = read_demo(bundled("seeds") / "demo", years=years_from_base(now.date()))
    demo.seed_demo(engine, app, network, now.date())


def shapes(browse: Browse) -> dict[str, str]:
    """Return an address, with its question if it has one, of each shape that can be reached."""
    found: dict[str, str] = {}
    waiting = [START]
    while waiting:
        path = waiting.pop(0)
        shape = _PART.sub("*", path)
        if shape in found or _FILE.search(path):
            continue
        answer = browse.get(path)
        if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        found[shape] = path
        waiting += [link.replace("&amp;", "&") for link in _LINK.findall(answer.text)]
    return found


def _ratio(browse: Browse, path: str) -> float:
    turns = [(_time(browse, path), _time(browse, EMPTY)) for _ in range(TURNS)]
    return min(page for page, _ in turns) / min(empty for _, empty in turns)


def _time(browse: Browse, path: str) -> float:
    before = time.perf_counter()
    browse.send("GET", path)
    return time.perf_counter() - before
