"""The page where an analysis is written: sections, conflicts, history, and how it begins."""
