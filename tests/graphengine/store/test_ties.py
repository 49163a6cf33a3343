from collections import defaultdict
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphengine.store.ties import ALONE, EQUAL, FOLLOWS, HEAD, NOWHERE, ties
from tests.graphengine.store.graphs import EDGES, PATIENT, Edge, packed


def _expected(edges: list[Edge]) -> tuple[list[int], dict[int, tuple[int, int]]]:
    """Return how each edge stands, and the span of every tie by its first edge."""
    standing = [ALONE] * len(edges)
    groups: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    seen: set[Edge] = set()
    for number, edge in enumerate(edges):
        if edge.source < 0:
            standing[number] = NOWHERE
        elif edge in seen:
            standing[number] = EQUAL
        else:
            groups[edge.source, edge.target, edge.kind].append(number)
        seen.add(edge)
    for head, *others in groups.values():
        standing[head] = HEAD if others else ALONE
        for other in others:
            standing[other] = FOLLOWS
    return standing, {
        group[0]: (min(edges[n].since for n in group), max(edges[n].until for n in group))
        for group in groups.values()
    }


@PATIENT
@given(EDGES, st.lists(st.integers(0, 25), max_size=4), st.lists(st.integers(0, 25), max_size=3))
def test_rows_of_the_same_ends_and_kind_are_one_tie(
    edges: list[Edge], again: list[int], lost: list[int]
) -> None:
    edges = [*edges, *(edges[n] for n in again if n < len(edges))]
    edges = [replace(e, source=-1) if n in lost else e for n, e in enumerate(edges)]
    equal = np.array([e in edges[:n] for n, e in enumerate(edges)], dtype=np.bool_)
    ends = np.array([(e.source, e.target) for e in edges], dtype=np.int32).reshape(-1, 2)
    found = ties(packed(edges), ends[:, 0], ends[:, 1], equal)
    standing, spans = _expected(edges)
    assert found.standing.tolist() == standing
    for head, span in spans.items():
        assert (found.since[head], found.until[head]) == span
