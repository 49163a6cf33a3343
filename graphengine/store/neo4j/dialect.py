"""What Neo4j 5 writes in its own way."""

from collections.abc import Iterator

from graphengine.store.pattern import Pattern, RelationPattern


class Neo4jDialect:
    """Conditions along repeated relations are those of the whole path."""

    name = "neo4j"
    hop_by_hop = False

    def repeated(self, relation: RelationPattern, along: str, passed: str) -> str:
        """Return the inside of a repeated relation's brackets."""
        del along, passed
        kinds = "|".join(relation.relations)
        return f"{relation.name}:{kinds}*{relation.low}..{relation.high}"

    def everywhere(self, pattern: Pattern, along: str, passed: str) -> list[str]:
        """Return the conditions along all repeated relations; Neo4j tests them while it walks."""
        return list(_everywhere(pattern, along, passed))

    def different(self) -> str:
        """Return the condition that no node is twice on the path."""
        return "all(n IN nodes(p) WHERE single(m IN nodes(p) WHERE m = n))"

    def shortest(self, chain: str) -> str:
        """Return the chain as all its shortest paths."""
        return f"allShortestPaths({chain})"

    def taken_apart(self, *, ties: bool) -> str:
        """Return what to return of the path."""
        nodes = "[n IN nodes(p) | n.id] AS nodes"
        if ties:
            return f"DISTINCT {nodes}"
        return (
            f"{nodes}, [r IN relationships(p) | type(r)] AS kinds, "
            "[r IN relationships(p) | r.key] AS keys"
        )


def _everywhere(pattern: Pattern, along: str, passed: str) -> Iterator[str]:
    for relation in pattern.relations:
        if relation.repeats and along:
            edges = "relationships(p)" if pattern.search == "shortest" else relation.name
            yield f"all(e IN {edges} WHERE {along})"
    if passed:
        named = " OR ".join(dict.fromkeys(f"n = {node.name}" for node in pattern.nodes))
        yield f"all(n IN nodes(p) WHERE {named} OR ({passed}))"
