"""Answers as two Polars frames, and Polars frames as a subgraph; types are those of Arrow."""

import polars as pl

from graphengine.exchange.about import About, Answer, Tables
from graphengine.exchange.arrow import from_arrow, to_arrow
from graphengine.subgraph import Subgraph


def to_polars(answer: Answer) -> Tables[pl.DataFrame]:
    """Return nodes and edges as frames, money in fen (see `to_arrow`)."""
    nodes, edges, about = to_arrow(answer)
    return Tables(pl.DataFrame(nodes), pl.DataFrame(edges), about)


def from_polars(nodes: pl.DataFrame, edges: pl.DataFrame, about: About = About()) -> Subgraph:  # noqa: B008 - frozen
    """Return the subgraph of two frames (see `from_arrow`)."""
    return from_arrow(nodes.to_arrow(), edges.to_arrow(), about)
