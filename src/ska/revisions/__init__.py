"""Revision letters: those whose pinned evidence has moved are told, once, what it was and is."""
