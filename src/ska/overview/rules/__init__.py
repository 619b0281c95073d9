"""From rows of values to charts, cards and what to do now. Pure."""
