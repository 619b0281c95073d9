"""One bounded process cache of whole measures, never changed once read (decision 10)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import polars as pl

LARGEST = 256_000_000  # bytes; one measure of all municipalities is about half a million


class Frames:
    """Frames by key, the least recently used leaving first when the bytes run out."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._frames: OrderedDict[Hashable, pl.DataFrame] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, read: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """Return the frame of *key*, reading it at most once for as long as it is kept."""
        with self._lock:
            if key in self._frames:
                self._frames.move_to_end(key)
                return self._frames[key]
        frame = read()
        with self._lock:
            if key not in self._frames and frame.estimated_size() <= self._largest:
                self._frames[key] = frame
                self._bytes += int(frame.estimated_size())
                while self._bytes > self._largest:
                    _, gone = self._frames.popitem(last=False)
                    self._bytes -= int(gone.estimated_size())
        return frame
