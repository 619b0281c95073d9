"""What the X-ray of the work reads."""

from ska.xrays.queries.everything import Alarm
from ska.xrays.queries.xray import WorkXray, work_xray

__all__ = ["Alarm", "WorkXray", "work_xray"]
