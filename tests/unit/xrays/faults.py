"""For each rule, the least change of a sound huvudman that the rule must find."""

from tests.unit.xrays import faults_around, faults_in_work
from tests.unit.xrays.declaring import FAULTS

__all__ = ["FAULTS", "faults_around", "faults_in_work"]
