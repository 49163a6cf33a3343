"""Lineages of a village: who is of one blood and surname, as far as registers state it."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graphengine.tables.graph import Graph
from queries.kin.welfare import SURNAME

_STATED_ENOUGH = 0.3
"""Below this share of people with a stated blood tie in the village, the surname stands in."""

_PEOPLE = f"""
SELECT p.id, p.division AS village, {SURNAME.format(name="p.name")} AS surname, p.birth_date,
  arg_min(m.target, (m.status <> 'active', m.target)) AS household,
  bool_or(m.relation_to_head = '02') AS heads
FROM Person p JOIN MEMBER_OF m ON m.source = p.id
WHERE p.division IS NOT NULL AND p.name IS NOT NULL
GROUP BY ALL ORDER BY p.id
"""

_BLOOD = """
SELECT DISTINCT k.source, k.target FROM KIN k
JOIN Person a ON a.id = k.source JOIN Person b ON b.id = k.target
WHERE k.basis = 'stated' AND NOT contains(k.relation, 'S') AND k.source < k.target
  AND a.division = b.division ORDER BY k.source, k.target
"""


@dataclass(frozen=True, slots=True)
class Lineages:
    """`members`: id, village, household, lineage; `homes`: household, village, lineage.

    A lineage is named by its eldest member's node id, so that its name lasts.
    """

    members: pl.DataFrame
    homes: pl.DataFrame


def lineages(graph: Graph) -> Lineages:
    """Return everybody's lineage: the blood component of one surname, or the surname in a village.

    Cost: one pass over the stated kin ties of the county and one search for components.
    """
    people = graph.sql(_PEOPLE).with_row_index("number")
    ties = (
        graph.sql(_BLOOD)
        .join(people.select("number", "surname", source="id"), on="source")
        .join(people.select("number", "surname", target="id"), on="target", suffix="_b")
        .filter(pl.col("surname") == pl.col("surname_b"))
    )
    people = people.with_columns(component=_components(len(people), ties))
    tied = pl.concat([ties["number"], ties["number_b"]]).unique()
    known = pl.col("number").is_in(tied.implode()).mean().over("village") >= _STATED_ENOUGH
    people = people.with_columns(
        group=pl.when(known)
        .then(pl.concat_str(pl.lit("component:"), "component"))
        .otherwise(pl.concat_str("village", "surname", separator=":"))
    )
    eldest = (
        people.sort("birth_date", "id", nulls_last=True)
        .group_by("group", maintain_order=True)
        .agg(lineage=pl.col("id").first())
    )
    people = people.join(eldest, on="group").sort("id")
    homes = (
        people.sort("heads", "birth_date", "id", descending=[True, False, False], nulls_last=True)
        .group_by("household", "village", maintain_order=True)
        .agg(pl.col("lineage").first())
        .unique("household", keep="first", maintain_order=True)
        .sort("household")
    )
    return Lineages(people.select("id", "village", "household", "lineage"), homes)


def _components(count: int, ties: pl.DataFrame) -> pl.Series:
    ends = (ties["number"].to_numpy(), ties["number_b"].to_numpy())
    graph = coo_array((np.ones(len(ties), np.int8), ends), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    return pl.Series("component", labels)
