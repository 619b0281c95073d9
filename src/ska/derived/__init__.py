"""Measures worked out from other measures: declared in indicators/derived, evaluated by Polars."""
