"""Landlords behind firms: who belongs together by ownership, by family, by two hidden persons.

A city's slum landlords (David Schoch's networkdata, MIT): the files are read as a graph of one's
own, written as workspaces and asked the questions of the library.
"""

import csv
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

import graphengine
from benchmarks.check import Check
from graphengine.answer import Answer
from graphengine.identifiers import NodeId
from graphengine.store.adjacency import Adjacency
from graphengine.store.arrays import Arrays
from graphengine.subgraph import Selection, read_subgraph
from graphengine.tables.graph import Graph
from queries.arguments import Said
from queries.asking import Asking
from queries.notebook import PATIENT

_CASE = "slumlords"
_OWNED, _FAMILY, _ALL_FAMILY, _SOLD = (f"slumlords_{n}_edges.csv" for n in (4, 2, 3, 6))
_LANDLORDS = ("Andre", "Beverly", "Carol", "Diane", "Ed", "Fred", "Garth")
_OTHERS = ("Ike", "Jane", "Kate", "Lee")
_SALES = ("ABC_LLC", "DEF_LLC", "GHI_LLC", "JKL_LLC", "MNO_LLC")
Drawn = nx.MultiDiGraph
Tie = tuple[str, str]


def checks(folder: Path) -> Iterator[Check]:
    """Yield the checks of the files in `folder`."""
    owned, family, everybody, sold = (
        _ties(folder / name) for name in (_OWNED, _FAMILY, _ALL_FAMILY, _SOLD)
    )
    with _opened(_drawn(owned, ())) as case:
        yield Check(_CASE, "owner groups by ownership", "[3, 2, 2, 2, 2]", str(case.groups()))
    with _opened(_drawn(owned, family)) as case:
        yield Check(_CASE, "and by family", "[7, 4]", str(case.groups()))
    with _opened(_drawn(owned, everybody)) as case:
        yield Check(_CASE, "and with two hidden persons", "[13]", str(case.groups()))
        answer = case.ask("joints", {"a": _ids(_LANDLORDS), "b": _ids(_OTHERS)})
        joints = [] if answer.joints is None else case.names(answer.joints.nodes)
        yield Check(_CASE, "joints of the two groups", "['Heather']", str(joints))
        andre, moe = _ids(("Andre", "Moe"))
        answer = case.ask("kin-path", {"a": andre, "b": moe})
        steps = {len(way.nodes) - 1 for way in answer.ways}
        yield Check(_CASE, "kin steps from Andre to Moe", "{4}", str(steps))
    with _opened(_sales(sold)) as case:
        yield from _chain(case)


def _chain(case: "_Case") -> Iterator[Check]:
    first, last = (graphengine.node_id_of("Company", _SALES[at]) for at in (0, -1))
    answer = case.ask("shortest-ties", {"a": first, "b": last})
    chains = [case.names(way.nodes[1:-1]) for way in answer.ways]
    yield Check(_CASE, "the chain of sales", str([list(_SALES)]), str(chains))


def _ties(path: Path) -> list[Tie]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["source"], row["target"]) for row in csv.DictReader(file)]


def _ids(people: Iterable[str]) -> list[str]:
    return [graphengine.node_id_of("Person", name) for name in people]


def _drawn(owned: Iterable[Tie], family: Iterable[Tie]) -> "Drawn[str]":
    """Return people, firms, who owns what and who is kin; the files name the firm first."""
    graph: Drawn[str] = nx.MultiDiGraph()
    for firm, owner in owned:
        graph.add_node(owner, kind="Person")
        graph.add_node(firm, kind="Company")
        graph.add_edge(owner, firm, kind="OWNS")
    for a, b in family:
        graph.add_nodes_from((a, b), kind="Person")
        graph.add_edge(a, b, kind="KIN")
    return graph


def _sales(sold: Iterable[Tie]) -> "Drawn[str]":
    """Return firms with an account each; a sale is a payment of the buyer."""
    graph: Drawn[str] = nx.MultiDiGraph()
    firms = sorted({firm for sale in sold for firm in sale})
    accounts = {firm: f"account of {firm}" for firm in firms}
    for firm, account in accounts.items():
        graph.add_node(firm, kind="Company")
        graph.add_node(account, kind="Account", bank=firm)
        graph.add_edge(firm, account, kind="HAS_ACCOUNT")
    for buyer, seller in sold:
        graph.add_edge(accounts[buyer], accounts[seller], kind="PAID")
    return graph


@dataclass(frozen=True, slots=True)
class _Case:
    """One of the graphs, open for questions."""

    asking: Asking
    arrays: Adjacency

    def ask(self, name: str, said: Mapping[str, Said]) -> Answer:
        return self.asking.ask(name, said, PATIENT)

    def names(self, nodes: Iterable[NodeId]) -> list[str]:
        """Return what nodes are called; accounts by the firm that holds them."""
        shown = read_subgraph(self.asking.graph, Selection(tuple(nodes)), reveal=True).nodes
        called = {n.id: str(n.properties.get("bank", n.label)) for n in shown}
        return [called[node] for node in nodes]

    def groups(self) -> list[int]:
        """Return how many people hang together, the largest group first."""
        net = self.arrays.network
        matrix = csr_array((np.ones(len(net.ends), dtype=np.int8), net.ends, net.starts))
        _, group = connected_components(matrix, directed=False)
        people = (at for at, node in enumerate(self.arrays.ids) if node.startswith(b"person:"))
        return sorted(Counter(int(group[at]) for at in people).values(), reverse=True)


@contextmanager
def _opened(drawn: "Drawn[str]") -> Iterator[_Case]:
    subgraph = graphengine.from_networkx(drawn)
    with tempfile.TemporaryDirectory(prefix="shunteng-") as folder:
        workspace = graphengine.to_workspace(subgraph, folder)
        with Graph(graphengine.open_graph(folder).folder) as graph:
            snapshot = workspace.root / "snapshot" / graph.folder.name
            asking = Asking(workspace, graph, Arrays.of(graph, snapshot), reveal=True)
            yield _Case(asking, Adjacency.of(graph, snapshot))
