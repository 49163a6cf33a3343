"""Time along a repeated relation: moments that strictly rise, within a bounded time."""

from datetime import timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graphengine.store.ground import Ground
from graphengine.store.network import Counts
from graphengine.store.pattern import Pattern
from graphengine.store.question import Arguments
from graphengine.store.ways import Ways

_MICROSECOND = timedelta(microseconds=1)


def in_time(
    ground: Ground, pattern: Pattern, arguments: Arguments, ways: Ways
) -> NDArray[np.bool_]:
    """Tell which ways' last relation follows the one before it, and the first soon enough.

    Along a relation moments rise in its direction: seen from the path they rise, or fall where the
    relation runs back. A relation without a moment follows nothing.
    """
    name = str(pattern.moments)
    now, dated = _moments(ground, name, ways.edges[:, -1])
    if ways.hops == 1:
        return dated
    before, _ = _moments(ground, name, ways.edges[:, -2])
    falls = pattern.relations[ways.right if ways.side == "right" else ways.left - 1].way == "back"
    rises = (ways.side == "right") != falls
    fits = dated & ((before < now) if rises else (now < before))
    bound = arguments[pattern.within] if pattern.within else None
    if isinstance(bound, timedelta):
        first, _ = _moments(ground, name, ways.edges[:, -ways.hops])
        fits &= np.abs(now - first) <= bound // _MICROSECOND
    return fits


def _moments(ground: Ground, name: str, edges: Counts) -> tuple[Counts, NDArray[np.bool_]]:
    """Return microseconds since 1970 and where there are any."""
    said = ground.row_values(name, edges).cast(pa.timestamp("us"))
    known = said.is_valid().to_numpy(zero_copy_only=False)
    return said.cast(pa.int64()).fill_null(0).to_numpy(), known
