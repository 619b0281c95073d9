"""A fetch in a process of its own, so that a test can kill it: database, folder, server, plan."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.sources import HJO

from ska.db.session import make_engine
from ska.fetching import services
from ska.fetching.plan import Plan, core_measures
from ska.fetching.polite import Polite
from ska.fetching.rules import Manners
from ska.settings import Settings

FEW = core_measures()[:30]
TODAY = date(2026, 11, 26)
PATIENT = Manners(gap=0, waits=(0, 0, 0, 0, 0))


def smaller(plan: Plan) -> Plan:
    """Return the plan with few figures and one peer, so that a test is soon done."""
    return replace(plan, measures=FEW, peers=("1498",), years=(2024, 2025), groups=("G1",))


def settings_for(base: str, folder: Path) -> Settings:
    """Return settings whose sources are the recorded server."""
    return Settings(
        data_dir=folder,
        kolada_url=f"{base}/kolada",
        pxweb_url=f"{base}/pxweb",
        planned_educations_url=f"{base}/planned",
        school_register_url=f"{base}/register",
    )


def polite_to(base: str) -> Polite:
    """Return a client that asks the recorded server at once."""
    return Polite({base: PATIENT}, sleep=lambda _seconds: None, chance=lambda: 0.0)


def fetch(engine, base: str, folder: Path) -> services.FetchReport:
    """Fetch for Hjo."""
    whole = services.make_plan
    services.make_plan = lambda *asked: smaller(whole(*asked))
    client = polite_to(base)
    try:
        return services.fetch_live(engine, settings_for(base, folder), HJO, client, today=TODAY)
    finally:
        services.make_plan = whole
        client.close()


if __name__ == "__main__":
    report = fetch(make_engine(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    sys.exit(len(report.missing) > 200)
