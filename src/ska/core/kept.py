"""Things kept in the process, the least recently used leaving first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Things by key that are never changed once they are made, within a number of bytes."""

    def __init__(self, largest: int, size_of: Callable[[T], int]) -> None:
        self._largest = largest
        self._size_of = size_of
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: Hashable) -> T | None:
        """Return what is kept by *key*, or None."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key: Hashable, thing: T) -> None:
        """Keep *thing* by *key*, unless something is kept by it or it is larger than all may be."""
        size = self._size_of(thing)
        with self._lock:
            if key in self._things or size > self._largest:
                return
            self._things[key] = thing
            self._bytes += size
            while self._bytes > self._largest:
                _, gone = self._things.popitem(last=False)
                self._bytes -= self._size_of(gone)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept by *key*, making it at most once for as long as it is kept."""
        thing = self.find(key)
        if thing is None:
            thing = make()
            self.put(key, thing)
        return thing
