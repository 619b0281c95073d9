"""Whatever stands in an answer, it is read with a whole account or refused; nothing breaks."""

import copy
import random

import orjson
from tests.factories.answers import AREAS, element, school, stat2
from tests.sizes import size
from tests.unit.values.saved_answers import FLAT, LABELS, NESTED, TIMES, salsa

from ska.values.importers.observations import Refused
from ska.values.importers.recognise import read_content

SALSA = {"schoolUnitCode": "12345678", "salsaBoysQuota": {"value": "50", "valueType": "EXISTS"}}
POINT = {"label": "VT 2015", "index": 8.4, "source": "rapport"}
SCHOOL = {
    "kod": "12345678",
    "series": {"np": {"2024/25": 14}},
    "elever": 3,
    "survey": {"e": {"ro": 7.0, "n": 9, "sem": "VT26", "ak": "ak8"}},
}
ANSWERS = [
    orjson.loads(school(totalNumberOfPupils=[element("90"), element(None, "MISSING", None)])),
    {"programMetrics": [{"programCode": "EK", "schoolUnit": "12345678", "x": [element("1")]}]},
    {"schoolYearMetrics": [NESTED, FLAT]},
    salsa(SALSA, None),
    stat2(LABELS, AREAS, TIMES, [1.0] * 12, status={"3": "."}),
    {"index_series": [{"group": "a", "subgroup": "b", "omrade": "c", "points": [POINT]}]},
    {"schools": [SCHOOL], "latestPeriod": "2024/25", "salsaPeriod": "2023/24"},
    {"_embedded": {"listedSchoolUnits": [{"code": "12345678", "name": "Ekskolan"}]}},
    {"url": "/v4/x/statistics/gr", "response": {"status": "OK", "body": {"schoolUnit": "1"}}},
    {"values": [{"id": "V15E149700101", "title": "Ekskolan", "municipality": "1497"}]},
]
ODD = [None, True, -1, 1e300, 2**60, "", "x", "\0", "..", "2024/25", [], [[]], {}, [None], {"a": 1}]


def places(node, path=()):
    yield path
    if isinstance(node, dict | list):
        for key, part in node.items() if isinstance(node, dict) else enumerate(node):
            yield from places(part, (*path, key))


def with_odd(answer, chance):
    answer = copy.deepcopy(answer)
    path = chance.choice(list(places(answer)))
    if not path:
        return chance.choice(ODD)
    node = answer
    for key in path[:-1]:
        node = node[key]
    if isinstance(node, dict) and chance.random() < 0.3:
        del node[path[-1]]
    else:
        node[path[-1]] = copy.deepcopy(chance.choice(ODD))
    return answer


def test_an_answer_with_something_odd_in_it():
    chance = random.Random(3)
    for _ in range(size(800, 10_000)):
        answer = chance.choice(ANSWERS)
        for _times in range(chance.randint(1, 3)):
            answer = with_odd(answer, chance)
        content = orjson.dumps(answer, option=orjson.OPT_NON_STR_KEYS)
        try:
            reading = read_content(content, "svar.json")
        except Refused:
            continue
        assert reading.report.is_complete, content
