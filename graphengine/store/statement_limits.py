"""The limits of a question as conditions of Cypher, and one step from nodes to those next to them.

They use the parameters `$since`, `$until` and `$division`, each only where it limits something.
"""

from graphengine.store.content import OPEN_FIRST, OPEN_LAST
from graphengine.store.engine import Limits


def step(kind: str, relations: tuple[str, ...], limits: Limits) -> str:
    """Return the text that finds what is next to nodes `$front` of a kind: `id`, `neighbours`."""
    said = [
        "a.id IN $front",
        *tie_conditions("e", limits),
        *([scope_condition("b")] if limits.division else []),
    ]
    return (
        f"MATCH (a:{kind})-[e:{'|'.join(relations)}]-(b) WHERE {' AND '.join(said)} "
        "RETURN DISTINCT b.id AS id, b.neighbours AS neighbours"
    )


def limit_parameters(limits: Limits) -> dict[str, object]:
    """Return the parameters that the limits' conditions use."""
    found: dict[str, object] = {}
    if limits.since:
        found["since"] = limits.since
    if limits.until:
        found["until"] = limits.until
    if limits.division:
        found["division"] = limits.division
    return found


def row_conditions(edge: str, limits: Limits) -> list[str]:
    """Return the conditions that a row was valid within the limits' window."""
    said = []
    if limits.until:
        said.append(f"({edge}.valid_from IS NULL OR {edge}.valid_from <= $until)")
    if limits.since:
        said.append(f"({edge}.valid_to IS NULL OR {edge}.valid_to >= $since)")
    return said


def tie_conditions(edge: str, limits: Limits) -> list[str]:
    """Return the conditions that a relation stands for a tie, and one within the window."""
    said = [f"{edge}.follows IS NULL"]
    if limits.until:
        first = f"coalesce({edge}.first, {edge}.valid_from, date('{OPEN_FIRST}'))"
        said.append(f"{first} <= $until")
    if limits.since:
        last = f"coalesce({edge}.last, {edge}.valid_to, date('{OPEN_LAST}'))"
        said.append(f"{last} >= $since")
    return said


def scope_condition(node: str) -> str:
    """Return the condition that a node is seen from the limits' division."""
    return f"({node}.scope IS NULL OR {node}.scope STARTS WITH $division)"
