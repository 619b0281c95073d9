"""All pages and operations of the room."""

from __future__ import annotations

from ska.dashboards.api import BoardApi
from ska.dashboards.controllers import DashboardController
from ska.dashboards.made_api import MadeBoardApi
from ska.dashboards.made_pages import MadeBoardController
from ska.dashboards.network_pages import NetworkBoardApi, NetworkBoardController
from ska.dashboards.put_pages import PuttingController
from ska.dashboards.thread_pages import ThreadsApi, ThreadsController
from ska.dashboards.tile_pages import TileController

PAGES = (
    DashboardController,
    MadeBoardController,
    NetworkBoardController,
    PuttingController,
    ThreadsController,
    TileController,
)
API = (BoardApi, MadeBoardApi, NetworkBoardApi, ThreadsApi)
