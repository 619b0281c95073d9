"""The demo: Nätverk Mellanslätt, invented and marked as invented, with a lived year."""
