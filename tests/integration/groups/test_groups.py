"""Rektorsgrupper: started, led, changed, ended and taken back; and whose business they are."""

import re

import pytest
from tests.factories.accounts import PersonFactory, RoleAssignmentFactory
from tests.factories.groups import GroupMemberFactory, PrincipalsGroupFactory
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory

from ska.access import Role
from ska.audit import AuditEvent

HOME = "/ekhult/rektorsgrupper"
GROUP = f"{HOME}/rektorsgruppen-f6"
API = "/api/v1/organizers/ekhult/groups"
SCHOOLS = ("Backskolan", "Hagaskolan", "Ängskolan")


class Place:
    """Ekhult with three schools, each with its rektor, and Kim who is its kvalitetsutvecklare."""

    def __init__(self, db):
        self.db = db
        self.ekhult = OrganizerFactory(name="Ekhult")
        self.units = {one: SchoolUnitFactory(organizer=self.ekhult, name=one) for one in SCHOOLS}
        self.kim = self.person(Role.QUALITY_LEAD)
        self.rektor = {one: self.person(Role.PRINCIPAL, one) for one in SCHOOLS}

    def person(self, role, unit=None, organizer=None):
        person = PersonFactory(name=f"{role.value} {unit or ''}".strip())
        own = {"unit": self.units[unit]} if unit else {}
        RoleAssignmentFactory(person=person, organizer=organizer or self.ekhult, role=role, **own)
        return self.db.browse(person)

    def ids(self, *names):
        return [str(self.units[one].id) for one in names]

    def written(self, *names, leader="", **own):
        form = {"name": "Rektorsgruppen F–6", "units": self.ids(*names), "leader": ""} | own
        return form | ({"leader": self.ids(leader)[0]} if leader else {})

    def seen(self, browse):
        return re.search(r'name="seen" value="([0-9a-f]+)"', browse.get(GROUP).text)[1]


@pytest.fixture
def at(db):
    return Place(db)


@pytest.fixture
def group(at):
    """Return the place with a group of Backskolan, whose rektor leads it, and Hagaskolan."""
    made = at.kim.post(HOME, at.written("Backskolan", "Hagaskolan", leader="Backskolan"))
    assert made.headers["location"] == GROUP
    return at


def test_a_group_is_of_units_and_its_people_are_their_rektorer(group):
    page = group.rektor["Hagaskolan"].get(GROUP).text

    assert "principal Backskolan, leder gruppen" in page
    assert "principal Hagaskolan" in page
    assert "principal Ängskolan" not in page
    listed = group.rektor["Hagaskolan"].get(HOME).text
    assert "Backskolan, Hagaskolan" in listed
    assert "du är med" in listed
    assert "du är med" not in group.rektor["Ängskolan"].get(HOME).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Skriv vad gruppen heter"),
        ({"name": "!!!"}, "minst en bokstav"),
        ({"units": []}, "Välj minst två enheter"),
        ({"units": ["nonsense", "x"]}, "Välj enheter i listan"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_is_kept(at, wrong, said):
    answer = at.kim.post(HOME, at.written("Hagaskolan", "Ängskolan") | wrong)

    assert answer.status_code == 422
    assert said in answer.text
    if "units" not in wrong:
        assert answer.text.count(" checked") == 2
    else:
        assert 'value="Rektorsgruppen F–6"' in answer.text


def test_who_leads_is_of_the_group(at):
    answer = at.kim.post(HOME, at.written("Hagaskolan", "Ängskolan", leader="Backskolan"))

    assert answer.status_code == 422
    assert "ska vara rektor för en av enheterna" in answer.text


def test_a_name_is_of_one_group_also_when_that_has_ended(group):
    again = group.written("Hagaskolan", "Ängskolan")
    assert group.kim.post(HOME, again).status_code == 422
    group.kim.post(f"{GROUP}/avsluta", {})

    answer = group.kim.post(HOME, again)

    assert answer.status_code == 422
    assert "Ni har eller har haft en grupp med det namnet" in answer.text


def test_a_group_takes_no_name_that_another_has(group):
    assert group.kim.post(HOME, group.written("Hagaskolan", "Ängskolan", name="Nya")).is_redirect
    form = group.written("Backskolan", "Hagaskolan", name="NYA ") | {"seen": group.seen(group.kim)}

    answer = group.kim.post(GROUP, form)

    assert answer.status_code == 422
    assert "Ni har eller har haft en grupp med det namnet" in answer.text


def test_who_leads_it_changes_it_and_the_others_only_read(group):
    leads, other = group.rektor["Backskolan"], group.rektor["Hagaskolan"]
    form = group.written("Backskolan", "Ängskolan", leader="Ängskolan", name="F–6 i norr")

    assert "Ändra gruppen" not in other.get(GROUP).text
    refused = other.post(GROUP, form | {"seen": group.seen(leads)})
    assert refused.status_code == 403
    assert other.post(f"{GROUP}/avsluta", {}).status_code == 403
    assert leads.post(GROUP, form | {"seen": group.seen(leads)}).status_code == 303

    page = leads.get(GROUP).text  # she has handed it over
    assert "F–6 i norr" in page
    assert "principal Ängskolan, leder gruppen" in page
    assert "principal Hagaskolan" not in page
    assert "Ändra gruppen" not in page
    assert "Ändra gruppen" in group.rektor["Ängskolan"].get(GROUP).text
    assert leads.post(HOME, group.written("Hagaskolan", "Ängskolan")).status_code == 403


def test_the_new_rektor_of_a_unit_leads_what_the_former_led(group, db):
    new = PersonFactory(name="Nya Rektorn")
    with db.as_owner() as session:
        from sqlalchemy import update

        from ska.accounts.models import RoleAssignment

        session.execute(
            update(RoleAssignment)
            .where(RoleAssignment.unit_id == group.units["Backskolan"].id)
            .values(person_id=new.id, acting=True)
        )

    page = db.browse(new).get(GROUP).text
    assert "Nya Rektorn (tf), leder gruppen" in page
    assert "Ändra gruppen" in page
    assert "Ändra gruppen" not in group.rektor["Backskolan"].get(HOME).text


def test_two_who_change_it_at_once_do_not_overwrite_each_other(group):
    leads = group.rektor["Backskolan"]
    both = group.seen(leads)
    first = group.written("Backskolan", "Ängskolan", leader="Backskolan", seen=both)
    second = group.written("Backskolan", "Hagaskolan", name="Min grupp", seen=both)
    group.kim.post(GROUP, first)

    met = leads.post(GROUP, second)

    assert met.status_code == 412
    assert "Någon annan ändrade medan du skrev" in met.text
    assert "Backskolan och Ängskolan" in met.text
    assert 'value="Min grupp"' in met.text
    assert "principal Ängskolan" in met.text  # what stands
    again = second | {"seen": re.search(r'name="seen" value="([0-9a-f]+)"', met.text)[1]}
    assert leads.post(GROUP, again).status_code == 303
    assert "Min grupp" in leads.get(GROUP).text


def test_it_ends_and_is_taken_back_with_its_units(group, db):
    leads = group.rektor["Backskolan"]
    leads.post(f"{GROUP}/avsluta", {})

    assert "Gruppen är avslutad" in leads.get(GROUP).text
    assert "Avslutade grupper" in leads.get(HOME).text
    stale = group.written("Backskolan", "Hagaskolan", seen="x")
    assert leads.post(GROUP, stale).status_code == 422
    leads.post(f"{GROUP}/angra", {})
    assert "principal Hagaskolan" in leads.get(GROUP).text
    assert "Gruppen är avslutad" not in leads.get(GROUP).text
    with db.as_owner() as session:
        acts = [one.act for one in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert acts == ["group.start", "group.end", "group.restore"]


def test_a_unit_that_is_no_more_stays_but_is_not_chosen_anew(group, db):
    from datetime import date

    from sqlalchemy import update

    from ska.organizers.models import SchoolUnit

    ended = [group.units[one].id for one in ("Hagaskolan", "Ängskolan")]
    with db.as_owner() as session:
        session.execute(
            update(SchoolUnit).where(SchoolUnit.id.in_(ended)).values(valid_to=date(2020, 6, 30))
        )
    page = group.kim.get(GROUP).text

    assert "Upphörd" in page
    assert page.count("Rektorn på Ängskolan") == 0
    kept = group.written("Backskolan", "Hagaskolan", seen=group.seen(group.kim))
    assert group.kim.post(GROUP, kept).status_code == 303
    new = group.written("Backskolan", "Ängskolan", seen=group.seen(group.kim))
    refused = group.kim.post(GROUP, new)
    assert refused.status_code == 422
    assert "Ängskolan har upphört" in refused.text


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.POLITICIAN, 403), (Role.ORGANIZER_ADMIN, 403), (Role.AUDITOR, 200), (Role.TEACHER, 200)],
)
def test_it_is_read_by_who_reads_the_work(group, role, status):
    reader = group.person(role)

    assert reader.get(GROUP).status_code == reader.get(HOME).status_code == status
    if status == 200:
        assert "Starta en rektorsgrupp" not in reader.get(HOME).text
        assert "Ändra gruppen" not in reader.get(GROUP).text


def test_a_huvudman_with_one_school_is_told_why_it_starts_none(at):
    alone = OrganizerFactory(name="Lillby")
    SchoolUnitFactory(organizer=alone, name="Lillskolan")
    kim = at.person(Role.QUALITY_LEAD, organizer=alone)

    assert "En grupp behöver minst två enheter" in kim.get("/lillby/rektorsgrupper").text


def test_units_of_others_are_in_no_group(at):
    theirs = SchoolUnitFactory(organizer=OrganizerFactory(name="Lillby"), name="Lillskolan")
    form = at.written("Backskolan", "Hagaskolan")
    form["units"].append(str(theirs.id))

    answer = at.kim.post(HOME, form)

    assert answer.status_code == 422
    assert "Enheten finns inte hos er" in answer.text


def test_programs_do_as_people_do(at):
    form = at.written("Backskolan", "Hagaskolan", leader="Backskolan")
    made = at.kim.api("POST", API, json=form)
    one = f"{API}/{made.json()['slug']}"
    tag = {"If-Match": f'"{made.json()["version"]}"'}

    assert sorted(made.json()["units"]) == sorted(form["units"])
    assert [each["slug"] for each in at.kim.api("GET", API).json()] == ["rektorsgruppen-f6"]
    changed = form | {"name": "F–6", "units": at.ids("Backskolan", "Ängskolan")}
    put = at.rektor["Backskolan"].api("PUT", one, json=changed, headers=tag)
    assert put.json()["name"] == "F–6"
    assert at.kim.api("PUT", one, json=form, headers=tag).status_code == 412
    assert at.rektor["Hagaskolan"].api("DELETE", one, headers=_tag(put)).status_code == 403
    assert at.kim.api("DELETE", one, headers=_tag(put)).status_code == 204
    ended = at.kim.api("GET", one)
    assert ended.json()["ended"] is True
    back = at.kim.api("POST", f"{one}/restore", headers={"If-Match": ended.headers["etag"]})
    assert back.json()["ended"] is False
    assert at.kim.api("POST", API, json=form | {"units": []}).status_code == 422


def _tag(answer):
    return {"If-Match": answer.headers["etag"]}


def test_the_pages_ask_six_questions_at_most_however_many_are_in_it(group, statements):
    asked = {}
    for _more in range(2):
        for path in (HOME, GROUP):
            statements.clear()
            assert group.rektor["Backskolan"].get(path).status_code == 200
            asked.setdefault(path, []).append(len(statements))
        for number in range(3):
            made = PrincipalsGroupFactory(organizer=group.ekhult, name=f"Grupp {_more} {number}")
            unit = SchoolUnitFactory(organizer=group.ekhult, name=f"Skola {_more} {number}")
            GroupMemberFactory(group=made, unit=unit)

    assert all(max(counts) <= 6 and len(set(counts)) == 1 for counts in asked.values()), asked


def test_a_rektor_finds_her_group_where_she_begins_and_where_she_compares(group):
    mine = group.rektor["Hagaskolan"].get("/ekhult/oversikt").text

    assert "Din rektorsgrupp" in mine
    assert f'href="{GROUP}"' in mine
    assert f'href="{HOME}"' in group.rektor["Hagaskolan"].get("/ekhult/jamfor").text
    for other in (group.rektor["Ängskolan"], group.kim, group.person(Role.POLITICIAN)):
        assert "rektorsgrupp" not in other.get("/ekhult/oversikt").text
    group.kim.post(f"{GROUP}/avsluta", {})
    assert "rektorsgrupp" not in group.rektor["Hagaskolan"].get("/ekhult/oversikt").text
