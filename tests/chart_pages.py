"""A page with values for each kind of chart, and somebody who may read them all."""

from __future__ import annotations

import csv

from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.shelves import store_values
from tests.places import Clone

from ska.accounts.models import Person
from ska.organizers.models import Organizer
from ska.settings import bundled

UNIT = "/ekhult/resultat/gr-alla-amnen-ak9?enhet=ekhults-centralskola"
UNITS = "/storlunda/jamfor?vad=gr-alla-amnen-ak6&vilka=enheter"
ALL = "/hjo/jamfor?vad=gr-alla-amnen-ak9&vilka=alla"
LEDGER = "/ekhult/effekter"
KINDS = {
    "trend": UNIT,
    "control": f"{UNIT}&som=styrdiagram",
    "gap": f"{UNIT}&som=kon",
    "background": "/storlunda/resultat/gr-alla-amnen-ak6?som=bakgrund",
    "cohort": "/ekhult/resultat/gr-alla-amnen-ak9?enhet=&som=kull",
    "heat": "/storlunda/resultat/signaler",
    "dots": UNITS,
    "funnel": f"{UNITS}&som=tratt",
    "steadied": f"{UNITS}&som=utjamnat",
    "multiples": f"{UNITS}&som=sma",
    "deviations": "/storlunda/np-betyg",
    "salsa": "/storlunda/jamfor/salsa",
    "flow": "/ekhult/2026-27/rod-trad",
    "distribution": ALL,
    "heap": f"{UNITS}&som=fordelning",
    "map": f"{ALL}&som=karta",
    "ledger": LEDGER,
}


def somebody_at(db: Clone) -> Person:
    """Return somebody in the demo's huvudmän, and in one that all municipalities stand beside."""
    hjo = OrganizerFactory(name="Hjo", organisation_number="2120001710", municipality_code="1497")
    with db.as_owner() as session:
        known = session.query(Organizer).filter(Organizer.slug.in_(["ekhult", "storlunda"])).all()
    person = PersonFactory(name="Kim på tre ställen")
    for organizer in (hjo, *known):
        RoleAssignmentFactory(person=person, organizer=organizer)
    with (bundled("seeds") / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file))
    store_values(
        *(
            value(
                "2025/26", 55.0 + at % 40 if at % 9 else None, 60 + at,
                area=row["municipality_name"], area_code=row["organisation_number"],
                organizer_number=row["organisation_number"],
            )
            for at, row in enumerate(every)
        )
    )  # fmt: skip
    return person
