"""What ladybug writes in its own way."""

from graphengine.store.pattern import Pattern, RelationPattern


class LadybugDialect:
    """Repeated relations are walks here, filtered inside their brackets."""

    name = "ladybug"
    hop_by_hop = True
    """0.22.0 loses rows where one MATCH takes several hops."""

    def repeated(self, relation: RelationPattern, along: str, passed: str) -> str:
        """Return the inside of a repeated relation's brackets; `n` are the nodes between."""
        kinds = "|".join(relation.relations)
        said = " AND ".join(c for c in (along, passed) if c)
        inside = f" (e, n | WHERE {said})" if said else ""
        return f"{relation.name}:{kinds}*{relation.low}..{relation.high}{inside}"

    def everywhere(self, pattern: Pattern, along: str, passed: str) -> list[str]:
        """Return nothing: all is said inside the brackets."""
        del pattern, along, passed
        return []

    def different(self) -> str:
        """Return the condition that no node is twice on the path.

        It is compared: as a condition of its own it empties the rows' values (0.22.0).
        """
        return "is_acyclic(p) = true"

    def shortest(self, chain: str) -> str:
        """Return the chain as all its shortest paths."""
        return chain.replace("*1..", "* ALL SHORTEST 1..", 1)

    def taken_apart(self, *, ties: bool) -> str:
        """Return what to return of the path."""
        nodes = "properties(nodes(p), 'id') AS nodes"
        if ties:
            return f"DISTINCT {nodes}"
        return (
            f"{nodes}, list_transform(rels(p), taken -> label(taken)) AS kinds, "
            "properties(rels(p), 'key') AS keys"
        )
