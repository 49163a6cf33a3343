"""The KIN table: what registers state of everybody, and the relatives of who holds power."""

import duckdb
import polars as pl

from graphengine.algo.kinship import Pedigree, Scope, kin_in_scope, stated_kin
from ingest.build.kin_ties import kin_ties

_HOUSEHOLDS = """
SELECT record, household_id, division_code, relation_to_head, status, status_date,
  node_id('person', person_id) AS person_id, node_id('person', spouse_id) AS spouse_id,
  node_id('person', father_id) AS father_id, node_id('person', mother_id) AS mother_id,
  CASE WHEN substr(person_id, 17, 1)::INT % 2 = 1 THEN 'M' ELSE 'F' END AS sex
FROM households ORDER BY record
"""
_RELATIVES = """
SELECT record, node_id('person', person_id) AS person_id, relation,
  node_id('person', relative_id) AS relative_id
FROM relatives WHERE relative_id IS NOT NULL ORDER BY record
"""
_POWERFUL = """
SELECT DISTINCT source AS person FROM graph.HOLDS
UNION SELECT DISTINCT node_id('person', actor_id) FROM approvals WHERE step = 'approval'
ORDER BY person
"""
_PAIR = ["source", "target", "relation"]


def kin_table(connection: duckdb.DuckDBPyConnection, scope: str) -> pl.DataFrame:
    """Return the rows of KIN, sorted by source, target and relation.

    Relatives in scope are composed for every office-holder and approver (past ones too); everybody
    else has what is stated. Raises SettingsError for a scope that cannot be read.
    """
    wanted = Scope.parsed(scope)
    ties = kin_ties(_frame(connection, _HOUSEHOLDS), _frame(connection, _RELATIVES))
    pedigree = Pedigree.of(ties)
    close = kin_in_scope(pedigree, _frame(connection, _POWERFUL)["person"], wanted)
    stated = stated_kin(pedigree, wanted).join(close, on=_PAIR, how="anti")
    return pl.concat([close, stated]).sort(*_PAIR, "line", "valid_from", "valid_to", "records")


def _frame(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    return pl.DataFrame(connection.sql(query).to_arrow_table())
