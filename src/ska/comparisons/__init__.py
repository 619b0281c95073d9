"""Comparing: what, with whom and when, all in the address; signal before ranking."""
