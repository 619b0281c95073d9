"""Notices and reminders: who is told what and when, in the app and by mail."""
