"""Names of persons told from names of units: common first names in Sweden, written down by us.

Only for refusing: a column in which a good part begins so is about persons, whatever its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

FEWEST, LEAST_SHARE = 3, 0.3
_NAMES = """
adam agnes albin alexander alice alicia alma alva amanda amina anders andreas anna annika anton
arvid astrid august axel barbro beatrice ben bengt berit birgitta björn bo bosse britt camilla
carina carl caroline cecilia charlie charlotta christer christina clara colin daniel david ebba
edith edvin elias elin elina elisabeth ella ellen elliot elsa elvira emelie emil emilia emma
erik ester eva evelina felicia felix filip fredrik freja frida gabriel gunilla gunnar gustav
hampus hanna hannes hans harry hassan helena henrik henry hugo håkan ibrahim ida ingela inger
ingrid iris irma isabella isabelle isak jack jakob jan jasmine jenny jens jesper joel johan
johanna john jonas jonathan josef josefin julia julian kajsa karin karl kent kerstin kevin kim
klara kristina lars lea leah leia lena leo leon leonard liam lilly lina linda linn linnea linus
lisa liv lo louise lova love lovisa lucas ludvig lukas magnus maja malin malva marcus margareta
maria marie martin matilda matteo max maximilian melker melvin mikael milo milton mira moa
mohamed mohammed molly monica märta måns nathalie nellie nicole niklas nils noah noel nora nova
ola oliver olivia olle oscar oskar otto patrik per pernilla peter pia robert robin ronja rut
saga sam samuel sandra sara sebastian selma signe sigrid simon sixten sofia sofie stefan stella
stig stina susanne svea sven tage thea theo theodor therese thomas tilda tilde tindra tove tuva
ulf ulla ulrika valter vera viktor viktoria vilgot vilma vincent viola wilhelm william wilma
yasmin ylva yusuf zahra åke åsa
"""
_COMMON = frozenset(_NAMES.split())
_PLACE = re.compile(r"skol|gymnasi|kommun|enhet|akademi|förskol|fritids|lärcent|campus|rektor")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")


def are_persons(names: Iterable[str]) -> bool:
    """Tell whether names are those of persons: several, and a good part of them all."""
    all_names = {name.strip() for name in names if name.strip()}
    found = [name for name in all_names if _is_person(name)]
    return len(found) >= FEWEST and len(found) >= LEAST_SHARE * len(all_names)


def _is_person(name: str) -> bool:
    words = re.split(r"[\s,]+", name.casefold())
    if not 2 <= len(words) <= 5 or _PLACE.search(name.casefold()):
        return False
    first = words[-1] if "," in name else words[0]
    return first.split("-")[0] in _COMMON and all(_WORD.fullmatch(word) for word in words)
