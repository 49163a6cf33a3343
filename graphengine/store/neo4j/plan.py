"""How each kind of a database is brought to a content, seen from its marker and its counts."""

from collections.abc import Mapping
from typing import Literal

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.store.neo4j import statements
from graphengine.store.neo4j.changes import not_ours
from graphengine.store.neo4j.connection import Connection
from graphengine.store.neo4j.driver import neo4j
from graphengine.store.neo4j.marker import KindHeld, Marker, same_form, version_of
from graphengine.vocabulary import NODES, RELATIONS

Manner = Literal["settled", "fresh", "anew", "tables", "server"]
"""Nothing to do; all to create; all to delete and create, for its form is another; to compare with
the tables that it was loaded from; to compare with what the server holds."""

_SECONDS = 60.0


def planned(
    marker: Marker | None, counts: Mapping[str, int], owner: str, wanted: str
) -> dict[str, Manner]:
    """Return each kind's manner; raise StoreError where the database is not this workspace's."""
    if marker is None:
        for kind, rows in counts.items():
            if rows:
                raise not_ours(kind)
    elif marker.owner != owner:
        raise _of_another()
    held = marker.kinds if marker else {}
    return {kind: _manner(held.get(kind), counts[kind], wanted) for kind in counts}


def _manner(held: KindHeld | None, rows: int, wanted: str) -> Manner:
    if held and held.content == wanted and held.rows == rows:
        return "settled"
    if not rows:
        return "fresh"
    if held and not same_form(held.content, wanted):
        return "anew"
    return "tables" if held and version_of(held.content) and held.rows == rows else "server"


def counted(connection: Connection) -> dict[str, int]:
    """Return how many rows of each kind the database holds, nodes first; the server keeps count."""

    def work(tx: neo4j.ManagedTransaction) -> dict[str, int]:
        queries = {kind: statements.count_nodes(kind) for kind in NODES}
        queries |= {kind: statements.count_relations(kind) for kind in RELATIONS}
        return {kind: int(tx.run(query).values()[0][0]) for kind, query in queries.items()}

    return connection.read(work, seconds=_SECONDS)


def _of_another() -> StoreError:
    return StoreError(
        Text(
            "这个数据库里是另一个工作区的图，未作改动",
            "this database holds the graph of another workspace; it was left alone",
        ),
        Text(
            "请用另一个数据库或服务器，或先清空这个数据库",
            "use another database or server, or empty this one first",
        ),
    )
