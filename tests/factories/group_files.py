"""Files with values by a group of the pupils, and reading them in."""

from __future__ import annotations

from ska.values import services
from ska.values.given import Given

NUMBER = "2120001234"
HEAD = "mått;område;områdesnamn;period;kön;grupp;värde;antal;enhet"
SCHOOLS = (
    "Godkänt;12345678;Ekskolan;2024/25;;;60;50;%",
    "Godkänt;12345679;Lillskolan;2024/25;;;50;4;%",
    "Godkänt;12345670;Alskolan;2024/25;;;60,9;46;%",
)
WHOLE = f"Godkänt;{NUMBER};Ekhult;2024/25;;alla;60;100;%"
SWEDISH = f"Godkänt;{NUMBER};Ekhult;2024/25;;svensk bakgrund;66,7;60;%"
FOREIGN = f"Godkänt;{NUMBER};Ekhult;2024/25;;Utländsk bakgrund;50;40;%"


def table(*rows):
    return "\n".join((HEAD, *rows)).encode()


ALL = table(*SCHOOLS, WHOLE, SWEDISH, FOREIGN)


def read_in(session, actor, organizer, content=ALL, name="egna.csv"):
    given = Given(((name, content),))
    upload, tried = services.try_file(session, actor, organizer_id=organizer.id, given=given)
    return tried, services.read_in(session, actor, upload=upload)
