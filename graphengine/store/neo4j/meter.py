"""How far a load is, in rows: a third of the way at most for comparing, the rest for writing."""

import threading
from collections.abc import Callable, Mapping

Progress = Callable[[str, float], None]

_COMPARING = 0.3


class Meter:
    """Adds up what threads have written and tells how far that is."""

    def __init__(self, progress: Progress) -> None:
        """Tell it to `progress`: the kind at work and a share from 0 to 1."""
        self._progress = progress
        self._lock = threading.Lock()
        self._start = 0.0
        self._compared = 0
        self._expected = 1
        self._written = 0

    def comparing(self, kind: str, of: int) -> None:
        """Say that the next of so many kinds is being compared."""
        with self._lock:
            self._start = _COMPARING * self._compared / of
            self._compared += 1
            self._progress(kind, self._start)

    def expect(self, rows: Mapping[str, int]) -> None:
        """Say how many rows are to be written."""
        with self._lock:
            self._expected = max(1, sum(rows.values()))
            self._start = _COMPARING if self._compared else 0.0

    def wrote(self, kind: str, rows: int) -> None:
        """Say that so many rows of a kind were written."""
        with self._lock:
            self._written += rows
            share = min(1.0, self._written / self._expected)
            self._progress(kind, self._start + (1 - self._start) * share)
