"""People: sign-in, sessions, roles. The only room that reads these tables (outside RLS)."""
