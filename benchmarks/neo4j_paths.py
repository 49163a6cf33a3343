"""The path questions of `benchmarks.paths` asked of a real Neo4j that holds the same made graph."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
import numpy as np
import pyarrow as pa
from pyarrow import csv

from graphengine.store.network import Indices
from tests.neo4j_server import admin, missing, start

Ask = Callable[[int, int], object]

_ENDS = "MATCH (a:N {id: $a}) MATCH (b:N {id: $b})"
_TEXTS = {
    "shortest": f"{_ENDS} MATCH p = shortestPath((a)-[:E*..12]-(b)) RETURN [n IN nodes(p) | n.id]",
    "all <= 4 hops": f"{_ENDS} MATCH p = (a)-[:E*1..4]-(b) "
    "WHERE all(n IN nodes(p) WHERE single(m IN nodes(p) WHERE m = n)) "
    "RETURN DISTINCT [n IN nodes(p) | n.id]",
    "10 shortest": f"{_ENDS} MATCH p = SHORTEST 10 (a)-[:E]-{{1,12}}(b) "
    "RETURN [n IN nodes(p) | n.id]",
    "2 hops, 2,000 nodes": "MATCH (a:N {id: $a})-[:E*1..2]-(b) RETURN DISTINCT b.id LIMIT 2000",
}


@contextmanager
def served(source: Indices, target: Indices, nodes: int) -> Iterator[dict[str, Ask]]:
    """Give the questions, answered by a server that is gone afterwards; none where there is no JDK.

    The graph is brought in by the offline import; ids are indexed before anything is asked.
    """
    if missing():
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="shunteng-") as name:
        home = Path(name) / "neo4j"
        _imported(Path(name), home, source, target, nodes)
        server = start(home, watched=os.getpid())
        try:
            with server.driver() as driver:
                driver.execute_query("CREATE CONSTRAINT FOR (n:N) REQUIRE n.id IS UNIQUE")
                driver.execute_query("CALL db.awaitIndexes(600)")
                yield {text: _ask(driver, said) for text, said in _TEXTS.items()}
        finally:
            server.kill()


def _imported(folder: Path, home: Path, source: Indices, target: Indices, nodes: int) -> None:
    """Write the graph as files and import them; raise RuntimeError where the import fails."""
    home.mkdir()
    csv.write_csv(pa.table({"id:ID": np.arange(nodes)}), folder / "nodes.csv")
    ends = pa.table({":START_ID": source, ":END_ID": target})
    csv.write_csv(ends, folder / "edges.csv")
    done = admin(
        "database", "import", "full", "neo4j", "--id-type=integer", "--overwrite-destination",
        f"--nodes=N={folder / 'nodes.csv'}", f"--relationships=E={folder / 'edges.csv'}",
        home=home,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])


def _ask(driver: neo4j.Driver, text: str) -> Ask:
    def ask(a: int, b: int) -> object:
        return driver.execute_query(text, a=a, b=b, routing_=neo4j.RoutingControl.READ).records

    return ask
