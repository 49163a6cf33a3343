"""Who is whose kin: the family tree asked from one person outwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ingest.demo.calendar import Ints
from ingest.demo.people import People


@dataclass(frozen=True)
class Kinship:
    """Parents and spouses of every person, -1 where unknown; children are found by inversion."""

    father: Ints
    mother: Ints
    spouse: Ints

    @cached_property
    def _parents(self) -> list[tuple[int, ...]]:
        pairs = zip(self.father.tolist(), self.mother.tolist(), strict=True)
        return [tuple(p for p in pair if p >= 0) for pair in pairs]

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for child, parents in enumerate(self._parents):
            for parent in parents:
                found.setdefault(parent, []).append(child)
        return found

    @cached_property
    def _spouses(self) -> list[int]:
        return [int(s) for s in self.spouse]

    def spouses(self, persons: Iterable[int]) -> set[int]:
        """Return the spouses of several persons."""
        return {s for p in persons if (s := self._spouses[p]) >= 0}

    def parents(self, persons: Iterable[int]) -> set[int]:
        """Return the parents of several persons."""
        return {q for p in persons for q in self._parents[p]}

    def children(self, persons: Iterable[int]) -> set[int]:
        """Return the children of several persons."""
        return {q for p in persons for q in self._children.get(p, ())}

    def siblings(self, persons: Iterable[int]) -> set[int]:
        """Return those who share a parent with one of several persons (themselves excepted)."""
        who = set(persons)
        return {s for p in who for s in self.children(self.parents({p})) if s != p}

    def close(self, person: int) -> set[int]:
        """Return parents, children, siblings, grandparents and grandchildren."""
        parents, children = self.parents({person}), self.children({person})
        near = parents | children | self.siblings({person})
        return (near | self.parents(parents) | self.children(children)) - {person}

    def collateral(self, person: int) -> set[int]:
        """Return collateral blood kin within three generations who are not siblings."""
        uncles = self.siblings(self.parents({person})) - self.parents({person})
        nephews = self.children(self.siblings({person}))
        return (uncles | nephews | self.children(uncles)) - {person}

    def remote(self, person: int) -> set[int]:
        """Return kin in scope whom one finds only across households: in-laws, cousins, nephews."""
        partner = self.spouses({person})
        in_law = {k for s in partner for k in self.siblings({s}) | self.parents({s})}
        below = self.spouses(self.children({person})) | self.spouses(self.siblings({person}))
        return (in_law | below | self.collateral(person)) - self.near(person)

    def near(self, person: int) -> set[int]:
        """Return spouse, parents, children, siblings: the kin everybody knows."""
        one = {person}
        found = self.spouses(one) | self.parents(one) | self.children(one) | self.siblings(one)
        return found - one

    def in_scope(self, person: int) -> set[int]:
        """Return the kin that the law's avoidance rules name beyond doubt."""
        close, partner = self.close(person), self.spouses({person})
        by_marriage = {k for s in partner for k in self.close(s)} | self.spouses(close)
        return (close | partner | by_marriage | self.collateral(person)) - {person}

    def arguable(self, person: int) -> set[int]:
        """Return kin in scope and those that a wide reading might add."""
        scope = self.in_scope(person)
        edge = self.spouses(self.collateral(person))
        for partner in self.spouses({person}):
            edge |= self.spouses(self.close(partner)) | self.collateral(partner)
        edge |= self.children(self.children(self.siblings({person})))
        grand = self.parents(self.parents({person}))
        edge |= self.siblings(grand) | self.parents(grand)
        edge |= self.children(self.children(self.children({person})))
        return (scope | edge) - {person}

    def beyond(self, person: int) -> set[int]:
        """Return kin of kin and second cousins: tied to a person, outside even a wide reading."""
        wide = self.arguable(person)
        siblings = self.siblings({person})
        brothers_in_law = self.spouses(siblings)
        far = self.siblings(brothers_in_law) | self.parents(brothers_in_law)
        cousins = self.children(self.siblings(self.parents({person})))
        far |= self.siblings(self.spouses(cousins))
        grand = self.parents(self.parents({person}))
        far |= self.children(self.children(self.siblings(grand)))
        return far - wide - {person}


def true_kinship(people: People) -> Kinship:
    """Return kinship as it is."""
    return Kinship(people.tree.father, people.tree.mother, people.tree.spouse)


def written_kinship(people: People) -> Kinship:
    """Return kinship as the household register lets one compose it."""
    tree, home = people.tree, people.household
    safe = np.maximum(home, 0)
    head = np.where(home >= 0, people.head[safe], -1)
    me = np.arange(len(people))
    sides: list[Ints] = []
    for parent, written, up in (
        (tree.father, people.father_written, "51"),
        (tree.mother, people.mother_written, "52"),
    ):
        together = (parent >= 0) & (home >= 0) & (home[parent] == home)
        by_code = together & ((parent == head) | ((me == head) & (people.relation[parent] == up)))
        sides.append(np.where(by_code, parent, written))
    spouse = tree.spouse
    together = (spouse >= 0) & (home >= 0) & (home[spouse] == home)
    by_code = together & ((spouse == head) | (me == head))
    partner = np.where(by_code, spouse, people.spouse_written)
    back = np.where((partner < 0) & (spouse >= 0), people.spouse_written[spouse], -1)
    return Kinship(sides[0], sides[1], np.where(back == me, spouse, partner))
