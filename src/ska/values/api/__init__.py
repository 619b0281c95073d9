"""Values for programs: measures, published and own values, imports."""

from ska.values.api.imports import ImportApi
from ska.values.api.measures import MeasureApi
from ska.values.api.values import PastApi, ValueApi

API = [MeasureApi, ValueApi, PastApi, ImportApi]

__all__ = ["API"]
