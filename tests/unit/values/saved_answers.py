"""A saved answer, read as the product reads it, and its cells."""

from tests.factories.answers import UNIT, saved

from ska.values.importers.recognise import read_content

LABELS = {"24": "Delmål 1: Andel (%) i alla ämnen", "25": "Kostnader: Per elev"}
TIMES = {"2023": "2023/24", "2024": "2024/25"}
NESTED = {
    "schoolUnitCode": UNIT,
    "semester": "VT26",
    "schoolYear": "ak5",
    "noOfAnswers": "45",
    "noInGroup": "50",
    "answeringFrequency": "90%",
    "securityMetrics": {"average": "8,6", "ratioCorrespondsFully": "60%", "ratioDoNotKnow": "-"},
    "inspirationMetrics": {"average": "6,1", "ratioAlways": "-", "ratioCorrespondsFully": None},
}
FLAT = {
    **{name: value for name, value in NESTED.items() if not isinstance(value, dict)},
    "securityAverage": "8,6",
    "securityRatioCorrespondsFully": "60%",
    "securityRatioDoNotKnow": "-",
    "securityQuestionDescription": "Känner du dig trygg i skolan?",
    "inspirationAverage": "6,1",
    "inspirationQuestionRatioAlways": "-",
    "inspirationRatioCorrespondsFully": None,
}


def cells(reading, *columns):
    return reading.observations.select(columns or ("measure", "period", "value", "status")).rows()


def read(content):
    reading = read_content(content if isinstance(content, bytes) else saved(content), "svar.json")
    assert reading.report.is_complete
    return reading


def salsa(*schools, period="2022/23"):
    return {"compulsorySchoolUnitSalsaMetricList": list(schools), "timePeriod": period}
