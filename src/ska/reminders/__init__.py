"""Being told of the year: reminders, the notice centre, mail and the calendar of steps."""
