"""Rules of sign-in that need no database."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
WINDOW = timedelta(minutes=5)
MOST_FAILURES, MOST_TRIES = 10, 1000  # for an account or an address; for all together
KEPT = timedelta(days=1)  # how long a try is remembered
INVITED = timedelta(days=7)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 15, 128


def password_problem(password: str, *, name: str = "", email: str = "") -> str | None:
    """Return a Swedish sentence about what is wrong with a new password, or None.

    15–128 characters of any kind (OWASP ASVS 5.0, 6.2); not the name, the address or the product.
    """
    if len(password) < SHORTEST_PASSWORD:
        return f"Lösenordet behöver minst {SHORTEST_PASSWORD} tecken. Tre vanliga ord räcker långt."
    if len(password) > LONGEST_PASSWORD:
        return f"Lösenordet får ha högst {LONGEST_PASSWORD} tecken."
    plain = password.casefold()
    parts = [*name.casefold().split(), email.casefold().partition("@")[0], "kvalitetsarbete"]
    if any(len(part) > 3 and plain.replace(part, "") == "" for part in parts):
        return "Välj ett lösenord som inte är ditt namn eller något av produktens ord."
    if len(set(plain)) < 5:
        return "Lösenordet upprepar samma tecken. Välj något med fler olika tecken."
    return None


class PostState(StrEnum):
    """Where a role stands on a day."""

    COMING = "kommande"
    HELD = "gäller nu"
    OVER = "avslutat"


def post_state(first: date, last: date | None, today: date) -> PostState:
    """Tell whether a role is held today, was, or will be."""
    if first > today:
        return PostState.COMING
    return PostState.OVER if last is not None and last < today else PostState.HELD
