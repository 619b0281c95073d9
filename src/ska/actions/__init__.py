"""Insatser and åtgärder, their follow-ups and the decisions after them."""
