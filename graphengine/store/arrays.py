"""The engine in process: questions answered from one version's arrays, without a server."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from graphengine.errors import StoreError
from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.store.adjacency import Adjacency
from graphengine.store.around import reach
from graphengine.store.edges import STEPPING
from graphengine.store.engine import EdgeKey, Found, Limits, Near, Way, found
from graphengine.store.ground import Ground, Values
from graphengine.store.matching import matches
from graphengine.store.network import NO_HUB, OPEN_SINCE, OPEN_UNTIL, Counts, Indices
from graphengine.store.patience import Patience
from graphengine.store.pattern import Pattern
from graphengine.store.payments import is_plain, money_trails
from graphengine.store.question import Arguments, Method, Question
from graphengine.store.routes import routes, single
from graphengine.store.sense import Sense, givens, nodes_of
from graphengine.store.warming import warm
from graphengine.store.ways import Matched
from graphengine.subgraph import no_such_node
from graphengine.tables.graph import Graph

_EPOCH = date(1970, 1, 1)
_AT_ONCE = 1 << 12
"""How many ways are written out before it is looked whether they are enough."""
_OF_TIES = frozenset({"shortest", "ties", "joints"})


class _Asking(NamedTuple):
    """What all paths of one question share."""

    method: Method
    arguments: Arguments
    ground: Ground
    most: int
    patience: Patience


class Arrays:
    """Answers questions from arrays that are mapped into memory; threads may share it."""

    name = "arrays"

    def __init__(self, arrays: Adjacency, values: Values) -> None:
        """Take the arrays of a version and what is written of its nodes and relations."""
        self._arrays = arrays
        self._values = values

    @classmethod
    def of(cls, graph: Graph, folder: Path) -> "Arrays":
        """Open the arrays of a graph version in `folder`; build them unless those there fit it."""
        arrays = Adjacency.of(graph, folder)
        return cls(arrays, arrays.columns)

    def version(self) -> str:
        """Return the graph version; raise StoreError where its folder is gone."""
        folder = self._arrays.folder
        if not (folder / "fingerprint").exists():
            raise StoreError(
                Text("内存图的文件已不在", "the files of the arrays are gone"),
                Text("请重新打开工作区", "open the workspace again"),
            )
        return folder.name

    def close(self) -> None:
        """Do nothing: the arrays are mapped, not held."""

    def ask(self, question: Question, arguments: Arguments, limits: Limits) -> Found:
        """Return what matches, as `Engine` says.

        Where there is more than `limits.most`, routes and trails with fewer hops come first.
        """
        warm(self._arrays, question.method)
        patience = Patience(limits.seconds)
        paths = question.paths(arguments)
        for path in paths:
            self._check(path, arguments)
        if question.method == "reach":
            return self._around(paths[0], arguments, limits)
        asking = _Asking(
            question.method,
            arguments,
            self._ground(limits, walls=question.method != "patterns"),
            limits.most,
            patience,
        )
        ways: set[Way] = set()
        for path in paths:
            for way in self._ways(path, asking):
                ways.add(way)
                if len(ways) > limits.most:
                    return found(list(ways), limits)
        return found(list(ways), limits)

    def _check(self, path: Pattern, arguments: Arguments) -> None:
        """Raise NotFoundError for a node that is not in the graph."""
        for _, parameter in givens(path):
            for node in nodes_of(arguments, parameter):
                if self._arrays.index(node) is None:
                    raise no_such_node()

    def _ground(self, limits: Limits, *, walls: bool) -> Ground:
        return Ground(
            self._arrays.ids,
            self._arrays.layers,
            self._values,
            self._arrays.shut(limits.division),
            OPEN_SINCE if limits.since is None else (limits.since - _EPOCH).days,
            OPEN_UNTIL if limits.until is None else (limits.until - _EPOCH).days,
            limits.hub if walls else NO_HUB,
        )

    def _ways(self, path: Pattern, asking: _Asking) -> Iterator[Way]:
        method, arguments, ground, most, patience = asking
        if method in _OF_TIES:
            found = routes(self._arrays, ground, path, arguments, most, patience)
            yield from (Way(tuple(self._arrays.node(at) for at in route)) for route in found)
        elif method == "trails" and is_plain(path):
            for table in money_trails(self._arrays, ground, path, arguments, most, patience):
                yield from self._written(table)
        else:
            for table in matches(ground, path, arguments, patience):
                yield from self._written(table)

    def _around(self, path: Pattern, arguments: Arguments, limits: Limits) -> Found:
        """Return the nodes around those given, themselves first."""
        ground = self._ground(limits, walls=True)
        relation = single(path)
        starts = Sense(ground, path, arguments).candidates(path.nodes[0].name)
        hops: dict[int, int] = {}
        with self._arrays.scratch() as work:
            for start in starts.tolist() if starts is not None else ():
                found = reach(
                    self._arrays.network, work, start, relation.high, limits.most + 1,
                    sieve=ground.sieve(relation, 0),
                )  # fmt: skip
                for node, away in zip(found.found.tolist(), found.hops.tolist(), strict=True):
                    hops[node] = min(away, hops.get(node, away))
        ordered = sorted(hops, key=lambda node: (hops[node], node))
        near = tuple(Near(self._arrays.node(at), hops[at]) for at in ordered[: limits.most])
        return Found(near=near, cut=len(ordered) > limits.most)

    def _written(self, table: Matched) -> Iterator[Way]:
        """Return ways by id and key, written out piece by piece."""
        for at in range(0, len(table.nodes), _AT_ONCE):
            piece = slice(at, at + _AT_ONCE)
            yield from self._named(table.nodes[piece], table.edges[piece])

    def _named(self, nodes: Indices, edges: Counts) -> Iterator[Way]:
        """Return ways by id and key; those that would take a relation twice are none."""
        names = np.char.decode(self._arrays.ids[nodes], "ascii").tolist()
        relations = self._arrays.edges.relation[edges].tolist()
        keys = self._arrays.edges.key[edges].tolist()
        for ids, kinds, numbers in zip(names, relations, keys, strict=True):
            taken = tuple(EdgeKey(STEPPING[k], n) for k, n in zip(kinds, numbers, strict=True))
            if len(set(taken)) == len(taken):
                yield Way(tuple(map(NodeId, ids)), taken)
