"""What the recorded sources say about Hjo and those it is compared with: invented figures."""

from __future__ import annotations

from typing import Any

import orjson
from tests.factories.answers import element, stat2

from ska.fetching.plan import CoreMeasure, municipalities

HJO, HJO_NUMBER = "1497", "2120001728"
UNITS = {"11111111": "Ekskolan", "22222222": "Gymnasiet", "33333333": "Gamla skolan"}
LABELS = [
    "Delmål 1: Andel (%) med lägst E i alla ämnen",
    "Delmål 9: Andel (%) som ingen hört talas om förut",
    "Kostnader: Per elev",
]
PAGE = 40
UFA = "Underlag_for_analys_inom_det_nationella_kvalitetssystemet"
KJT = "Kommunala_jamforelsetal"


def _folder(*names: str) -> list[dict[str, str]]:
    return [{"id": one, "type": "t" if one.endswith(".px") else "l", "text": one} for one in names]


FOLDERS: dict[str, Any] = {  # the server lists them bare, or inside an object
    UFA: _folder("Grundskola"),
    f"{UFA}/Grundskola": {"value": _folder("Grundskola.px"), "Count": 1},
    KJT: {"value": _folder("Grundskola", "Forskola"), "Count": 2},
    f"{KJT}/Grundskola": _folder("Betyg", "Skolor_och_elever"),
    f"{KJT}/Grundskola/Betyg": _folder("Grundskola_betyg.px"),
    f"{KJT}/Grundskola/Skolor_och_elever": _folder("Grundskola_skolor_elever.px"),
    f"{KJT}/Forskola": _folder("Barn_och_grupper"),
    f"{KJT}/Forskola/Barn_och_grupper": _folder("Forskola_barn_grupper.px"),
}
Query = dict[str, list[str]]


class Sources:
    """All sources behind one server; *moves* is how many times the measures' codes move."""

    def __init__(self, measures: tuple[CoreMeasure, ...], moves: int = 0) -> None:
        self.measures = {one.code: one for one in measures}
        self.moves, self.first_code = moves, 24

    def __call__(self, path: str, query: Query, body: bytes, base: str) -> Any:
        """Answer a question."""
        room, _, rest = path.lstrip("/").partition("/")
        answer: Any = getattr(self, f"_{room}")(rest, query, body)
        if room == "kolada":
            return self._paged(answer, path, query, base)
        return answer

    def _paged(self, values: list[Any], path: str, query: Query, base: str) -> Any:
        page = int(query.get("page", ["1"])[0])
        rest = "&".join(f"{name}={one[0]}" for name, one in query.items() if name != "page")
        more = page * PAGE < len(values)
        following = f"{base}{path}?{rest}&page={page + 1}" if more else None
        some = values[(page - 1) * PAGE : page * PAGE]
        return {"values": some, "count": len(some), "next_url": following, "previous_url": None}

    def _kolada(self, path: str, query: Query, _body: bytes) -> list[Any]:
        kind, *parts = path.rstrip("/").split("/")
        if kind == "kpi":
            return [self._kpi(code) for code in parts[0].split(",") if code in self.measures]
        if kind == "municipality":
            known = municipalities().values()
            country = {"id": "0000", "title": "Riket", "type": "L"}
            return [{"id": one.code, "title": one.name, "type": "K"} for one in known] + [country]
        if kind == "municipality_groups":
            return [{"id": code, "title": f"Grupp {code}", "members": [{"member_id": HJO}]}
                    for code in parts[0].split(",")]  # fmt: skip
        if kind == "ou":
            return [{"id": "V15E149700101", "title": "Ekskolan", "municipality": HJO}]
        if kind == "data" and "from_date" in query:
            codes, areas = (query[name][0].split(",") for name in ("kpi_id", "municipality_id"))
            return [self._withdrawn(codes[0], areas[0])]
        key = "ou" if kind == "oudata" else "municipality"
        return [
            self._value(code, area, int(year), key)
            for code in parts[1].split(",")
            for area in parts[3].split(",")
            for year in parts[5].split(",")
        ]

    def _kpi(self, code: str) -> Any:
        title = self.measures[code].title
        return {"id": code, "title": title, "is_divided_by_gender": True, "auspice": "E",
                "description": "Källa Skolverket.", "publication_date": "2026-09-25"}  # fmt: skip

    def _value(self, code: str, area: str, year: int, key: str) -> Any:
        seed = sum(map(ord, f"{code}{area}")) + year * 7
        cells = [
            {"gender": gender, "count": 1, "status": "", "value": float(seed % 90 + shift),
             "isdeleted": False}
            for shift, gender in enumerate("MTK"[: 1 + seed % 3])
        ]  # fmt: skip
        return {"kpi": code, key: area, "period": year, "values": cells}

    def _withdrawn(self, code: str, area: str) -> Any:
        cell = {"gender": "M", "count": 1, "status": "", "value": 1.0, "isdeleted": True}
        return {"kpi": code, "municipality": area, "period": 2024, "values": [cell]}

    def _pxweb(self, path: str, _query: Query, body: bytes) -> Any:
        if path in FOLDERS:
            return FOLDERS[path]
        if "Kommunala" in path:
            return self._comparison(path, body)
        measures = {str(self.first_code + i): label for i, label in enumerate(LABELS)}
        areas = {
            "00": "RIKET: TOTALT",
            HJO_NUMBER: f"HJO KOMMUN ({HJO_NUMBER}): HUVUDMAN",
            "2120001736": "TIDAHOLMS KOMMUN (2120001736): HUVUDMAN",
            f"{HJO_NUMBER}-11111111": f"HJO KOMMUN ({HJO_NUMBER}): EKSKOLAN (11111111)",
            f"{HJO_NUMBER}-22222222": f"HJO KOMMUN ({HJO_NUMBER}): GYMNASIET (22222222)",
        }
        times = {"2023": "2023/24", "2024": "2024/25"}
        if not body:
            if self.moves:  # the table moves right after its metadata was read
                self.moves -= 1
                self.first_code += 2
            return {
                "title": "Underlag",
                "variables": [
                    {"code": "variable", "values": [*measures], "valueTexts": [*measures.values()]},
                    {"code": "level", "values": [], "valueTexts": []},
                    {"code": "time", "values": [*times], "valueTexts": [*times.values()]},
                ],
            }
        asked = {one["code"]: one["selection"] for one in orjson.loads(body)["query"]}
        chosen = {code: measures.get(code, "?") for code in asked["variable"]["values"]}
        chosen = {code: label for code, label in chosen.items() if label != "?"}
        if asked["level"]["filter"] == "item":
            areas = {code: areas[code] for code in asked["level"]["values"]}
        when = {code: times[code] for code in asked["time"]["values"]}
        count = len(chosen) * len(areas) * len(when)
        return stat2(chosen, areas, when, [float(place % 80) for place in range(count)],
                     updated="2026-03-24T08:00:00Z")  # fmt: skip

    def _comparison(self, path: str, body: bytes) -> Any:
        measures = {"1": "Antal elever", "2": "Andel (%) flickor"}
        areas = {"00": "Riket", "14": "Västra Götalands län", HJO: "Hjo", "1498": "Tidaholm"}
        times = {"2024": "2024/25"}
        if not body:
            named = {"variable": measures, "level": areas, "time": times}
            return {
                "title": path.rpartition("/")[2],
                "variables": [
                    {"code": code, "values": [*one], "valueTexts": [*one.values()]}
                    for code, one in named.items()
                ],
            }
        asked = {one["code"]: one["selection"]["values"] for one in orjson.loads(body)["query"]}
        chosen = {code: areas[code] for code in asked["level"]}
        label = path.rpartition("/")[2].removesuffix(".px") + " efter mått, nivå och läsår"
        return stat2(measures, chosen, times, [50.0] * (2 * len(chosen)), label=label)

    def _register(self, path: str, _query: Query, _body: bytes) -> Any:
        code = path.partition("school-units/")[2]
        if not code:
            rows = [{"schoolUnitCode": one, "name": name} for one, name in UNITS.items()]
            return {"meta": {}, "data": {"type": "schoolunit", "attributes": rows}}
        kinds = {"11111111": ["GR", "FKLASS"], "22222222": ["GY"]}.get(code, ["GR"])
        about = {
            "displayName": UNITS[code],
            "status": "UPPHORT" if code == "33333333" else "AKTIV",
            "schoolTypes": kinds,
            "startdate": "2015-07-01",
            "headMaster": "Rektor Rektorsson",
            "email": "rektor@example.test",
        }
        included = {"organizationNumber": HJO_NUMBER, "attributes": {"displayName": "HJO KOMMUN"}}
        return {"data": {"schoolUnitCode": code, "attributes": about}, "included": included}

    def _listed(self) -> Any:
        units = [
            {"code": code, "name": name, "geographicalAreaCode": HJO, "typeOfSchooling": []}
            for code, name in UNITS.items()
        ]
        page = {"size": 50, "totalElements": len(units), "totalPages": 1, "number": 0}
        return {"status": "OK", "body": {"_embedded": {"listedSchoolUnits": units}, "page": page}}

    def _planned(self, path: str, _query: Query, _body: bytes) -> Any:
        if "nestedsurveys" in path:
            return None
        if path == "v4/school-units":
            return self._listed()
        body: Any = {"certifiedTeachersQuota": [element("89,6")]}
        if "all-schools" in path:
            one = {
                "schoolUnitCode": "11111111",
                "salsaBoysQuota": {"value": "51", "valueType": "EXISTS"},
            }
            body = {"compulsorySchoolUnitSalsaMetricList": [one], "timePeriod": "2023/24"}
        elif "national" not in path:
            body["schoolUnit"] = path.split("/")[2]
            body["totalNumberOfPupils"] = [element("cirka 210"), element(None, "MISSING", None)]
            if path.endswith("/gy"):
                body = {"programMetrics": [{"programCode": "EK", **body}]}
        return {"status": "OK", "message": "Success", "body": body}
