"""An export of Skolverket as people download it, written by hand and read."""

from ska.values.importers.recognise import read_content

KEYS = "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman"
ALE = "Ale;1440;Västra Götalands län;14"
XML = """<?xml version="1.0"?>
<root><rubrik>F&#246;rskoleklass - Kostnader per kommun</rubrik>
<inledning>Valt &#229;r: 2016
Endast kommunal huvudman</inledning>
<skola kommun_namn="Ale" kommunkod="1440" huvudman="Kommunal"><antal_elever>384</antal_elever>
<totalt_elev>57 500</totalt_elev></skola>
<skola kommun_namn="Aneby" kommunkod="0604" huvudman="Kommunal"><antal_elever>0</antal_elever>
<totalt_elev>.</totalt_elev></skola>
<skola kommun_namn="Avesta" kommunkod="2084" huvudman="Kommunal">
<totalt_elev>x</totalt_elev></skola>
<avslutning><del1>Rapportbeskrivning och definitioner etc.</del1><definitioner>
<variabel>Totalt per elev</variabel><definition>Kostnaden; per elev.</definition></definitioner>
</avslutning></root>"""


def export(*table, title="Grundskola - Betyg årskurs 6", chosen="Valt läsår: 2024/25"):
    above = ["Statistik från Skolverket, https://www.skolverket.se", "", title, chosen, ""]
    after = ["", "Rapportbeskrivning och definitioner etc.", "Antal elever;Som fått betyg.;"]
    return "\n".join([*above, *table, *after, ""]).encode("utf-8-sig")


def read(*table, **words):
    return read_content(export(*table, **words), "a.csv")


def seen(reading, *columns):
    return reading.observations.select(*columns).rows()


def sheet(operator_type, *cells):
    head = ["Kommun", "Kommun-kod", "Län", "Läns-kod", "Antal elever"]
    above = [[], [], ["Grundskola - Antal elever"], [operator_type], ["Valt läsår: 2024/25"], []]
    return [*above, head, *([*ALE.split(";"), cell] for cell in cells)]
