"""Överlämning: what a new rektor should know of the unit, built from what was written."""
