"""Import every models.py once, so that migrations and tests see all tables."""

from ska.accounts import models as accounts
from ska.actions import models as actions
from ska.actions.borrowing import models as borrowing
from ska.analyses import models as analyses
from ska.assessment import models as assessment
from ska.audit import AuditEvent
from ska.cycle import models as cycle
from ska.dashboards import models as dashboards
from ska.db.base import Model
from ska.dialogues import models as dialogues
from ska.fetching import models as fetching
from ska.framework import models as framework
from ska.handover import models as handover
from ska.history import models as history
from ska.notices import models as notices
from ska.organizers import models as organizers
from ska.overview import models as overview
from ska.questions import models as questions
from ska.revisions import models as revisions
from ska.search import models as search
from ska.sharing import models as sharing
from ska.values import models as values
from ska.values.levels import models as levels
from ska.values.xrays import models as xrays
from ska.web.once import OnceAnswer
from ska.writing import models as writing

__all__ = [
    "AuditEvent",
    "OnceAnswer",
    "accounts",
    "actions",
    "analyses",
    "assessment",
    "borrowing",
    "cycle",
    "dashboards",
    "dialogues",
    "fetching",
    "framework",
    "handover",
    "history",
    "levels",
    "metadata",
    "notices",
    "organizers",
    "overview",
    "questions",
    "revisions",
    "search",
    "sharing",
    "values",
    "writing",
    "xrays",
]

metadata = Model.metadata
