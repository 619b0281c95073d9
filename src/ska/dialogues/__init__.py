"""Dialoger: resultatdialoger inside the huvudman, and what the huvudman answers for outwards."""
