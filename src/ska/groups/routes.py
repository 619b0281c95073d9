"""The controllers of rektorsgrupper, for the application's list."""

from __future__ import annotations

from ska.groups.api import GroupApi
from ska.groups.controllers import GroupController
from ska.groups.view_api import FixedViewApi
from ska.groups.view_pages import FixedViewController

PAGES = (GroupController, FixedViewController)
API = (GroupApi, FixedViewApi)
