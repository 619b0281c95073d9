"""Questions from a comparison: a network's joint one, or one to a unit or another huvudman."""
