"""What a rektorsgrupp looks at: fixed for a meeting, opened by its members, replaced, released."""

import re
from datetime import date, datetime
from html import unescape

import pytest
from sqlalchemy import update
from tests.integration.groups.test_groups import GROUP, HOME, Place
from tests.places import STOCKHOLM

from ska.access import Role
from ska.audit import AuditEvent
from ska.organizers.models import SavedView

API = "/api/v1/organizers/ekhult/groups/rektorsgruppen-f6/views"
KEY = "rektorsgrupp:rektorsgruppen-f6"
ITEM = "gr-alla-amnen-ak6"
VIEW = re.compile(r'name="view_id".*?</select>', re.S)


class Group(Place):
    """Ekhult's rektorsgrupp of Backskolan, whose rektor leads it, and Hagaskolan."""

    def __init__(self, db):
        db.clock.now = datetime(2026, 11, 9, 9, tzinfo=STOCKHOLM)
        super().__init__(db)
        from tests.factories.framework import load_shipped

        load_shipped()
        self.kim.post(HOME, self.written("Backskolan", "Hagaskolan", leader="Backskolan"))
        self.leads, self.member = self.rektor["Backskolan"], self.rektor["Hagaskolan"]
        self.outside = self.rektor["Ängskolan"]

    def saved(self, browse, name, whose="mine", query=f"?vad={ITEM}&vilka={KEY}", meeting_on=""):
        form = {"name": name, "whose": whose, "when": "latest", "meeting_on": meeting_on}
        return browse.post(f"/ekhult/jamfor/vyer/ny{query}", form)

    def choices(self, browse):
        select = VIEW.search(browse.get(f"{GROUP}/vyer/ny").text)
        found = re.findall(r'value="([0-9a-f-]{36})"[^>]*>([^<]+)<', select[0]) if select else []
        return {name.partition(" (")[0]: one for one, name in found}

    def fix(self, name="Åk 6", day="26/11 2026", browse=None):
        browse = browse or self.leads
        form = {"view_id": self.choices(browse)[name], "meeting_on": day}
        return browse.post(f"{GROUP}/vyer/ny", form)

    def fixed(self, name):
        page = self.leads.get(GROUP).text
        pattern = r'<a href="[^"]+">([^<]+)</a></h\d>.*?vyer/([0-9a-f-]{36})"'
        cards = re.findall(pattern, page, re.S)
        return next(one for told, one in cards if told == name)


@pytest.fixture
def at(db):
    return Group(db)


def read(answer):
    return unescape(answer.text).replace("\u00a0", " ")


def test_a_saved_view_is_fixed_and_every_member_opens_it_in_the_meeting(at):
    at.saved(at.leads, "Åk 6")
    assert at.fix().headers["location"] == GROUP

    page = read(at.member.get(GROUP))
    assert "Nästa möte: 26 november 2026" in page
    meeting = re.search(r'class="button secondary small" href="([^"]+visa=mote)"', page)[1]
    opened = at.member.get(meeting)
    assert opened.status_code == 200
    assert "Lämna mötesvyn" in opened.text
    assert f"vad={ITEM}" in meeting
    assert "vilka=rektorsgrupp%3Arektorsgruppen-f6" in meeting
    assert "Byt eller släpp" not in page
    assert "till mötet 26 november 2026" in read(at.member.get("/ekhult/jamfor"))


def test_the_groups_view_is_its_own_whatever_becomes_of_the_saved_one(at):
    at.saved(at.leads, "Åk 6")
    at.fix()
    mine = re.search(
        r"/ekhult/jamfor/vyer/[0-9a-f-]{36}(?=/ta-bort)", at.leads.get("/ekhult/jamfor/vyer").text
    )[0]
    at.leads.post(f"{mine}/namn", {"name": "Något annat"})
    at.leads.post(f"{mine}/ta-bort", {})

    assert "Åk 6" in at.member.get(GROUP).text
    assert "Något annat" not in at.member.get(GROUP).text


def test_one_fixes_straight_from_the_comparison_if_one_leads(at):
    form = f"/ekhult/jamfor/vyer/ny?vad={ITEM}&vilka={KEY}"
    assert "Alla i Rektorsgruppen F–6" in at.leads.get(form).text
    assert "Alla i Rektorsgruppen F–6" not in at.member.get(form).text
    refused = at.saved(at.member, "Mitt förslag", whose="group")
    assert refused.status_code == 422
    assert "Den som leder gruppen väljer" in refused.text
    outside = at.saved(at.kim, "Utan grupp", whose="group", query=f"?vad={ITEM}&vilka=enheter")
    assert outside.status_code == 422

    assert at.saved(at.leads, "Direkt", "group", meeting_on="2026-11-26").status_code == 303
    assert "Direkt" in at.member.get(GROUP).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"view_id": ""}, "Välj vilken vy gruppen ska titta på"),
        ({"view_id": "01990f6e-5c00-7000-8000-000000000001"}, "Välj en vy i listan"),
        ({"meeting_on": "2026-11-08"}, "Dagen har redan varit"),
        ({"meeting_on": "i morgon bitti"}, "datum"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_chosen_is_kept(at, wrong, said):
    at.saved(at.leads, "Åk 6")
    chosen = at.choices(at.leads)["Åk 6"]
    form = {"view_id": chosen, "meeting_on": "26/11 2026"} | wrong

    answer = at.leads.post(f"{GROUP}/vyer/ny", form)

    assert answer.status_code == 422
    assert said in answer.text
    if "view_id" not in wrong:
        assert f'value="{chosen}" selected' in answer.text
        assert f'value="{wrong["meeting_on"]}"' in answer.text
    else:
        assert 'value="26/11 2026"' in answer.text


def test_what_is_only_mine_is_not_another_leaders_to_fix(at):
    at.saved(at.leads, "Min egen")
    at.saved(at.kim, "Kims egen")
    at.saved(at.kim, "Allas", whose="all")

    assert set(at.choices(at.leads)) == {"Min egen", "Allas"}
    assert set(at.choices(at.kim)) == {"Kims egen", "Allas"}


def test_it_is_replaced_released_and_taken_back(at, db):
    for name in ("Åk 6", "Trygghet"):
        at.saved(
            at.leads,
            name,
            query=f"?vad={ITEM}&vilka=enheter" if name == "Åk 6" else f"?vad={ITEM}&vilka={KEY}",
        )
    at.fix()
    first = at.fixed("Åk 6")
    other = {"view_id": at.choices(at.leads)["Trygghet"], "meeting_on": "26/11 2026"}
    assert at.leads.post(f"{GROUP}/vyer/{first}", other).status_code == 303
    page = at.member.get(GROUP).text
    assert "Trygghet" in page
    assert "Åk 6" not in page

    second = at.fixed("Trygghet")
    at.leads.post(f"{GROUP}/vyer/{second}/slapp", {})
    assert "Inget är valt till nästa möte" in at.member.get(GROUP).text
    assert "Släppta vyer" in at.leads.get(GROUP).text
    assert "Släppta vyer" not in at.member.get(GROUP).text
    assert "Vyn är bytt eller släppt" in at.leads.get(f"{GROUP}/vyer/{second}").text
    at.leads.post(f"{GROUP}/vyer/{second}/angra", {})
    assert "Trygghet" in at.member.get(GROUP).text
    with db.as_owner() as session:
        acts = [one.act for one in session.query(AuditEvent).order_by(AuditEvent.id)]
    assert acts[-4:] == ["group.fix", "group.replace", "group.release", "group.retake"]


def test_the_day_alone_is_moved_and_a_day_that_has_been_may_stay(at, db):
    at.saved(at.leads, "Åk 6")
    at.fix()
    with db.as_owner() as session:
        session.execute(update(SavedView).values(meeting_on=date(2026, 11, 5)))
    one = at.fixed("Åk 6")
    same = {"view_id": one, "meeting_on": "2026-11-05"}

    assert "Tidigare möten" in at.leads.get(GROUP).text
    assert at.leads.post(f"{GROUP}/vyer/{one}", same).status_code == 303
    one = at.fixed("Åk 6")
    later = same | {"view_id": one, "meeting_on": "2027-01-14"}
    assert at.leads.post(f"{GROUP}/vyer/{one}", later).status_code == 303
    assert "Nästa möte: 14 januari 2027" in read(at.member.get(GROUP))


def test_two_who_replace_it_at_once_do_not_overwrite_each_other(at):
    for name in ("Åk 6", "Trygghet", "Studiero"):
        at.saved(
            at.leads,
            name,
            "all",
            query=f"?vad={ITEM}&vilka=enheter&ordning=varde"
            if name == "Åk 6"
            else f"?vad={ITEM}&vilka={KEY}",
        )
    at.fix()
    one = at.fixed("Åk 6")
    of = at.choices(at.leads)
    first = {"view_id": of["Trygghet"], "meeting_on": "26/11 2026"}
    at.kim.post(f"{GROUP}/vyer/{one}", first)

    met = at.leads.post(f"{GROUP}/vyer/{one}", first | {"view_id": of["Studiero"]})

    assert met.status_code == 422
    assert "Någon annan har redan bytt eller släppt vyn" in met.text
    page = at.member.get(GROUP).text
    assert "Trygghet" in page
    assert "Studiero" not in page


def test_the_same_question_is_fixed_once_for_a_meeting(at):
    at.saved(at.leads, "Åk 6", "all")
    at.fix()

    again = at.fix(browse=at.kim)

    assert again.status_code == 422
    assert "Den vyn är redan vald till det mötet" in again.text
    assert at.fix(day="").status_code == 303


def test_who_does_not_lead_chooses_nothing_and_others_lists_are_not_filled(at):
    at.saved(at.leads, "Åk 6", "group")
    one = at.fixed("Åk 6")

    teacher = at.person(Role.TEACHER, "Backskolan")
    for browse in (at.member, at.outside):
        led = browse.get(f"{GROUP}/vyer/ny")
        assert (led.status_code, led.headers["Location"]) == (303, GROUP)
        told = browse.get(led.headers["Location"]).text
        assert "Den som leder gruppen väljer vad den tittar på." in told
    assert teacher.get(f"{GROUP}/vyer/ny").status_code == 403
    for browse in (at.member, at.outside, teacher):
        assert browse.post(f"{GROUP}/vyer/{one}/slapp", {}).status_code == 403
        assert browse.get(GROUP).status_code == 200
    lists = {
        name: "Åk 6" in getattr(at, name).get("/ekhult/jamfor/vyer").text
        for name in ("leads", "member", "outside", "kim")
    }
    assert lists == {"leads": True, "member": True, "outside": False, "kim": True}
    assert at.person(Role.POLITICIAN).get(f"/ekhult/jamfor/vyer/{one}").status_code == 404
    assert at.kim.post(f"/ekhult/jamfor/vyer/{one}/ta-bort", {}).status_code == 403


def test_a_group_that_has_ended_keeps_its_views_to_itself_until_it_is_back(at):
    at.saved(at.leads, "Åk 6", "group", query=f"?vad={ITEM}&vilka=enheter")
    assert at.saved(at.leads, "Åk 6", "group").status_code == 303
    one = at.fixed("Åk 6")
    at.leads.post(f"{GROUP}/avsluta", {})

    assert at.leads.get(f"/ekhult/jamfor/vyer/{one}").status_code == 404
    assert "Åk 6" not in at.member.get("/ekhult/jamfor/vyer").text
    at.leads.post(f"{GROUP}/angra", {})
    assert "Åk 6" in at.member.get(GROUP).text


def test_without_a_saved_view_one_is_led_to_the_comparison(at):
    page = at.leads.get(f"{GROUP}/vyer/ny").text

    assert "Ni har inga sparade vyer än" in page
    assert f'href="/ekhult/jamfor?vilka={KEY}"' in page
    assert "Inget är valt till nästa möte" in at.leads.get(GROUP).text


def test_programs_do_as_people_do(at):
    at.saved(at.leads, "Åk 6", "all")
    view = at.choices(at.leads)["Åk 6"]
    form = {"view_id": view, "meeting_on": "2026-11-26"}
    made = at.leads.api("POST", API, json=form)
    one = f"{API}/{made.json()['id']}"
    tag = {"If-Match": f'"{made.json()["version"]}"'}

    assert made.json()["whose"] == "group"
    assert at.member.api("POST", API, json=form).status_code == 403
    assert [each["name"] for each in at.member.api("GET", API).json()] == ["Åk 6"]
    moved = at.leads.api("PUT", one, json=form | {"meeting_on": "2026-12-03"}, headers=tag)
    assert moved.json()["meeting_on"] == "2026-12-03"
    assert at.leads.api("PUT", one, json=form, headers=tag).status_code == 412
    new = f"{API}/{moved.json()['id']}"
    assert at.leads.api("DELETE", new, headers={"If-Match": moved.headers["etag"]}).is_success
    gone = at.leads.api("GET", new)
    assert gone.json()["removed"] is True
    back = at.leads.api("POST", f"{new}/restore", headers={"If-Match": gone.headers["etag"]})
    assert back.json()["removed"] is False


def test_the_pages_ask_six_questions_at_most(at, statements):
    at.saved(at.leads, "Åk 6", "group")
    one = at.fixed("Åk 6")
    for path in (
        GROUP,
        f"{GROUP}/vyer/ny",
        f"{GROUP}/vyer/{one}",
        "/ekhult/jamfor/vyer",
        f"/ekhult/jamfor/vyer/ny?vad={ITEM}&vilka={KEY}",
    ):
        statements.clear()
        assert at.leads.get(path).status_code == 200
        assert len(statements) <= 6, path
