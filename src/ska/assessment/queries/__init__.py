"""Reading for assessment: how grades relate to test grades, and the sambedömningar."""
