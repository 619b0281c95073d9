"""A bounded process cache of what is never changed once it is made (decision 10)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

import polars as pl

T = TypeVar("T")
LARGEST = 256_000_000  # bytes; one measure of all municipalities is about half a million


class Kept(Generic[T]):
    """Things by key, the least recently used leaving first when the bytes run out."""

    def __init__(self, largest: int, size_of: Callable[[T], int]) -> None:
        self._largest = largest
        self._size_of = size_of
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept by *key*, making it at most once for as long as it is kept."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
        thing = make()
        with self._lock:
            if key not in self._things and self._size_of(thing) <= self._largest:
                self._things[key] = thing
                self._bytes += self._size_of(thing)
                while self._bytes > self._largest:
                    _, gone = self._things.popitem(last=False)
                    self._bytes -= self._size_of(gone)
        return thing


class Frames(Kept[pl.DataFrame]):
    """Whole measures."""

    def __init__(self, largest: int = LARGEST) -> None:
        super().__init__(largest, lambda frame: int(frame.estimated_size()))
