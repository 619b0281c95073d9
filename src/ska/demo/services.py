"""Seed the demo through the same services that people use, one huvudman at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.accounts import queries as accounts
from ska.accounts import roles
from ska.accounts import services as people
from ska.accounts.models import Person
from ska.assessment.forms import ModerationForm
from ska.assessment.services import note_session
from ska.comparisons.services import share_indicator
from ska.db.session import Scope, open_session
from ska.demo.chain import seed_analysis
from ska.demo.definitions import (
    NetworkSeed,
    OrganizerSeed,
    OtherNetworkSeed,
    PersonSeed,
    QuestionSeed,
    ShareSeed,
    UnitSeed,
)
from ska.demo.dialogues import seed_dialogues
from ska.demo.groups import seed_groups, seed_meetings
from ska.demo.history import seed_report
from ska.demo.lending import seed_lent
from ska.demo.numbers import seed_measures, seed_outcome, seed_shifts, seed_values
from ska.demo.year import seed_year
from ska.organizers.models import Network, NetworkMember, Organizer, SchoolUnit, UnitSchoolType
from ska.organizers.rules import SchoolType, slug_of
from ska.overview.queries.pages import indicator_by_code
from ska.questions import services as questions
from ska.questions.forms import AskForm, GivenAnswerForm
from ska.questions.queries import asked_here, circle_of
from ska.sharing.forms import ShareForm

SOURCE = "påhittad demo"


@dataclass(frozen=True)
class SignIn:
    """How one of the demo's people signs in, as programs are told."""

    role: str
    name: str
    email: str
    password: str
    organizer: str


def sign_ins(network: NetworkSeed) -> list[SignIn]:
    """Return how each of the demo's people signs in."""
    told = (
        SignIn(one.role, one.name, one.email, network.password, slug_of(organizer.name))
        for organizer in network.organizers
        for one in organizer.people
    )
    return list(dict.fromkeys(told))  # a rektor of several units signs in as one


def seed_demo(owner: Engine, app: Engine, network: NetworkSeed, today: date) -> int:
    """Seed what is missing of the demo and return how many huvudmän were added.

    What is public (huvudmän, the network) is written as the owner, everything else as the
    application, within one huvudman's scope at a time. Each huvudman is whole or not there, so
    that an interrupted run goes on where it stopped; what people changed is left alone.
    """
    made = _public(owner, network, today)
    added = 0
    for seed in network.organizers:
        organizer = made[seed.organisation_number]
        scope = Scope(frozenset({organizer.id}), organizer.id)
        with open_session(app, scope) as session:
            if session.scalar(select(SchoolUnit.id).limit(1)) is None:
                _seed_organizer(session, organizer, seed, network.password, today)
                added += 1
            session.commit()
    return added


def _public(owner: Engine, network: NetworkSeed, today: date) -> dict[str | None, Organizer]:
    """Write the network and the huvudmän that are missing; return all by organisation number."""
    with Session(owner, expire_on_commit=False) as session:
        numbers = [one.organisation_number for one in network.organizers]
        known = Organizer.organisation_number.in_(numbers)
        made = {
            one.organisation_number: one for one in session.scalars(select(Organizer).where(known))
        }
        new = [one for one in network.organizers if one.organisation_number not in made]
        made.update((one.organisation_number, _organizer(one)) for one in new)
        session.add_all(made.values())
        session.flush()
        members = _network(session, network, made)
        session.add_all(
            NetworkMember(
                network_id=members.id,
                organizer_id=made[one.organisation_number].id,
                valid_from=today,
            )
            for one in new
            if one.in_network
        )
        by_name = {one.name: made[one.organisation_number] for one in network.organizers}
        for other in network.others:
            _form(session, other, by_name, today)
        session.commit()
        return made


def _network(session: Session, seed: NetworkSeed, made: dict[str | None, Organizer]) -> Network:
    """Return the demo's network, written unless it is there."""
    slug = slug_of(seed.name)
    found = session.scalar(select(Network).where(Network.slug == slug))
    if found is None:
        leads = next(one for one in seed.organizers if one.name == seed.coordinator)
        coordinator = made[leads.organisation_number].id
        found = Network(slug=slug, name=seed.name, is_demo=True, coordinator_id=coordinator)
        session.add(found)
        session.flush()
    return found


def _form(
    session: Session, seed: OtherNetworkSeed, made: Mapping[str, Organizer], today: date
) -> None:
    """Form another network with all its members, unless it is there."""
    slug = slug_of(seed.name)
    if session.scalar(select(Network.id).where(Network.slug == slug)) is not None:
        return
    formed = Network(
        slug=slug, name=seed.name, is_demo=True, coordinator_id=made[seed.coordinator].id
    )
    session.add(formed)
    session.flush()
    session.add_all(
        NetworkMember(network_id=formed.id, organizer_id=made[one].id, valid_from=today)
        for one in seed.members
    )


def _organizer(seed: OrganizerSeed) -> Organizer:
    return Organizer(
        slug=slug_of(seed.name),
        name=seed.name,
        organizer_type="municipal",
        organisation_number=seed.organisation_number,
        is_demo=True,
        source=SOURCE,
    )


def _seed_organizer(
    session: Session, organizer: Organizer, seed: OrganizerSeed, password: str, today: date
) -> None:
    units = _units(session, organizer, seed.units)
    persons = _people(session, organizer, seed.people, units, password)

    def acting(email: str, on: date = today) -> Actor:
        return accounts.actor_of_person(session, persons[email], on)

    leader = acting(seed.people[0].email)
    seed_measures(session, organizer, leader, seed.measures)
    seed_values(session, organizer, leader, seed, units)
    seed_year(session, organizer, leader, seed, units, today)
    begun = [
        seed_analysis(session, organizer.id, analysis, units, acting) for analysis in seed.analyses
    ]
    seed_outcome(session, organizer, leader, seed, units)
    for follow_up in begun:
        follow_up()
    seed_shifts(session, organizer, seed.shifts, units, acting)
    for report in seed.reports:
        day = min(report.read_on, today)
        seed_report(session, acting(report.reader, day), units[report.unit], report, day)
    for held in seed.moderations:
        day, unit_id = held.held_on, units[held.unit].id
        form = ModerationForm.model_validate({**held.form, "held_on": day, "unit_id": unit_id})
        writer = acting(held.writer, day)
        note_session(session, writer, organizer_id=organizer.id, form=form, today=day)
    seed_dialogues(session, organizer, seed, units, acting)
    _shares(session, organizer, leader, seed.shares, today)
    _questions(session, organizer, leader, seed.questions)
    seed_lent(session, organizer, leader, seed, today)
    seed_groups(session, organizer, leader, seed, units, today)
    seed_meetings(session, organizer, leader, seed.meetings, today)


def _units(session: Session, organizer: Organizer, seeds: list[UnitSeed]) -> dict[str, SchoolUnit]:
    """Add the units with their skolformer, all at once, and return them by name."""
    units = {one.name: _unit(organizer, one) for one in seeds}
    session.add_all(units.values())
    session.flush()
    session.add_all(
        UnitSchoolType(organizer_id=organizer.id, unit_id=units[one.name].id, school_type=kind)
        for one in seeds
        for kind in one.school_types
    )
    return units


def _unit(organizer: Organizer, seed: UnitSeed) -> SchoolUnit:
    kinds = seed.school_types
    return SchoolUnit(
        organizer_id=organizer.id,
        slug=slug_of(seed.name),
        name=seed.name,
        kind="preschool_unit" if kinds == [SchoolType.PRESCHOOL] else "school_unit",
        school_unit_code=seed.code,
        source=SOURCE,
    )


def _people(
    session: Session,
    organizer: Organizer,
    seeds: list[PersonSeed],
    units: dict[str, SchoolUnit],
    password: str,
) -> dict[str, Person]:
    """Add the people; all share one demo password, so it is hashed once."""
    persons: dict[str, Person] = {}
    shared = session.scalar(select(Person.password_hash).where(Person.is_demo).limit(1))
    for seed in seeds:
        person = persons.get(seed.email)
        if person is None:
            known = None if shared else password
            person = people.add_person(
                session, name=seed.name, email=seed.email, password=known, is_demo=True
            )
            shared = person.password_hash = person.password_hash or shared
            persons[seed.email] = person
        post = roles.Post(
            seed.role, organizer.id, units[seed.unit].id if seed.unit else None, seed.acting
        )
        roles.give_role(
            session,
            person_id=person.id,
            post=post,
            valid_from=seed.valid_from,
            valid_to=seed.valid_to,
        )
    return persons


def _shares(
    session: Session, organizer: Organizer, actor: Actor, seeds: list[ShareSeed], today: date
) -> None:
    """Let the demo's network read what the huvudman shares."""
    network_id = session.scalar(
        select(NetworkMember.network_id).where(NetworkMember.organizer_id == organizer.id)
    )
    for seed in seeds:
        item = indicator_by_code(session, actor, organizer.id, seed.indicator)
        form = ShareForm.model_validate(
            {"network_id": network_id, **seed.model_dump(exclude={"indicator"})}
        )
        # Not before its values: the copy would be told to be older than they are.
        read_in = session.execute(select(func.clock_timestamp())).scalar_one()
        moment = max(datetime.combine(today, time(9), tzinfo=UTC), read_in)
        share_indicator(session, actor, organizer=organizer, item=item, form=form, now=moment)


def _questions(
    session: Session, organizer: Organizer, actor: Actor, seeds: list[QuestionSeed]
) -> None:
    """Ask the network's joint question, or answer the one that another has asked."""
    for seed in seeds:
        network = session.scalars(
            select(Network)
            .join(NetworkMember, NetworkMember.network_id == Network.id)
            .where(NetworkMember.organizer_id == organizer.id)
            .order_by(Network.id)
        ).first()
        assert network is not None
        item = indicator_by_code(session, actor, organizer.id, seed.indicator)
        if seed.question:
            circle = circle_of(session, actor, organizer, f"natverk:{network.slug}")
            topic = questions.Topic(circle, item.code, item.heading)
            form = AskForm(question=seed.question)
            questions.ask(session, actor, organizer=organizer, topic=topic, form=form)
            continue
        here = asked_here(session, actor, organizer.id, item=item.code, network=network.slug)
        given = GivenAnswerForm(answer=seed.answer)
        for one in here[:1]:
            questions.answer(session, actor, organizer=organizer, asked=one, form=given)
