"""Random secrets, what the database keeps of them, and the form token bound to a cookie."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_secret() -> str:
    """Return 256 random bits as text for a cookie or a token."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    """Return what the database keeps of a secret: SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()


def csrf_token(cookie: str) -> str:
    """Return the form token bound to this cookie (HMAC with the cookie as its key)."""
    return hmac.new(cookie.encode(), b"csrf", hashlib.sha256).hexdigest()
