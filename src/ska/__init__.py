"""SKA: systematic quality work in Swedish schools, from number to analysis to effect."""
