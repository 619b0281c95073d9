"""Rektorsgrupper, of units of one huvudman."""

from __future__ import annotations

import factory
from tests.factories.accounts import PersonFactory
from tests.factories.base import Factory, current
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.organizers.models import GroupMember, Organizer, PrincipalsGroup, SavedView
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


def group_parts(canary: str, organizer: Organizer) -> dict[str, str]:
    """Return the parts of a rektorsgrupp and of what it has fixed, with *canary* in their words."""
    words = f"{canary}skolan {organizer.slug}"
    group = PrincipalsGroupFactory(organizer=organizer, name=f"{words} i grupp")
    unit = SchoolUnitFactory(organizer=organizer, name=f"{words} i en grupp")
    GroupMemberFactory(group=group, unit=unit, leads=True)
    person = PersonFactory()
    fixed = SavedView(
        organizer_id=organizer.id, person_id=person.id, made_by=words, name=words,
        question={"vad": "gr-alla-amnen-ak6", "vilka": f"rektorsgrupp:{group.slug}"},
        whose="group", group_id=group.id,
    )  # fmt: skip
    return {"group": group.slug, "fixed_id": str(current.store(fixed).id)}
