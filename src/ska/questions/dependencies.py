"""What a question is asked about, as the address of its form says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import QueryParameter, SkipValidation

Written = Annotated[str | None, QueryParameter(max_length=200)]
Picture = Annotated[str | None, QueryParameter()]  # `picture_of` leaves one that is too long


@dataclass(frozen=True)
class About:
    """An indicator, among whom, at which period, and the question of the picture's address."""

    item: str
    among: str
    period: str
    picture: str


def provide_about(
    vad: Written = None, vilka: Written = None, nar: Written = None, bild: Picture = None
) -> About:
    """Give what the question is about."""
    return About(vad or "", vilka or "", (nar or "")[:20], bild or "")


GivenAbout = NamedDependency[SkipValidation[About]]
