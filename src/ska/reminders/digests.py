"""A person's mail of a day: which steps it tells of, and its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ska.core.swedish import format_date
from ska.cycle.models import CycleStep
from ska.cycle.rules import Holder, StepState
from ska.notices.rules import Channel, Digest, Line, NoticeKind, Send, body_of, subject_of
from ska.organizers.models import Organizer


@dataclass(frozen=True)
class Planned:
    """A reminder that is due, with those who hear of it."""

    step: CycleStep
    send: Send
    receivers: tuple[Holder, ...]

    @property
    def kind(self) -> NoticeKind:
        """Return what the reminder counts as when people choose a channel."""
        return NoticeKind.ESCALATION if self.send.escalates else NoticeKind.REMINDER

    @property
    def key(self) -> str:
        """Return the name of this very reminder, the same at every plan."""
        return f"{self.step.id}:{self.step.due}:{self.send.rule}"


@dataclass(frozen=True)
class Wants:
    """How each person wants to hear; mail and app unless they chose otherwise."""

    chosen: Mapping[tuple[UUID, str], str]

    def channel(self, one: Planned, person: Holder) -> str:
        """Return the person's channel for this reminder."""
        return self.chosen.get((person.person_id, one.kind), Channel.MAIL)


@dataclass
class Writer:
    """Turns steps into lines with addresses, for one huvudman and day."""

    organizer: Organizer
    units: Mapping[UUID, str]
    today: date
    address: str

    def path(self, step: CycleStep) -> str:
        """Return the step's page."""
        return f"/{self.organizer.slug}/{step.page_year.slug}/arshjul/steg/{step.id}"

    def place(self, step: CycleStep) -> str:
        """Return the unit's name, or nothing for the huvudman's own step."""
        return self.units.get(step.unit_id, "") if step.unit_id else ""

    def line(self, step: CycleStep, note: str = "") -> Line:
        """Return the step as a line of a digest."""
        return Line(step.name, self.place(step), step.due, self.address + self.path(step), note)

    def digests(
        self, planned: Sequence[Planned], steps: Sequence[CycleStep], wants: Wants
    ) -> dict[UUID, tuple[Holder, Digest]]:
        """Return a digest for each who wants mail; escalations list put-off steps of the kind."""
        own: dict[UUID, list[Line]] = defaultdict(list)
        late: dict[UUID, list[Line]] = defaultdict(list)
        kinds: dict[UUID, set[tuple[str, int]]] = defaultdict(set)
        people: dict[UUID, Holder] = {}
        for one in planned:
            for person in one.receivers:
                if wants.channel(one, person) != Channel.MAIL:
                    continue
                people[person.person_id] = person
                if one.send.escalates:
                    late[person.person_id].append(self.line(one.step))
                    kinds[person.person_id].add((one.step.key, one.step.cycle.school_year))
                else:
                    own[person.person_id].append(self.line(one.step))
        put_off = [s for s in steps if s.state_on(self.today) is StepState.SNOOZED]
        return {
            key: (
                person,
                Digest(
                    tuple(own[key]),
                    tuple(late[key]),
                    tuple(
                        self.line(s, self.snooze_words(s))
                        for s in put_off
                        if (s.key, s.cycle.school_year) in kinds[key] and s.due < self.today
                    ),
                ),
            )
            for key, person in people.items()
        }

    def snooze_words(self, step: CycleStep) -> str:
        """Return until when and why a step is put off."""
        until = format_date(step.snoozed_until) if step.snoozed_until else ""
        return f"Uppskjutet till {until}: {step.snoozed_because}"

    def words(self, digest: Digest, name: str) -> dict[str, str]:
        """Return the subject and the body of a person's mail."""
        organizer = self.organizer
        settings = f"{self.address}/{organizer.slug}/notiser/installningar"
        return {
            "subject": subject_of(digest, organizer.name),
            "body": body_of(digest, name, organizer.name, self.today, settings),
        }
