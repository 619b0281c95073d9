"""Historik: earlier years' reports, read from Word or pasted text, kept as they were written."""
