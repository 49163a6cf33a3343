"""Walks that the engine finds are those of a search by hand, with every value in its place.

The crowd is larger than a batch of the engine: with fewer nodes its mistakes do not show.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from graphengine.store.guard import check
from graphengine.store.ladybug.dialect import LadybugDialect
from graphengine.store.ladybug.free_text import ask_free_text
from graphengine.store.ladybug.snapshot import cypher_snapshot
from graphengine.store.ladybug.worker import Ladybug
from graphengine.tables.graph import Graph
from tests.village import Village

Step = tuple[str, str, int, int]
Found = tuple[tuple[str, ...], tuple[tuple[str, int], ...]]
RELATIONS = "KIN|OWNS"
CROWD = 3_000
WHO = "person:0000"


def crowd() -> Village:
    village = Village()
    drawn = random.Random(1)  # noqa: S311 - no secret
    for number in range(CROWD):
        village.add("Person", id=f"person:{number:04}", name="张三")
        village.add("Company", id=f"company:{number:04}", name=f"{number}")
        ends = [0 if number < 4 else drawn.randrange(CROWD) for _ in range(2)]
        ends += [drawn.randrange(CROWD) for _ in range(2)]
        village.add("KIN", source=f"person:{ends[0]:04}", target=f"person:{ends[2]:04}", degree=1)
        village.add(
            "OWNS", source=f"person:{ends[1]:04}", target=f"company:{ends[3]:04}", share=0.5
        )
    village.add("KIN", source=WHO, target=WHO, degree=0)
    return village


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ladybug]:
    root = tmp_path_factory.mktemp("crowd")
    with (
        Graph(crowd().write(root / "tables" / "v")) as graph,
        Ladybug(cypher_snapshot(graph, root / "snapshot")) as store,
    ):
        yield store


def steps_of(store: Ladybug, *, both_ways: bool = False) -> Mapping[str, list[Step]]:
    """Return the steps from each node; a loop is one, or two where it is met both ways."""
    rows = store.run(
        f"MATCH (a)-[e:{RELATIONS}]->(b) RETURN a.id, b.id, label(e), e.key, a.neighbours, "
        "b.neighbours",
        rows=10 * CROWD,
    ).rows
    result: dict[str, list[Step]] = {}
    for source, target, kind, key, before, after in rows:
        edge = (str(kind), int(str(key)))
        result.setdefault(str(source), []).append((str(target), *edge, int(str(after))))
        if source != target or both_ways:
            result.setdefault(str(target), []).append((str(source), *edge, int(str(before))))
    return result


def by_hand(steps: Mapping[str, list[Step]], way: Found, hops: int, hub: int) -> Iterator[Found]:
    nodes, edges = way
    for other, kind, key, neighbours in steps.get(nodes[-1], []):
        if other in nodes:
            continue
        longer = ((*nodes, other), (*edges, (kind, key)))
        yield longer
        if hops > 1 and neighbours <= hub:
            yield from by_hand(steps, longer, hops - 1, hub)


@pytest.mark.parametrize("hub", [1, 3, 1000])
@pytest.mark.parametrize("hops", [1, 2, 3])
def test_walks_without_a_node_twice(store: Ladybug, hops: int, hub: int) -> None:
    steps = steps_of(store)
    found = store.run(
        f"MATCH p = (a:Person {{id: $who}})-[:{RELATIONS}*1..{hops} "
        f"(e, n | WHERE n.neighbours <= {hub})]-(b) WHERE {LadybugDialect().different()} "
        "RETURN properties(nodes(p), 'id'), list_transform(rels(p), r -> label(r)), "
        "properties(rels(p), 'key'), b.id, length(p)",
        {"who": WHO},
        rows=1_000_000,
    ).rows
    ways = Counter(
        (nodes, tuple(zip(kinds, keys, strict=True)))  # type: ignore[arg-type]
        for nodes, kinds, keys, *_ in found
    )
    assert ways == Counter(by_hand(steps, ((WHO,), ()), hops, hub))
    assert all(nodes[-1] == end for nodes, _, _, end, _ in found)  # type: ignore[index]
    assert all(len(kinds) == length for _, kinds, _, _, length in found)  # type: ignore[arg-type]


def trails(
    steps: Mapping[str, list[Step]], node: str, hops: int, used: frozenset[int]
) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield where trails of 1 to so many hops end, and the relations walked before and there."""
    for other, _, key, _ in steps.get(node, []):
        if key not in used:
            yield other, used | {key}
            if hops > 1:
                yield from trails(steps, other, hops - 1, used | {key})


def test_no_relation_is_walked_twice_in_free_text(store: Ladybug) -> None:
    steps = steps_of(store, both_ways=True)  # as the engine has it, unlike Neo4j
    text = (
        f"MATCH (a:Person {{id: $who}})-[:{RELATIONS}*1..2]-(b)-[:{RELATIONS}]-(c) "
        "RETURN b.id, c.id"
    )
    given = {"who": WHO}
    found = ask_free_text(store, check(text, given), given, rows=1_000_000).rows
    wanted = Counter(
        (middle, end)
        for middle, used in trails(steps, WHO, 2, frozenset())
        for end, _ in trails(steps, middle, 1, used)
    )
    assert Counter(found) == wanted
