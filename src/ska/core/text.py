"""The mark of every text that a reader sees; the catalogue is extracted from it."""


def _(text: str) -> str:
    """Return *text*, Swedish as written; a catalogue of another language hooks in here."""
    return text
