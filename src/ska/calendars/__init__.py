"""The year and the networks' days in people's own calendar programs."""
