"""Networks and what is shared in them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.core.ids import new_id
from ska.organizers.models import Network, NetworkMember
from ska.sharing.forms import AS_DESCRIBED
from ska.sharing.models import SharedValue, ShareGrant, ShareViewing

MOMENT = datetime(2026, 9, 1, 9, tzinfo=UTC)


class NetworkFactory(Factory):
    class Meta:
        model = Network

    name = "Nätverk Mellanslätt"
    slug = "natverk-mellanslatt"


class NetworkMemberFactory(Factory):
    class Meta:
        model = NetworkMember
        exclude = ("network", "organizer")

    network = factory.SubFactory(NetworkFactory)
    organizer = factory.SubFactory(OrganizerFactory)
    network_id = factory.SelfAttribute("network.id")
    organizer_id = factory.SelfAttribute("organizer.id")
    valid_from = date(2024, 8, 1)


class ShareGrantFactory(Factory):
    """A grant in a network; without one named, in a network that only this huvudman is in."""

    class Meta:
        model = ShareGrant
        exclude = ("organizer", "network", "membership")

    organizer = factory.SubFactory(OrganizerFactory)
    network = factory.LazyAttribute(
        lambda row: NetworkFactory(
            slug=f"natverk-{row.organizer.slug}", coordinator_id=row.organizer.id
        )
    )
    membership = factory.LazyAttribute(
        lambda row: NetworkMemberFactory(network=row.network, organizer=row.organizer)
    )
    organizer_id = factory.SelfAttribute("organizer.id")
    network_id = factory.LazyAttribute(lambda row: row.membership.network_id)
    kind = "indicator"
    item = "gr-alla-amnen-ak6"
    title = "Lägst betyget E i samtliga ämnen, årskurs 6"
    purpose = "Jämföra på rektorsgruppens möte."
    definition = AS_DESCRIBED
    until = date(2099, 6, 30)
    given_by = "Kim Ek"
    copied_at = MOMENT


class SharedValueFactory(Factory):
    class Meta:
        model = SharedValue
        exclude = ("grant",)

    grant = factory.SubFactory(ShareGrantFactory)
    grant_id = factory.SelfAttribute("grant.id")
    organizer_id = factory.SelfAttribute("grant.organizer_id")
    period_type = "school_year"
    period = "2025/26"
    value = 78.8
    n = 66
    unit = "%"
    status = "value"
    finality = "final"
    recorded_at = MOMENT


class ShareViewingFactory(Factory):
    class Meta:
        model = ShareViewing
        exclude = ("grant",)

    grant = factory.SubFactory(ShareGrantFactory)
    grant_id = factory.SelfAttribute("grant.id")
    organizer_id = factory.SelfAttribute("grant.organizer_id")
    viewer_id = factory.SelfAttribute("grant.organizer_id")
    viewer = "Lindåsa"
    person_id = factory.LazyFunction(new_id)
    person_name = "Ida Holm"
    viewed_on = date(2026, 9, 2)
