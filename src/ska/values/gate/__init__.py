"""The gate: what of a huvudman's own values may be put out, decided over whole families. Pure."""

from ska.values.gate.divided import as_told
from ska.values.gate.frames import BESIDE, pass_gate
from ska.values.gate.spreads import told_spread

__all__ = ["BESIDE", "as_told", "pass_gate", "told_spread"]
