"""No link on a page leads its reader to a page that is not there or not for them."""

import re
from collections import Counter, deque
from html import unescape

import pytest
from tests.sizes import size
from tests.the_demo import person_of_the_demo

PEOPLE = size(
    ("robin@ekhult", "alex@ekhult", "sara@lindasa"),
    (
        *("kim@ekhult", "robin@ekhult", "sam@ekhult", "alex@ekhult", "tove@ekhult"),
        *("ida@lindasa", "sara@lindasa", "olof@norrforsa", "amira@storlunda"),
    ),
)
OF_A_KIND = size(1, 3)  # pages that differ only in which thing they show
THING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/enheter/)[^/?]+|(?<=/resultat/)[^/?]+")


def kind_of(address):
    """Return an address without which thing it is about, and how that is shown."""
    return THING.sub("*", address.partition("?")[0])


def links_of(page):
    main = page[page.index("<main") : page.index("</main>")]
    found = (
        unescape(one).partition("#")[0] for one in re.findall(r'(?:href|hx-get)="([^"]+)"', main)
    )
    return [one for one in found if one.startswith("/")]


@pytest.mark.prove
@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_leads_somewhere(db, demo, who):
    browse = db.browse(person_of_the_demo(db, f"{who}.example"))
    start = f"/{who.partition('@')[2]}/oversikt"
    ahead, seen, kinds, dead = deque([(start, "")]), set(), Counter(), []
    while ahead:
        address, page = ahead.popleft()
        if address in seen or kinds[kind_of(address)] == OF_A_KIND:
            continue
        seen.add(address)
        kinds[kind_of(address)] += 1
        answer = browse.get(address, follow_redirects=True)
        if answer.status_code >= 400:
            dead.append((page, address, answer.status_code))
        elif "<main" in answer.text:
            ahead += [(link, address) for link in links_of(answer.text)]

    assert dead == []
    assert len(seen) > 50
