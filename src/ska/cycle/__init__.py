"""The year: the annual cycle (årshjul), its steps and their reminders."""
