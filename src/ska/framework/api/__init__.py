"""The framework for programs."""

from ska.framework.api.catalogue import FrameworkApi
from ska.framework.api.local import LocalGoalApi, LocalIndicatorApi, LocalTieApi

API = [FrameworkApi, LocalGoalApi, LocalIndicatorApi, LocalTieApi]

__all__ = ["API"]
