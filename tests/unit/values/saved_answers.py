"""A saved answer, read as the product reads it, and its cells."""

from tests.factories.answers import saved

from ska.values.importers.recognise import read_content


def cells(reading, *columns):
    return reading.observations.select(columns or ("measure", "period", "value", "status")).rows()


def read(content):
    reading = read_content(content if isinstance(content, bytes) else saved(content), "svar.json")
    assert reading.report.is_complete
    return reading
