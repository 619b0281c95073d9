"""The web application put together; the only list of all controllers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig
from sqlalchemy import Engine

from ska import __version__
from ska.accounts.administration import PeopleController
from ska.accounts.api import PeopleApi
from ska.accounts.controllers import SignInController
from ska.accounts.door import GIVERS, let_in
from ska.accounts.profile import ProfileController
from ska.actions.routes import API as ACTION_API
from ska.actions.routes import PAGES as ACTION_PAGES
from ska.analyses.part_api import PartApi
from ska.analyses.part_pages import PartController
from ska.assessment.api import ModerationApi, RelationApi
from ska.assessment.controllers import RelationController
from ska.assessment.session_pages import SessionController
from ska.calendars.api import FeedApi
from ska.calendars.controllers import PAGES as CALENDAR_PAGES
from ska.comparisons.api import ComparisonApi, ShareApi
from ska.comparisons.controllers import ComparisonController
from ska.comparisons.many_units import MANY_API, MANY_PAGES
from ska.comparisons.salsa import SalsaApi, SalsaController
from ska.comparisons.seen_pages import SeeingApi, SeeingController
from ska.comparisons.view_api import ViewApi
from ska.comparisons.view_pages import ViewController
from ska.coverage.api import CoverageApi
from ska.coverage.controllers import CoverageController, SystemController
from ska.cycle.api import YearApi
from ska.cycle.controllers import WheelController
from ska.cycle.hours_api import HoursLimitApi
from ska.cycle.plan_api import PlanApi
from ska.cycle.plan_pages import PlanController
from ska.cycle.step_api import StepApi
from ska.cycle.step_controllers import StepController
from ska.cycle.step_pages import NewStepController, StepFormController
from ska.cycle.time_pages import TimeApi, TimeController
from ska.cycle.wheel_api import OwnWheelsApi, StepDefinitionApi, WheelApi
from ska.cycle.wheel_pages import BenchController, NewWheelController
from ska.dashboards.routes import API as BOARD_API
from ska.dashboards.routes import PAGES as BOARD_PAGES
from ska.dialogues.routes import API as DIALOGUE_API
from ska.dialogues.routes import PAGES as DIALOGUE_PAGES
from ska.editor.api import BeginApi
from ska.editor.controllers import BeginController, EditorController
from ska.fetching.api import FetchApi
from ska.fetching.controllers import FetchController
from ska.framework.api import API as FRAMEWORK_API
from ska.framework.controllers import PAGES as FRAMEWORK_PAGES
from ska.framework.queries import is_loaded
from ska.groups.routes import API as GROUP_API
from ska.groups.routes import PAGES as GROUP_PAGES
from ska.handover.api import HandoverApi
from ska.handover.controllers import HandoverController
from ska.history.api import API as HISTORY_API
from ska.history.controllers import PAGES as HISTORY_PAGES
from ska.organizers.api import UnitApi
from ska.organizers.controllers import UnitController, nowhere
from ska.overview.api import API as OVERVIEW_API
from ska.overview.controllers import OverviewController, ResultController
from ska.overview.shift_pages import ShiftController
from ska.overview.signal_pages import SignalApi, SignalController
from ska.overview.today_pages import TodayController
from ska.overview.worth_pages import WorthController
from ska.questions.api import QuestionApi
from ska.questions.controllers import QuestionController
from ska.reminders.api import NoticeApi
from ska.reminders.controllers import ChannelController, NoticeController
from ska.search.api import SearchApi
from ska.search.controllers import SearchController
from ska.settings import Settings
from ska.sharing.api import NetworkApi
from ska.sharing.controllers import NetworkController
from ska.units.api import OneUnitApi
from ska.units.controllers import OneUnitController
from ska.values.api import API as VALUE_API
from ska.values.controllers import PAGES as VALUE_PAGES
from ska.values.lessons import LessonController
from ska.values.limit_api import LimitApi
from ska.values.shelves import NEWEST
from ska.values.xrays.api import XrayApi
from ska.values.xrays.controllers import XrayController
from ska.web import statics
from ska.web.about import AboutController
from ska.web.dependencies import provide_today
from ska.web.errors import HANDLERS
from ska.web.head import answering_head
from ska.web.headers import add_headers
from ska.web.health import live, ready
from ska.web.kept import CACHE, KeptAnswers
from ska.web.lost import keeping_menu
from ska.web.openapi import index, openapi_document
from ska.web.page import NAV
from ska.web.templates import make_environment
from ska.writing.api import TextApi
from ska.xrays.api import WorkXrayApi
from ska.xrays.controllers import WorkXrayController

PAGES: list[Any] = [
    AboutController,
    SignInController,
    ProfileController,
    PeopleController,
    UnitController,
    OneUnitController,
    *VALUE_PAGES,
    LessonController,
    FetchController,
    XrayController,
    ResultController,
    ShiftController,
    SignalController,
    OverviewController,
    TodayController,
    WorthController,
    BeginController,
    *HISTORY_PAGES,
    PartController,
    *ACTION_PAGES,
    EditorController,
    WheelController,
    NewWheelController,
    TimeController,
    BenchController,
    PlanController,
    NewStepController,
    StepController,
    StepFormController,
    NoticeController,
    ChannelController,
    SearchController,
    *CALENDAR_PAGES,
    nowhere,
    *FRAMEWORK_PAGES,
    SystemController,
    CoverageController,
    ComparisonController,
    SeeingController,
    ViewController,
    QuestionController,
    RelationController,
    SessionController,
    *MANY_PAGES,
    SalsaController,
    *BOARD_PAGES,
    NetworkController,
    *GROUP_PAGES,
    WorkXrayController,
    HandoverController,
    *DIALOGUE_PAGES,
]
API: list[Any] = [
    UnitApi,
    OneUnitApi,
    HandoverApi,
    PeopleApi,
    TextApi,
    *VALUE_API,
    XrayApi,
    WorkXrayApi,
    FetchApi,
    LimitApi,
    *OVERVIEW_API,
    BeginApi,
    *HISTORY_API,
    PartApi,
    *ACTION_API,
    *FRAMEWORK_API,
    CoverageApi,
    ComparisonApi,
    SeeingApi,
    SignalApi,
    ViewApi,
    QuestionApi,
    *BOARD_API,
    RelationApi,
    ModerationApi,
    *MANY_API,
    SalsaApi,
    NetworkApi,
    *GROUP_API,
    ShareApi,
    YearApi,
    OwnWheelsApi,
    TimeApi,
    WheelApi,
    StepDefinitionApi,
    PlanApi,
    HoursLimitApi,
    StepApi,
    NoticeApi,
    FeedApi,
    *DIALOGUE_API,
    SearchApi,
]
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def swedish_time() -> datetime:
    """Return the present moment in Swedish time."""
    return datetime.now(STOCKHOLM)


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="SKA",
        version=__version__,
        description="Systematiskt kvalitetsarbete: från siffra till analys till effekt.",
        path="/api/v1/schema",
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(
            security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}
        ),
        security=[{"token": []}],
    )


def _rooms(app: Litestar) -> frozenset[str]:
    """Return the patterns of the main navigation that some route answers."""
    paths = {
        route.path.replace("{organizer:str}", "{o}").replace("{year:str}", "{y}")
        for route in app.routes
    }
    return frozenset(pattern for _label, pattern in NAV if pattern in paths)


def create_app(
    settings: Settings, engine: Engine, clock: Callable[[], datetime] = swedish_time
) -> Litestar:
    """Return the application on *engine*; *clock* tells Swedish time."""
    environment = make_environment()
    app = Litestar(
        route_handlers=[
            Router("/", route_handlers=[*PAGES, statics.static_file], include_in_schema=False),
            *API,
            index,
            openapi_document,
            live,
            ready,
        ],
        dependencies={"today": Provide(provide_today, sync_to_thread=False)},
        guards=[let_in],
        exception_handlers=HANDLERS,
        before_send=[add_headers],
        stores={"answers": KeptAnswers()},
        response_cache_config=CACHE,
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment)),
        state=State(
            {
                "settings": settings,
                "engine": engine,
                "clock": clock,
                "givers": GIVERS,
                "components": environment.get_template("components.html"),
                "rooms": frozenset(),
                "readiness": {"framework": is_loaded},
                "published": NEWEST,
            }
        ),
        openapi_config=_openapi(),
        logging_config=None,
        request_max_body_size=60_000_000,
    )
    app.state.rooms = _rooms(app)
    app.asgi_handler = answering_head(keeping_menu(app.asgi_handler))
    return app
