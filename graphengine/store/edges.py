"""From rows to arrays: nodes by their ids, edges in the order of the tables' rows."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphengine.store.around import Flow, flow
from graphengine.store.compress import network
from graphengine.store.network import Counts, Indices, Network
from graphengine.store.ties import ties
from graphengine.vocabulary import RELATIONS

FORMAT = 4
"""Raise when the same tables give other arrays or other files of rows."""

PLACING = "AT"
"""The relation that everybody has to a place; walked only where it is asked for."""

JOINING = tuple(name for name in RELATIONS if name != PLACING)
"""The relations that join nodes, in the order of their codes; PLACING has the code after them."""

STEPPING = (*JOINING, PLACING)
"""All relations, in the order of their codes and of the numbers of their edges."""

MONEY = "PAID"
"""The relation whose edges trails follow, by the time of payment."""


class Rows(NamedTuple):
    """All relations' rows, STEPPING's one after the other, each in the order of its table.

    `first` (one more than STEPPING) is where each begins; `source` and `target` are positions, -1
    where there is no such node; `since` and `until` are days, inclusive; `key` is the row's, as
    signed bits. `moment` is of MONEY alone: microseconds since 1970, `dated` where there is one.
    """

    first: Counts
    source: Indices
    target: Indices
    since: Indices
    until: Indices
    key: Counts
    moment: Counts
    dated: NDArray[np.bool_]


class Edges(NamedTuple):
    """What is known of every edge, STEPPING's relations one after the other.

    `since` and `until` are the row's days, `tie_since` and `tie_until` those of its tie, `standing`
    its place in that (see `ties`); `order` (from each relation's `first`) are its rows by key.
    """

    source: Indices
    target: Indices
    relation: NDArray[np.uint8]
    since: Indices
    until: Indices
    tie_since: Indices
    tie_until: Indices
    standing: NDArray[np.uint8]
    key: Counts
    order: Indices


class Arrays(NamedTuple):
    """What searches walk on. `network` (of JOINING) and `places` (of PLACING) bear ties' days.

    `loops` are the edges from a node to itself, which have no place in either.
    """

    first: Counts
    edges: Edges
    network: Network
    places: Network
    forward: Flow
    backward: Flow
    loops: Indices


def codes(*relations: str) -> int:
    """Return the bit set of relations, as sieves take it.

    >>> codes("KIN") == 1 << JOINING.index("KIN")
    True
    """
    return sum(1 << STEPPING.index(name) for name in set(relations))


def arrays(rows: Rows, nodes: int) -> Arrays:
    """Return the arrays of so many nodes' rows; cost: linear but for the order of the keys."""
    order, equal = _ordered(rows)
    relation = np.repeat(np.arange(len(STEPPING), dtype=np.uint8), np.diff(rows.first))
    joined = int(rows.first[len(JOINING)])
    parts = []
    for part in (slice(0, joined), slice(joined, None)):
        source, target = rows.source[part], rows.target[part]
        since, until = rows.since[part], rows.until[part]
        net = network(source, target, relation[part], nodes=nodes, since=since, until=until)
        parts.append((net, ties(net, source, target, equal[part])))
    (net, joins), (places, sites) = parts
    edges = Edges(
        source=rows.source,
        target=rows.target,
        relation=relation,
        since=rows.since,
        until=rows.until,
        tie_since=np.concatenate((joins.since, sites.since)),
        tie_until=np.concatenate((joins.until, sites.until)),
        standing=np.concatenate((joins.standing, sites.standing)),
        key=rows.key,
        order=order,
    )
    loops = np.flatnonzero((rows.source == rows.target) & (rows.source >= 0)).astype(np.int32)
    return Arrays(rows.first, edges, net, places, *_money(rows, equal, nodes), loops)


def _ordered(rows: Rows) -> tuple[Indices, NDArray[np.bool_]]:
    """Return each relation's rows by key, and which rows an earlier one equals."""
    order = np.empty(len(rows.key), dtype=np.int32)
    equal = np.zeros(len(rows.key), dtype=np.bool_)
    for low, high in zip(rows.first[:-1].tolist(), rows.first[1:].tolist(), strict=True):
        keys = rows.key[low:high]
        by_key = np.argsort(keys, kind="stable").astype(np.int32)
        order[low:high] = by_key
        again = np.flatnonzero(keys[by_key[1:]] == keys[by_key[:-1]]) + 1
        equal[low + by_key[again]] = True
    return order, equal


def _money(rows: Rows, equal: NDArray[np.bool_], nodes: int) -> tuple[Flow, Flow]:
    """Return the payments that have a time, equal ones once, forward and backward."""
    low, high = rows.first[STEPPING.index(MONEY) :][:2]
    source, target = rows.source[low:high], rows.target[low:high]
    dated = rows.dated & (source >= 0) & (target >= 0) & ~equal[low:high]
    edge = low + np.flatnonzero(dated)
    return flow(
        source[dated], target[dated], rows.moment[dated], edge.astype(np.int32), nodes=nodes
    )
