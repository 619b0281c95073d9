"""Insatser for programs: the same services and rules as the pages."""

from ska.actions.api.actions import ActionApi
from ska.actions.api.deficiencies import DeficiencyApi
from ska.actions.api.establishing import EstablishingApi
from ska.actions.api.follow_ups import FollowUpApi
from ska.actions.api.thread import ThreadApi

API = [ActionApi, FollowUpApi, DeficiencyApi, EstablishingApi, ThreadApi]

__all__ = ["API"]
