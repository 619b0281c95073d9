"""Story 2: six huvudmän in Nätverk Mellanslätt and one indicator, November 2026. All invented."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.framework import load_shipped
from tests.factories.indicator_values import value
from tests.factories.organizers import OrganizerFactory
from tests.factories.sharing import NetworkFactory, NetworkMemberFactory
from tests.factories.shelves import store_values
from tests.places import STOCKHOLM

from ska.access import Role
from ska.accounts.models import Person
from ska.accounts.queries import actor_of_person
from ska.comparisons.services import share_indicator
from ska.db.session import Scope
from ska.organizers.models import NetworkMember, Organizer
from ska.overview.queries.pages import indicator_by_code
from ska.sharing.forms import AS_DESCRIBED, ShareForm

STORY_2_DAY = datetime(2026, 11, 12, 9, 0, tzinfo=STOCKHOLM)
ITEM = "gr-alla-amnen-ak6"
UNTIL = date(2027, 6, 30)
# Percent and pupils by school year. Norrforsa's 90 of 20 hides the two who did not reach the level
# (decision 27), so the year when it may be shown is 2023/24.
RESULTS: dict[str, dict[str, tuple[float, int]]] = {
    "Ekhult": {"2023/24": (76.9, 65), "2024/25": (75.8, 62), "2025/26": (77.3, 66)},
    "Lindåsa": {"2023/24": (82.1, 67), "2024/25": (81.2, 69), "2025/26": (83.1, 71)},
    "Sjövalla": {"2023/24": (76.4, 199), "2024/25": (74.9, 211), "2025/26": (74.0, 208)},
    "Norrforsa": {"2023/24": (75.0, 20), "2024/25": (81.0, 21), "2025/26": (90.0, 20)},
    "Mosslunda": {"2023/24": (55.6, 9), "2024/25": (44.4, 9), "2025/26": (57.1, 7)},
    "Granåsa": {"2024/25": (79.2, 48), "2025/26": (81.6, 49)},
}


def story_2() -> dict[str, tuple[Organizer, Person]]:
    """Store the network; return each huvudman with someone who answers for it."""
    load_shipped()
    network = None
    made: dict[str, tuple[Organizer, Person]] = {}
    for number, (name, results) in enumerate(RESULTS.items()):
        organizer = OrganizerFactory(name=name, organisation_number=f"99000000{number:02}")
        network = network or NetworkFactory(coordinator_id=organizer.id)
        NetworkMemberFactory(network=network, organizer=organizer)
        store_values(*(_row(organizer, *one) for one in results.items()), organizer=organizer)
        person = PersonFactory(name=f"Kim i {name}")
        RoleAssignmentFactory(person=person, organizer=organizer, role=Role.QUALITY_LEAD)
        made[name] = (organizer, person)
    return made


def _row(organizer: Organizer, period: str, result: tuple[float, int]) -> dict[str, Any]:
    share, n = result
    return value(
        period, share, n, source="local", measure=ITEM, title=ITEM, area=organizer.name,
        area_code=organizer.organisation_number, organizer_number=organizer.organisation_number,
    )  # fmt: skip


def share_all(
    db: Any,
    made: dict[str, tuple[Organizer, Person]],
    names: tuple[str, ...],
    code: str = ITEM,
    **told: str,
) -> None:
    """Let each of *names* share an indicator, by the service that the page uses."""
    for name in names:
        organizer, person = made[name]
        with db.session(Scope(frozenset({organizer.id}), organizer.id)) as session:
            actor = actor_of_person(session, person, STORY_2_DAY.date())
            network = session.scalar(select(NetworkMember.network_id).limit(1))
            given = {"network_id": network, "purpose": "Jämföra på mötet", "until": UNTIL}
            given |= {"definition": AS_DESCRIBED}
            form = ShareForm(**given | told)
            item = indicator_by_code(session, actor, organizer.id, code)
            share_indicator(
                session, actor, organizer=organizer, item=item, form=form, now=STORY_2_DAY
            )
            session.commit()
