"""What is taken along from the demo says that it is invented, wherever it is opened."""

import re
import zipfile
from io import BytesIO

import pytest
from sqlalchemy import select
from tests.the_demo import kim_of_the_demo, person_of_the_demo

from ska.actions.models import Expectation
from ska.organizers.models import Organizer
from ska.web.files import INVENTED

ENDINGS = (".csv", ".xlsx", ".svg")
FILLED = {
    "{organizer:str}": "storlunda", "{indicator:str}": "gr-alla-amnen-ak6", "{year:str}": "2026-27",
    "{board:str}": "huvudman", "{at:int}": "0", "{network:str}": "natverk-mellanslatt",
}  # fmt: skip
OF_EKHULT = ("{network:str}", "{expectation_id:uuid}", "/rod-trad/")
"""What Storlunda has none of."""
COMPARED = "?vad=gr-alla-amnen-ak6&vilka=enheter"


def files(app, expectation):
    """Return the address of every file of a huvudman's; one with an unknown part fails below."""
    paths = {route.path for route in app.routes if route.path.endswith(ENDINGS)}
    paths |= {f"/{{organizer:str}}/resultat/ladda-ner/egna/{kind}" for kind in ("csv", "xlsx")}
    for path in sorted(path for path in paths if path.startswith("/{organizer:str}/")):
        known = {**FILLED, "{expectation_id:uuid}": str(expectation)}
        if any(part in path for part in OF_EKHULT):
            known["{organizer:str}"] = "ekhult"
        for part, filled in known.items():
            path = path.replace(part, filled)  # noqa: PLW2901  # filled part by part
        yield path + (COMPARED if path.startswith("/storlunda/jamfor/") else "")


def words_of(answer, path):
    if ".xlsx" not in path and not path.endswith("xlsx"):
        return re.sub(r"</text><text[^>]*>", " ", answer.text)
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        return " ".join(book.read(name).decode() for name in book.namelist() if "xml" in name)


@pytest.mark.parametrize("is_demo", [True, False], ids=["of the demo", "of one that is real"])
def test_a_file_says_whether_it_is_invented(db, demo, is_demo):
    if not is_demo:
        with db.owner.begin() as connection:
            connection.exec_driver_sql("UPDATE organizer SET is_demo = false")
    vera = db.browse(person_of_the_demo(db, "vera@storlunda.example"))
    kim = db.browse(kim_of_the_demo(db))
    with db.as_owner() as session:
        of_ekhult = select(Expectation).join(Organizer, Organizer.id == Expectation.organizer_id)
        of_ekhult = of_ekhult.where(Organizer.slug == "ekhult").order_by(Expectation.expected_in)
        expected = session.scalars(of_ekhult).first()
    found = list(files(db.app, expected.id))

    assert len(found) >= 15
    for path in found:
        answer = (kim if path.startswith("/ekhult/") else vera).get(path)
        assert answer.status_code == 200, path
        assert (INVENTED in words_of(answer, path)) is is_demo, path
