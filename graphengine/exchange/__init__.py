"""Any answer as networkx graph, Arrow, Polars or pandas tables, and such graphs as a subgraph."""

from graphengine.exchange.about import About, Tables
from graphengine.exchange.arrow import from_arrow, to_arrow
from graphengine.exchange.networkx import from_networkx, to_networkx
from graphengine.exchange.pandas import from_pandas, to_pandas
from graphengine.exchange.polars import from_polars, to_polars
from graphengine.exchange.whole import WholeGraph, open_graph
from graphengine.exchange.workspace import node_id_of, to_workspace

__all__ = [
    "About",
    "Tables",
    "WholeGraph",
    "from_arrow",
    "from_networkx",
    "from_pandas",
    "from_polars",
    "node_id_of",
    "open_graph",
    "to_arrow",
    "to_networkx",
    "to_pandas",
    "to_polars",
    "to_workspace",
]
