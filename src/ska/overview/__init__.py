"""The rooms read together: the overview, the list of results and each indicator's page."""
