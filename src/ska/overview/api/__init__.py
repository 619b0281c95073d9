"""The start page, indicators, their values and their charts for programs."""

from ska.overview.api.indicators import IndicatorApi
from ska.overview.api.overview import OverviewApi
from ska.overview.api.shifts import ShiftApi
from ska.overview.api.trust import TrustApi

API = [IndicatorApi, ShiftApi, TrustApi, OverviewApi]

__all__ = ["API"]
