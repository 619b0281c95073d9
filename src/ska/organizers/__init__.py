"""Huvudmän, school units and networks."""
