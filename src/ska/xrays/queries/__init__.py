"""What the X-ray of the work reads."""

from ska.xrays.queries.everything import Alarm, everything
from ska.xrays.queries.xray import WorkXray, work_xray

__all__ = ["Alarm", "WorkXray", "everything", "work_xray"]
