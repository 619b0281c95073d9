"""Indicator values: read from files, stored with every version, shown through one gate."""
