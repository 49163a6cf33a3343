"""Lineages of a village: who is of one blood and surname, as far as registers state it.

Household registers reach back two or three generations, seldom to a lineage's common ancestor. So
those of one surname in one village count as one lineage (as in Tsai 2007; Xu & Yao 2015), except
where stated blood ties join most of them: then the joined ones are the lineage.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graphengine.tables.graph import Graph
from queries.kin.welfare import SURNAME

_MOST = 0.5
"""Where stated ties join this share of a surname's people, the others of it stand apart."""

_PEOPLE = f"""
SELECT p.id, p.division AS village, {SURNAME.format(name="p.name")} AS surname, p.sex, p.birth_date,
  arg_min(m.target, (m.status <> 'active', m.target)) AS household,
  arg_min(m.records, (m.status <> 'active', m.target)) AS home_records,
  coalesce(bool_or(m.relation_to_head = '02'), false) AS heads
FROM Person p LEFT JOIN MEMBER_OF m ON m.source = p.id
GROUP BY ALL ORDER BY p.id
"""

_BLOOD = """
SELECT DISTINCT source, target FROM KIN
WHERE basis = 'stated' AND NOT contains(relation, 'S') AND source < target ORDER BY source, target
"""


@dataclass(frozen=True, slots=True)
class Lineages:
    """`members` with their lineage and `home_records`; `homes`: household, village, lineage.

    `members` has id, village, household too. A lineage is named by its eldest member's node id, so
    that its name lasts.
    """

    members: pl.DataFrame
    homes: pl.DataFrame


def lineages(graph: Graph) -> Lineages:
    """Return everybody's lineage within the village.

    Cost: one pass over the stated kin ties of the county and one search for components.
    """
    people = graph.sql(_PEOPLE).with_row_index("number")
    ends = people.select("id", "number", "village", "surname", "sex")
    ties = (
        graph.sql(_BLOOD)
        .join(ends, left_on="source", right_on="id")
        .join(ends, left_on="target", right_on="id", suffix="_b")
        .filter(_IN_ONE_LINE & _IN_ONE_VILLAGE)
    )
    people = people.with_columns(component=_components(len(people), ties))
    people = people.filter(pl.col("household").is_not_null() & pl.col("surname").is_not_null())
    name = ("village", "surname")
    joined = pl.len().over(*name, "component") / pl.len().over(*name)
    people = people.with_columns(
        group=pl.when(joined.max().over(*name) >= _MOST)
        .then(pl.concat_str("village", "surname", "component", separator=":"))
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
        .group_by("household", maintain_order=True)
        .agg(pl.col("village").first(), pl.col("lineage").first())
        .sort("household")
    )
    return Lineages(people.select("id", "village", "household", "lineage", "home_records"), homes)


# A father who is only named as such has no name on record; his children bear his.
_IN_ONE_LINE = (
    (pl.col("surname") == pl.col("surname_b"))
    | (pl.col("surname").is_null() & (pl.col("sex") == "M"))
    | (pl.col("surname_b").is_null() & (pl.col("sex_b") == "M"))
)
_IN_ONE_VILLAGE = (
    (pl.col("village") == pl.col("village_b"))
    | pl.col("village").is_null()
    | pl.col("village_b").is_null()
)


def _components(count: int, ties: pl.DataFrame) -> pl.Series:
    ends = (ties["number"].to_numpy(), ties["number_b"].to_numpy())
    graph = coo_array((np.ones(len(ties), np.int8), ends), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    return pl.Series("component", labels)
