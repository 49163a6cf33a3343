import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphengine.store.network import Sieve
from graphengine.store.stepping import BEGIN, steps
from tests.graphengine.store.graphs import EDGES, ENDS, NODES, PATIENT, SIEVES, Edge, packed

_GOALS = st.sampled_from([[[0, NODES]], [[0, 2], [5, 8]], [[3, 4]], [[~0, 0]]])
_PAIRS = st.lists(st.tuples(ENDS, ENDS), max_size=4)


@PATIENT
@given(EDGES, SIEVES, _PAIRS, _GOALS, st.integers(1, 5))
def test_steps_in_pieces_are_the_steps_at_once(
    edges: list[Edge],
    sieve: Sieve,
    pairs: list[tuple[int, int]],
    ranges: list[list[int]],
    most: int,
) -> None:
    net = packed(edges)
    ways = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    goals = np.array(ranges, dtype=np.int32)
    whole = steps(net, ways, 1, goals, sieve=sieve, most=1000)
    assert whole.cursor.way == len(ways)
    pieces: list[tuple[int, ...]] = []
    cursor = BEGIN
    while cursor.way < len(ways):
        piece = steps(net, ways, 1, goals, sieve=sieve, most=most, cursor=cursor)
        assert piece.cursor != cursor
        pieces += zip(*(column.tolist() for column in piece[:3]), strict=True)
        cursor = piece.cursor
    assert pieces == list(zip(*(column.tolist() for column in whole[:3]), strict=True))
