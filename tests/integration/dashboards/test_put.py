"""From every page with a chart to a saved view and to a tavla, in the words of its address."""

import re
from html import unescape

import pytest
from tests.integration.dashboards.test_tiles import read, sentences
from tests.the_demo import person_of_the_demo

BOARD = "/storlunda/tavlor/namnd"
PAGES = {
    "/storlunda/jamfor/salsa?matt=alla-amnen&nar=2024%2F25": "SALSA: godkänt i alla ämnen",
    "/storlunda/np-betyg?enhet=&prov=np-betyg-ak9&amne=sv&grupp=ingen": "årskurs 9: svenska",
    "/storlunda/resultat/gr-alla-amnen-ak9?enhet=&som=styrdiagram": "styrdiagram",
    "/storlunda/jamfor?vad=gr-alla-amnen-ak6&vilka=enheter&som=utjamnat": "årskurs 6",
    "/storlunda/jamfor?vad=gr-alla-amnen-ak6&vilka=enheter&som=fordelning": "årskurs 6",
}


@pytest.fixture
def vera(db, demo):
    return db.browse(person_of_the_demo(db, "vera@storlunda.example"))


def link_on(page, word):
    return unescape(re.search(rf'<a href="([^"]+)">{word}</a>', page.text)[1])


@pytest.mark.parametrize(("address", "heading"), PAGES.items())
def test_every_page_with_a_chart_is_saved_as_a_view_and_opened_again(
    vera, statements, address, heading
):
    page = vera.get(address)
    form = link_on(page, "Spara som vy")
    statements.clear()
    asked = vera.get(form)
    assert len(statements) <= 6
    assert heading in read(asked.text)
    action = unescape(re.search(r'<form method="post" action="([^"]*vyer/ny[^"]*)"', asked.text)[1])
    wrong = vera.post(action, {"name": "", "whose": "all", "meeting_on": "i går kväll"})
    assert wrong.status_code == 422
    assert "Skriv vad vyn heter" in wrong.text
    assert 'value="i går kväll"' in wrong.text
    saved = vera.post(action, {"name": "Till mötet", "whose": "all", "when": "latest"})
    assert saved.status_code == 303
    there = vera.get("/storlunda/jamfor/vyer").text
    opened = vera.get(re.search(r'href="([^"]+/vyer/[0-9a-f-]{36})">Till mötet</a>', there)[1])
    where = opened.headers["location"]
    assert set(re.split("[?&]", where)) == set(re.split("[?&]", saved.headers["location"]))
    assert "nar=" not in where  # the latest is no year
    if "nar=" not in address:
        assert sentences(vera.get(where).text) == sentences(page.text)


def test_a_view_may_stay_at_a_period_and_says_so(vera):
    address = "/storlunda/jamfor/salsa?matt=alla-amnen&nar=2024%2F25"
    form = link_on(vera.get(address), "Spara som vy")
    saved = vera.post(form, {"name": "Då", "whose": "mine", "when": "fixed"})

    assert "nar=2024%2F25" in saved.headers["location"]
    assert "Alltid 2024/25." in read(vera.get("/storlunda/jamfor/vyer").text)


def test_a_page_that_is_none_or_has_no_values_is_not_saved(db, vera):
    assert vera.get("/storlunda/jamfor/vyer/ny/nagot").status_code == 404
    assert vera.get("/storlunda/jamfor/vyer/ny/resultat?vad=finns-inte").status_code == 404
    kim = db.browse(person_of_the_demo(db, "kim@ekhult.example"))
    assert kim.get("/ekhult/jamfor/vyer/ny/salsa").status_code == 404


@pytest.mark.parametrize(("address", "heading"), PAGES.items())
def test_every_page_with_a_chart_is_set_on_a_tavla(vera, statements, address, heading):
    form = link_on(vera.get(address), "Sätt på en tavla")
    statements.clear()
    asked = read(vera.get(form).text)
    assert len(statements) <= 6
    assert "Huvudmannen" in asked
    assert vera.post(form, {"back": "0"}).status_code == 422
    vera.post("/storlunda/tavlor/namnd/andra", {"act": "bort-0"})
    put = vera.post(form, {"board": "namnd", "back": "1"})

    assert put.headers["location"] == BOARD
    page = read(vera.get(BOARD).text)
    assert "förra läsåret, ett år tillbaka" in page
    assert heading.lower() in page.lower()


def test_a_full_tavla_says_so_and_keeps_what_was_chosen(vera):
    form = link_on(vera.get(next(iter(PAGES))), "Sätt på en tavla")
    for _more in range(8):
        assert vera.post(form, {"board": "namnd"}).status_code == 303
    full = vera.post(form, {"board": "namnd", "back": "2"})

    assert full.status_code == 422
    assert "En tavla rymmer 12 rutor." in read(full.text)
    assert '<option value="2" selected>' in full.text


def test_what_is_not_the_same_elsewhere_is_not_set_on_a_tavla(vera):
    chosen = "/storlunda/jamfor?vad=gr-alla-amnen-ak6&vilka=valda&kommun=1499"
    assert "Sätt på en tavla" not in vera.get(chosen).text
    put = "/storlunda/tavlor/ny-ruta"
    told = vera.get(f"{put}/jamfor?vad=gr-alla-amnen-ak6&vilka=valda")
    assert told.status_code == 409
    assert "De platserna är inte desamma hos andra" in read(told.text)
    assert vera.get(f"{put}/jamfor?vad=gr-ma-ak9&vilka=enheter&som=karta").status_code == 409
    assert vera.get(f"{put}/np-betyg?prov=x&amne=y").status_code == 404
    picked = "gr-alla-amnen-ak6&vilka=enheter&enhet=almskolan&enhet=dalskolan"
    assert "Sätt på en tavla" not in vera.get(f"/storlunda/jamfor?vad={picked}").text
    assert vera.get(f"{put}/jamfor?vad={picked}").status_code == 409
    pooled = "/storlunda/jamfor?vad=gr-alla-amnen-ak6&vilka=enheter&ar=3"
    assert "Sätt på en tavla" not in vera.get(pooled).text
    group = "/np-betyg?grupp=rektorsgrupp:rektorsgruppen-f6"
    assert "Sätt på en tavla" not in vera.get(f"/storlunda{group}").text
    assert vera.get(f"{put}{group}").status_code == 409
    assert vera.get(f"{put}/resultat?vad=finns-inte").status_code == 404
    assert vera.get(f"{put}/nagot?vad=gr-ma-ak9").status_code == 404


def test_a_program_saves_such_a_page_too(db, vera):
    base = "/api/v1/organizers/storlunda/views"
    body = {"name": "Åk 9", "whose": "all", "when": "fixed"}
    saved = vera.api("POST", f"{base}/np-betyg?relation=np-betyg-ak9&subject=sv", json=body)

    assert saved.status_code == 201
    assert saved.json()["address"].startswith("/np-betyg?")
    assert "var=" in saved.json()["address"]
    assert vera.api("POST", f"{base}/nagot", json=body).status_code == 404
