"""The Cypher by which nodes and relations are written, found again and removed, kind by kind.

Rows travel as columns: `$rows` is how many, and `$name` is a list for every column `name`. Days and
times travel as ISO 8601 text (the driver takes 45 µs to pack one, the server 1 µs to read it).
"""

from collections.abc import Sequence

from graphengine.store.content import Column

_READ = {"date": "date", "datetime": "localdatetime"}
_NUMBERED = {
    "date": "duration.inDays(date('1970-01-01'), {0}).days",
    "datetime": "CASE WHEN {0} IS NOT NULL THEN "
    "datetime({{datetime: {0}, timezone: 'Z'}}).epochSeconds * 1000000 + {0}.microsecond END",
}


def quoted(name: str) -> str:
    """Return a name of the vocabulary as Cypher writes it: `AT` is a word of the language.

    >>> quoted("AT")
    '`AT`'
    """
    return f"`{name}`"


def constraint(label: str, name: str = "id") -> str:
    """Return the statement that makes a property unique for a label, and quick to find."""
    return (
        f"CREATE CONSTRAINT shunteng_{label.lower()} IF NOT EXISTS "
        f"FOR (n:{quoted(label)}) REQUIRE n.{name} IS UNIQUE"
    )


def create_nodes(kind: str, columns: Sequence[Column]) -> str:
    """Return the statement that creates nodes from columns."""
    return f"{_EACH} CREATE (:{quoted(kind)} {_map(columns)})"


def change_nodes(kind: str, columns: Sequence[Column]) -> str:
    """Return the statement that gives nodes these properties and no others."""
    return f"{_EACH} MATCH (n:{quoted(kind)} {{id: $id[i]}}) SET n = {_map(columns)}"


def delete_nodes(kind: str) -> str:
    """Return the statement that deletes nodes by `$id`; a node that has relations is an error."""
    return f"{_EACH} MATCH (n:{quoted(kind)} {{id: $id[i]}}) DELETE n"


def create_relations(kind: str, ends: tuple[str, str], columns: Sequence[Column]) -> str:
    """Return the statement that creates relations between nodes of two kinds."""
    held = _map([c for c in columns if c.name not in ("source", "target")])
    return f"{_EACH} {_ends(ends)} CREATE (a)-[:{quoted(kind)} {held}]->(b)"


def delete_relations(kind: str, ends: tuple[str, str]) -> str:
    """Return the statement that deletes the relations with these ends and keys."""
    return f"{_EACH} {_ends(ends)} MATCH (a)-[r:{quoted(kind)}]->(b) WHERE r.key = $key[i] DELETE r"


def all_nodes(kind: str, columns: Sequence[Column]) -> str:
    """Return the query of a kind's nodes: these columns, days and times as numbers since 1970."""
    return f"MATCH (n:{quoted(kind)}) RETURN {_columns('n', columns)}"


def all_relations(kind: str, columns: Sequence[Column]) -> str:
    """Return the query of a kind's relations: these columns, as above."""
    return f"MATCH ()-[r:{quoted(kind)}]->() RETURN {_columns('r', columns)}"


def relations_by_key(kind: str) -> str:
    """Return the query of the ends' ids and the keys of a kind's relations with `$keys`."""
    return (
        f"MATCH (a)-[r:{quoted(kind)}]->(b) WHERE r.key IN $keys "
        "RETURN a.id AS source, b.id AS target, r.key AS key"
    )


def delete_some_relations(kind: str) -> str:
    """Return the statement that deletes at most `$most` relations of a kind."""
    return f"MATCH ()-[r:{quoted(kind)}]->() WITH r LIMIT $most DELETE r"


def delete_some_nodes(kind: str) -> str:
    """Return the statement that deletes at most `$most` nodes of a kind that have no relations."""
    return f"MATCH (n:{quoted(kind)}) WITH n LIMIT $most DELETE n"


def count_nodes(kind: str) -> str:
    """Return the query of how many nodes of a kind there are; the server keeps count."""
    return f"MATCH (n:{quoted(kind)}) RETURN count(n) AS rows"


def count_relations(kind: str) -> str:
    """Return the query of how many relations of a kind there are; the server keeps count."""
    return f"MATCH ()-[r:{quoted(kind)}]->() RETURN count(r) AS rows"


_EACH = "UNWIND range(0, $rows - 1) AS i"


def _ends(ends: tuple[str, str]) -> str:
    source, target = (quoted(kind) for kind in ends)
    return f"MATCH (a:{source} {{id: $source[i]}}) MATCH (b:{target} {{id: $target[i]}})"


def _map(columns: Sequence[Column]) -> str:
    pairs = (f"{c.name}: {_READ.get(c.type, '')}(${c.name}[i])" for c in columns)
    return "{" + ", ".join(pairs) + "}"


def _columns(of: str, columns: Sequence[Column]) -> str:
    return ", ".join(
        f"{_NUMBERED.get(c.type, '{0}').format(f'{of}.{c.name}')} AS {c.name}" for c in columns
    )
