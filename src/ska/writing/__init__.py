"""Texts that people write together: sections with versions, conflicts kept, freezing."""
