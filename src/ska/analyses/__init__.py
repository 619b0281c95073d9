"""Nulägesanalyser: from observations to causes to what is chosen to be developed."""
