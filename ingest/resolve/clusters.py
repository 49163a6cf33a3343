"""Chains of ties: who becomes one through others, and where a chain must be cut.

A ~ B and B ~ C make A and C one, unless a veto or a person's judgement says that they are two:
then the weakest tie between them gives way, and that is put on record. Ties that are vetoed
themselves go first; then every pair is cut on its own, on the ties as they were, so that one more
judgement can only cut more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Literal

Pair = tuple[str, str]
Cause = Literal["veto", "judgement"]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two ids (mention keys or nodes) that are one with some probability, `one` < `other`."""

    one: str
    other: str
    probability: float

    @property
    def rank(self) -> tuple[float, str, str]:
        """Return the order from the weakest on, the same everywhere."""
        return (self.probability, self.one, self.other)


@dataclass(frozen=True, slots=True)
class Split:
    """A tie that was cut because it would have made `kept_apart` one."""

    tie: Tie
    kept_apart: Pair
    cause: Cause


@dataclass(frozen=True, slots=True)
class Clusters:
    """What became one: for every tied id the smallest id of its cluster, and the cuts made."""

    cluster: Mapping[str, str]
    near: Mapping[str, tuple[Tie, ...]]
    """The ties that were kept, by either end."""

    splits: tuple[Split, ...]


def components(ties: Iterable[Tie]) -> dict[str, str]:
    """Return for every tied id the smallest id of its component (union–find, path halving)."""
    parent: dict[str, str] = {}

    def root(item: str) -> str:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for tie in ties:
        a, b = sorted((root(tie.one), root(tie.other)))
        parent[b] = a
    return {item: root(item) for item in sorted(parent)}


def clustered(ties: Iterable[Tie], apart: Mapping[Pair, Cause]) -> Clusters:
    """Join what is tied and cut what must stay apart; `apart` also holds judged pairs.

    Two different numbered parties (ids that are no mentions) are always apart. Cost: for every
    pair apart within a component a few walks over that component.
    """
    every = sorted(set(ties), key=lambda tie: tie.rank)
    cuts = {
        tie: Split(tie, (tie.one, tie.other), "veto")
        for tie in every
        if apart.get((tie.one, tie.other)) == "veto"
    }
    left = [tie for tie in every if tie not in cuts]
    component = components(left)
    inside: dict[str, list[Tie]] = {}
    for tie in left:
        inside.setdefault(component[tie.one], []).append(tie)
    for (one, other), cause in sorted(_apart(component, apart).items()):
        for tie in _cut(inside[component[one]], one, other):
            cuts.setdefault(tie, Split(tie, (one, other), cause))
    kept = tuple(tie for tie in every if tie not in cuts)
    alone = {item: item for tie in every for item in (tie.one, tie.other)}
    cluster = alone | components(kept)
    splits = tuple(sorted(cuts.values(), key=lambda split: split.tie.rank))
    near: dict[str, tuple[Tie, ...]] = {}
    for tie in kept:
        for item in (tie.one, tie.other):
            near[item] = (*near.get(item, ()), tie)
    return Clusters(cluster, near, splits)


def chained(clusters: Clusters, one: str, other: str) -> tuple[float, int]:
    """Return the chance of the strongest way between two of one cluster, and its ties.

    The chance is the product of the ties'; ways of fewer ties win where chances are equal.
    """
    near = clusters.near
    best = {one: 1.0}
    todo = [(-1.0, 0, one)]
    while todo:
        negative, steps, item = heappop(todo)
        if item == other:
            return -negative, steps
        for tie in near.get(item, ()):
            neighbour = tie.other if tie.one == item else tie.one
            chance = -negative * tie.probability
            if chance > best.get(neighbour, 0.0):
                best[neighbour] = chance
                heappush(todo, (-chance, steps + 1, neighbour))
    return 0.0, 0


def _apart(component: Mapping[str, str], apart: Mapping[Pair, Cause]) -> dict[Pair, Cause]:
    """Return the pairs that must stay apart and are in one component."""
    found = {
        pair: cause
        for pair, cause in apart.items()
        if pair[0] in component and component.get(pair[1]) == component[pair[0]]
    }
    numbered: dict[str, list[str]] = {}
    for item, root in component.items():
        if not item.startswith("mention:"):
            numbered.setdefault(root, []).append(item)
    for items in numbered.values():
        for place, one in enumerate(sorted(items)):
            for other in sorted(items)[place + 1 :]:
                found[(one, other)] = "veto"
    return found


def _cut(ties: list[Tie], one: str, other: str) -> list[Tie]:
    """Return the ties to cut: while the two are connected, the weakest on their strongest way."""
    left = list(ties)
    cuts: list[Tie] = []
    while (weakest := _weakest(left, one, other)) is not None:
        cuts.append(weakest)
        left.remove(weakest)
    return cuts


def _weakest(ties: list[Tie], one: str, other: str) -> Tie | None:
    """Return the tie that, added from the strongest on, first connects the two."""
    parent: dict[str, str] = {}

    def root(item: str) -> str:
        while parent.setdefault(item, item) != item:
            item = parent[item]
        return item

    for tie in sorted(ties, key=lambda tie: tie.rank, reverse=True):
        parent[root(tie.one)] = root(tie.other)
        if root(one) == root(other):
            return tie
    return None
