"""What programs are told: the fields of a thing that an answer has names for."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from ska.web.versions import Stamped

S = TypeVar("S", bound=msgspec.Struct)


def told(kind: type[S], thing: Any, **more: Any) -> S:
    """Return what programs are told of *thing*; *more* says what it does not keep by that name."""
    own = {"version"} if issubclass(kind, Stamped) else set()
    names = [name for name in kind.__struct_fields__ if name not in more and name not in own]
    return kind(**{name: getattr(thing, name) for name in names}, **more)
