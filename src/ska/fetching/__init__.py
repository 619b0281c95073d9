"""Fetching open data: ask politely, keep every answer, load what was kept."""
