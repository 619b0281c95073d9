"""Tavlor: charts of several indicators on one page, shipped ready and rearranged by each person."""
