"""Paths on a made graph beside networkx, rustworkx and a real Neo4j: medians, p95, ratios.

Run: `make paths`, or for another size `python -m benchmarks.paths 100000 500000`. The Neo4j is left
out where there is no JDK or its jars were not fetched (`make neo4j`).
"""

import sys
import tempfile
import time
from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import rustworkx as rx
from rich.console import Console
from rich.table import Table

from benchmarks.neo4j_paths import served
from graphengine.store.around import reach
from graphengine.store.compress import frozen, network
from graphengine.store.network import OPEN_SINCE, OPEN_UNTIL, Indices, Network, Sieve, scratch
from graphengine.store.search import Question, k_shortest_routes, shortest_routes, simple_routes

_ASKED = 300
_SLOW, _SLOWEST = 20, 5
_HOPS = 4
_TEN = 10
_SHOWN = 2_000
_MANY = 1_000_000

Ask = Callable[[int, int], object]


def made(nodes: int, edges: int) -> tuple[Indices, Indices]:
    """Return the ends of edges; few nodes have many, as in counties, and most have few."""
    draw = np.random.default_rng(20240601)
    ends = (draw.random((2, edges)) ** 1.5 * nodes).astype(np.int32)
    mixed = draw.permutation(nodes).astype(np.int32)
    return mixed[ends[0]], mixed[ends[1]]


def _packed(source: Indices, target: Indices, nodes: int) -> Network:
    edges = len(source)
    return network(
        source,
        target,
        np.zeros(edges, dtype=np.uint8),
        nodes=nodes,
        since=np.full(edges, OPEN_SINCE, dtype=np.int32),
        until=np.full(edges, OPEN_UNTIL, dtype=np.int32),
    )


def _times(ask: Ask, pairs: list[tuple[int, int]]) -> tuple[float, float]:
    """Return median and 95th percentile in milliseconds."""
    taken = []
    for a, b in pairs:
        began = time.perf_counter()
        ask(a, b)
        taken.append(time.perf_counter() - began)
    return float(np.median(taken) * 1e3), float(np.quantile(taken, 0.95) * 1e3)


def _opened(net: Network) -> float:
    """Write the arrays, open them by memory map and ask once; return the seconds that takes."""
    with tempfile.TemporaryDirectory(prefix="shunteng-") as name:
        for field, column in zip(net._fields, net, strict=True):
            np.save(Path(name) / f"{field}.npy", column)
        began = time.perf_counter()
        again = frozen(
            Network(*(np.load(Path(name) / f"{f}.npy", mmap_mode="r") for f in net._fields))
        )
        shortest_routes(again, scratch(len(net.starts) - 1), Question(0, 1, 8), 1)
        return time.perf_counter() - began


def ours(net: Network) -> dict[str, Ask]:
    """Return the questions, answered from the arrays."""
    work = scratch(len(net.starts) - 1)
    hub = Sieve(hub=200)
    return {
        "shortest": lambda a, b: shortest_routes(net, work, Question(a, b, 12), 1),
        "all <= 4 hops": lambda a, b: simple_routes(net, work, Question(a, b, _HOPS), _MANY),
        "10 shortest": lambda a, b: k_shortest_routes(net, work, Question(a, b, 12), _TEN),
        "2 hops, 2,000 nodes": lambda a, _: reach(net, work, a, 2, _SHOWN, sieve=hub),
    }


def theirs(source: Indices, target: Indices, nodes: int) -> dict[str, Ask]:
    """Return the same, answered by networkx."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(
        (a, b) for a, b in zip(source.tolist(), target.tolist(), strict=True) if a != b
    )
    return {
        "shortest": lambda a, b: nx.bidirectional_shortest_path(graph, a, b),
        "all <= 4 hops": lambda a, b: list(nx.all_simple_paths(graph, a, b, cutoff=_HOPS)),
        "10 shortest": lambda a, b: list(islice(nx.shortest_simple_paths(graph, a, b), _TEN)),
        "2 hops, 2,000 nodes": lambda a, _: list(
            islice(nx.single_source_shortest_path_length(graph, a, cutoff=2), _SHOWN)
        ),
    }


def _rustworkx(source: Indices, target: Indices, nodes: int) -> dict[str, Ask]:
    graph: Any = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(nodes))
    graph.extend_from_edge_list(list(zip(source.tolist(), target.tolist(), strict=True)))
    return {
        "shortest": lambda a, b: rx.dijkstra_shortest_paths(graph, a, b),
        "all <= 4 hops": lambda a, b: rx.all_simple_paths(graph, a, b, cutoff=_HOPS + 1),
    }


def _same(net: Network, engines: dict[str, Ask], others: dict[str, Ask], a: int, b: int) -> None:
    """Raise AssertionError unless both engines answer alike (lengths, and all routes)."""
    mine: Any = engines["all <= 4 hops"](a, b)
    other: Any = others["all <= 4 hops"](a, b)
    ten: Any = engines["10 shortest"](a, b)
    their_ten: Any = others["10 shortest"](a, b)
    if mine.routes != sorted(map(tuple, other)) or [len(r) for r in ten.routes] != [
        len(r) for r in their_ten
    ]:
        message = f"the engines differ between {a} and {b} of {len(net.starts) - 1}"
        raise AssertionError(message)


def _compared(
    question: str, own: float, peer: dict[str, Ask], asked: int, pairs: list[tuple[int, int]]
) -> tuple[str, str]:
    """Return a peer's times, warmed up, and how many times ours its median is."""
    if question not in peer:
        return "-", "-"
    peer[question](*pairs[0])
    median, late = _times(peer[question], pairs[:asked])
    return f"{median:.2f} / {late:.2f}", f"{median / own:,.0f} x"


def main() -> None:
    """Measure and print one table."""
    nodes, edges = (int(word) for word in (sys.argv[1:] or ("1000000", "5000000")))
    source, target = made(nodes, edges)
    _packed(source[:9], target[:9], nodes)
    began = time.perf_counter()
    net = _packed(source, target, nodes)
    built = time.perf_counter() - began
    draw = np.random.default_rng(1)
    linked = np.flatnonzero(np.diff(net.starts))
    pairs = [tuple(pair) for pair in draw.choice(linked, (_ASKED, 2)).tolist()]
    engines = ours(net)
    for ask in engines.values():
        ask(*pairs[0])
    table = Table(title=f"{nodes:,} nodes, {edges:,} edges: median / p95 in ms")
    for header in (
        "question",
        "arrays",
        "networkx",
        "ratio",
        "rustworkx",
        "ratio",
        "neo4j",
        "ratio",
    ):
        table.add_column(header, justify="right")
    fast = {name: _times(ask, pairs) for name, ask in engines.items()}
    with served(source, target, nodes) as server:
        peers = {
            "networkx": (theirs(source, target, nodes), _SLOW),
            "rustworkx": (_rustworkx(source, target, nodes), _SLOWEST),
            "neo4j": (server, _SLOW),
        }
        _same(net, engines, peers["networkx"][0], *pairs[0])
        for name, own in fast.items():
            cells = [_compared(name, own[0], *peer, pairs) for peer in peers.values()]
            table.add_row(name, f"{own[0]:.3f} / {own[1]:.3f}", *chain.from_iterable(cells))
    Console(width=140).print(table)
    print(f"built in {built:.2f} s, opened and asked once in {_opened(net):.3f} s")  # noqa: T201 - a benchmark speaks


if __name__ == "__main__":
    main()
