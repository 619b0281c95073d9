"""Grades beside test grades, and sambedömning: what differs is asked about, never concluded."""
