"""How long an answer may take."""

import time

from graphengine.errors import StoreError
from graphengine.language import Text


class Patience:
    """A number of seconds from now on."""

    def __init__(self, seconds: float) -> None:
        """Begin to wait."""
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise StoreError where the time is over."""
        if time.monotonic() >= self._end:
            raise StoreError(
                Text(
                    f"{self._seconds:g} 秒内没有找完",
                    f"the search was not done within {self._seconds:g} seconds",
                ),
                Text(
                    "请减少跳数、缩短时间范围或限定行政区划，或放宽时限",
                    "ask for fewer hops, a shorter period or one division, or allow more time",
                ),
            )
