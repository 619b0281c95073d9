"""SKA: systematic quality work in Swedish schools, from number to analysis to effect."""

__version__ = "0.1.0"
