"""Rektorsgrupper, of units of one huvudman."""

from __future__ import annotations

import factory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.organizers.models import GroupMember, PrincipalsGroup
from ska.organizers.rules import slug_of


class PrincipalsGroupFactory(Factory):
    class Meta:
        model = PrincipalsGroup
        exclude = ("organizer",)

    organizer = factory.SubFactory(OrganizerFactory)
    organizer_id = factory.SelfAttribute("organizer.id")
    name = "Rektorsgruppen F–6"
    slug = factory.LazyAttribute(lambda row: slug_of(row.name))


class GroupMemberFactory(Factory):
    class Meta:
        model = GroupMember
        exclude = ("group", "unit")

    group = factory.SubFactory(PrincipalsGroupFactory)
    unit = factory.SubFactory(SchoolUnitFactory)
    group_id = factory.SelfAttribute("group.id")
    unit_id = factory.SelfAttribute("unit.id")
    organizer_id = factory.SelfAttribute("group.organizer_id")


def group_parts(canary: str, organizer: object) -> dict[str, str]:
    """Return the part of a rektorsgrupp's address, with *canary* in its words."""
    words = f"{canary}skolan {organizer.slug}"
    group = PrincipalsGroupFactory(organizer=organizer, name=f"{words} i grupp")
    unit = SchoolUnitFactory(organizer=organizer, name=f"{words} i en grupp")
    GroupMemberFactory(group=group, unit=unit, leads=True)
    return {"group": group.slug}
