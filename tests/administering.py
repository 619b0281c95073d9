"""People in tests: find a role, send a link, choose a password, sign in."""

import re

from sqlalchemy import select

from ska.accounts.models import RoleAssignment

PASSWORD = "tre vanliga ord räcker"
PEOPLE = "/ekhult/personer"
API = "/api/v1/organizers/ekhult/people"
NEW = {"name": "Robin Sand", "email": "Robin@Ekhult.se", "role": "teacher", "valid_from": "4/9"}


def role_of(db, person):
    with db.as_owner() as session:
        return session.scalars(
            select(RoleAssignment).where(RoleAssignment.person_id == person.id)
        ).one()


def link_of(browse, person_id):
    page = browse.post(f"{PEOPLE}/{person_id}/inbjudan")
    found = re.search(r'<code id="link">http[^<]*(/valkommen/[\w-]+)</code>', page.text)
    return found[1] if found else page


def choose(db, link, password=PASSWORD):
    """Open the link in a browser of its own and choose a password."""
    browse = db.browse()
    browse.get(link)
    return browse, browse.post(link, {"password": password})


def sign_in(browse, password=PASSWORD, **more):
    browse.get("/logga-in")
    return browse.post("/logga-in", {"email": "Kim@ekhult.se", "password": password, **more})
