"""Levels that people have accepted: from when a place's numbers in a measure lie anew."""
