"""Who sees and does what: roles, rights, and the first lock `visible()`. Nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, false, or_, select

from ska.db.base import Owned
from ska.db.session import Scope
from ska.errors import NotAllowed


class Role(StrEnum):
    """The roles of the work (ska-process §3, decision 30)."""

    POLITICIAN = "politician"
    DIRECTOR = "director_of_education"
    QUALITY_LEAD = "quality_lead"
    PRINCIPAL = "principal"
    LEAD_TEACHER = "lead_teacher"
    TEACHER = "teacher"
    STUDENT_HEALTH = "student_health"
    NETWORK_CHAIR = "network_chair"
    EXTERNAL_PARTNER = "external_partner"
    AUDITOR = "auditor"
    ORGANIZER_ADMIN = "organizer_admin"
    SYSTEM_ADMIN = "system_admin"


ROLE_NAMES: dict[Role, str] = {
    Role.POLITICIAN: "nämndledamot",
    Role.DIRECTOR: "skolchef",
    Role.QUALITY_LEAD: "kvalitetsutvecklare",
    Role.PRINCIPAL: "rektor",
    Role.LEAD_TEACHER: "förstelärare",
    Role.TEACHER: "lärare",
    Role.STUDENT_HEALTH: "elevhälsa",
    Role.NETWORK_CHAIR: "nätverkssamordnare",
    Role.EXTERNAL_PARTNER: "extern part",
    Role.AUDITOR: "revisor",
    Role.ORGANIZER_ADMIN: "administratör",
    Role.SYSTEM_ADMIN: "systemadministratör",
}


class Right(StrEnum):
    """What a route asks for and a service insists on."""

    ENTER = "enter"  # open the huvudman's pages: values, framework, what is fastställt
    READ = "read"  # read the work, drafts too
    OBSERVE = "observe"  # write observations and voices
    ANALYSE = "analyse"  # write findings, causes, areas
    ESTABLISH = "establish"  # fastställa
    PLAN_ACTIONS = "plan_actions"  # plan, follow up and decide on insatser
    SHARE = "share"  # let a network read, form and leave networks
    IMPORT_VALUES = "import_values"
    EDIT_FRAMEWORK = "edit_framework"  # local goals, pasted wording
    EDIT_CYCLE = "edit_cycle"
    MANAGE_UNITS = "manage_units"
    MANAGE_PEOPLE = "manage_people"
    OPERATE = "operate"  # the installation; no huvudman's texts


RIGHT_NAMES: dict[Right, str] = {
    Right.ENTER: "läsa värden, mål och det som är fastställt",
    Right.READ: "läsa utkast",
    Right.OBSERVE: "skriva underlag",
    Right.ANALYSE: "skriva analyser",
    Right.ESTABLISH: "fastställa",
    Right.PLAN_ACTIONS: "planera och följa upp insatser",
    Right.SHARE: "dela med nätverk",
    Right.IMPORT_VALUES: "läsa in värden",
    Right.EDIT_FRAMEWORK: "ändra egna mål och inklistrade texter",
    Right.EDIT_CYCLE: "ändra årshjulet",
    Right.MANAGE_UNITS: "lägga till enheter",
    Right.MANAGE_PEOPLE: "hantera personer och roller",
    Right.OPERATE: "sköta installationen",
}

_WORK = {Right.ENTER, Right.READ, Right.OBSERVE, Right.ANALYSE, Right.ESTABLISH, Right.PLAN_ACTIONS}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.POLITICIAN: frozenset({Right.ENTER}),
    Role.DIRECTOR: frozenset(_WORK | {Right.EDIT_CYCLE, Right.SHARE}),
    Role.QUALITY_LEAD: frozenset(
        _WORK
        | {Right.SHARE, Right.IMPORT_VALUES, Right.EDIT_FRAMEWORK}
        | {Right.EDIT_CYCLE, Right.MANAGE_UNITS}
    ),
    Role.PRINCIPAL: frozenset(_WORK | {Right.EDIT_CYCLE}),
    Role.LEAD_TEACHER: frozenset({Right.ENTER, Right.READ, Right.OBSERVE, Right.ANALYSE}),
    Role.TEACHER: frozenset({Right.ENTER, Right.READ, Right.OBSERVE}),
    Role.STUDENT_HEALTH: frozenset({Right.ENTER, Right.READ, Right.OBSERVE, Right.ANALYSE}),
    Role.NETWORK_CHAIR: frozenset(),
    Role.EXTERNAL_PARTNER: frozenset(),
    Role.AUDITOR: frozenset({Right.ENTER, Right.READ}),
    Role.ORGANIZER_ADMIN: frozenset({Right.ENTER, Right.MANAGE_PEOPLE, Right.MANAGE_UNITS}),
    Role.SYSTEM_ADMIN: frozenset({Right.OPERATE}),
}


@dataclass(frozen=True)
class Assignment:
    """One role that a person holds today: in a huvudman, in one of its units, or nowhere."""

    role: Role
    organizer_id: UUID | None = None
    unit_id: UUID | None = None
    acting: bool = False

    @property
    def rights(self) -> frozenset[Right]:
        """Return what the role allows."""
        return RIGHTS[self.role]

    @property
    def sees_drafts(self) -> bool:
        """Tell whether the role reads texts that are not yet fastställda."""
        return Right.READ in self.rights


@dataclass(frozen=True)
class Actor:
    """The person who asks, with the roles held today; *limits* narrows what a token may do."""

    person_id: UUID
    name: str
    email: str
    assignments: tuple[Assignment, ...] = ()
    limits: frozenset[Right] | None = None
    theme: str | None = None

    def _holds(self, right: Right, assignment: Assignment) -> bool:
        allowed = self.limits is None or right in self.limits
        return allowed and right in assignment.rights

    def may(self, right: Right, organizer_id: UUID | None) -> bool:
        """Tell whether *right* is held anywhere in the huvudman, the whole or a unit of it."""
        return any(
            self._holds(right, one) and one.organizer_id == organizer_id for one in self.assignments
        )

    def may_for(self, right: Right, organizer_id: UUID, unit_id: UUID | None) -> bool:
        """Tell whether *right* covers this unit, or the huvudman as a whole when it is None."""
        return any(
            self._holds(right, one)
            and one.organizer_id == organizer_id
            and (one.unit_id is None or one.unit_id == unit_id)
            for one in self.assignments
        )

    def must(self, right: Right, organizer_id: UUID, unit_id: UUID | None = None) -> None:
        """Raise NotAllowed unless *right* covers this unit (or the whole huvudman)."""
        if not self.may_for(right, organizer_id, unit_id):
            where = "den här enheten" if unit_id else "huvudmannen som helhet"
            raise NotAllowed(f"Din roll räcker inte till det här för {where}.")

    def leads(self, organizer_id: UUID, unit_id: UUID) -> bool:
        """Tell whether the person holds the rektor role of this very unit today."""
        return any(
            one.role is Role.PRINCIPAL
            and one.organizer_id == organizer_id
            and one.unit_id == unit_id
            for one in self.assignments
        )

    def units(self, right: Right, organizer_id: UUID) -> frozenset[UUID] | None:
        """Return the units that *right* covers; None means all of the huvudman's."""
        held = [
            one
            for one in self.assignments
            if self._holds(right, one) and one.organizer_id == organizer_id
        ]
        if any(one.unit_id is None for one in held):
            return None
        return frozenset(one.unit_id for one in held if one.unit_id)

    def role_names(self, organizer_id: UUID) -> list[str]:
        """Return the Swedish names of the roles held in the huvudman, tf marked."""
        names = [
            ("tf " if one.acting else "") + ROLE_NAMES[one.role]
            for one in self.assignments
            if one.organizer_id == organizer_id
        ]
        return list(dict.fromkeys(names))

    @property
    def organizers(self) -> frozenset[UUID]:
        """Return the huvudmän whose pages the person may open today."""
        return frozenset(
            one.organizer_id
            for one in self.assignments
            if one.organizer_id is not None and Right.ENTER in one.rights
        )

    def scope(self, writable: UUID | None = None) -> Scope:
        """Return what row-level security should let through for this person."""
        return Scope(self.organizers, writable if writable in self.organizers else None)


T = TypeVar("T", bound=Owned)


def visible(table: type[T], actor: Actor) -> Select[T]:
    """Return the query of all rows of *table* that *actor* may see: the first lock."""
    allowed = actor.limits is None or Right.READ in actor.limits or Right.ENTER in actor.limits
    readers = [
        one
        for one in actor.assignments
        if allowed and one.organizer_id is not None and Right.ENTER in one.rights
    ]
    return select(table).where(or_(false(), *(table.readable_by(one) for one in readers)))
