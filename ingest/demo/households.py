"""Households: who lives with whom, who is the head, and every member's relation to the head."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.demo.calendar import START, YEAR, Flags, Ints
from ingest.demo.chance import Chance, happens
from ingest.demo.genealogy import Tree

_STAYS: Final = 0.68
"""Share of parents with whom the youngest married son (or matrilocal daughter) stays."""

Codes = NDArray[np.str_]


def _staying(tree: Tree, couples: Ints, rng: Chance) -> Flags:
    """Say for each husband whether the couple lives on with the parents of the side that stays."""
    side = np.where(tree.matrilocal[couples], tree.spouse[couples], couples)
    parent = tree.father[side]
    order = np.lexsort((tree.born[side], parent))
    last = np.ones(len(side), dtype=bool)
    last[order[:-1]] = parent[order][:-1] != parent[order][1:]
    return last & (parent >= 0) & happens(rng, _STAYS, len(side))


def nests(tree: Tree, rng: Chance) -> Ints:
    """Return the household number of every person."""
    home = np.full(len(tree), -1, dtype=np.int64)
    free = 0
    for generation in range(int(tree.generation.min()), int(tree.generation.max()) + 1):
        now = np.flatnonzero(tree.generation == generation)
        born_here = now[tree.father[now] >= 0]
        home[born_here] = home[tree.father[born_here]]
        husbands = now[tree.male[now] & (tree.spouse[now] >= 0)]
        stays = _staying(tree, husbands, rng)
        side = np.where(tree.matrilocal[husbands], tree.spouse[husbands], husbands)
        own = np.arange(len(husbands)) + free
        free += len(husbands)
        home[husbands] = np.where(stays, home[side], own)
        home[tree.spouse[husbands]] = home[husbands]
    return home


def heads(tree: Tree, household: Ints, death: Ints, listed: Flags) -> Ints:
    """Return the head of every household (by number), -1 where nobody is listed."""
    age = (START - tree.born) / YEAR
    prime = (age >= 22) & (age <= 71) & (death > START)  # noqa: PLR2004 -- a head of working age
    rank = prime * 10_000 + (tree.spouse >= 0) * 2_000 + tree.male * 1_000 + age * 4
    rank = np.where(prime | (death > START), rank, rank - 20_000)
    members = np.flatnonzero(listed)
    order = members[np.lexsort((members, rank[members], household[members]))]
    last = np.ones(len(order), dtype=bool)
    last[:-1] = household[order][:-1] != household[order][1:]
    result = np.full(int(household.max()) + 1, -1, dtype=np.int64)
    result[household[order[last]]] = order[last]
    return result


@dataclass(frozen=True, slots=True)
class _View:
    """Parents and spouses with a sentinel at the end, so that -1 leads to -1."""

    father: Ints
    mother: Ints
    spouse: Ints

    def child_of(self, person: Ints, other: Ints) -> Flags:
        """Say whether `other` is a parent of `person`."""
        hit = (self.father[person] == other) | (self.mother[person] == other)
        return np.asarray(hit & (person >= 0) & (other >= 0))

    def sibling_of(self, person: Ints, other: Ints) -> Flags:
        """Say whether two persons share a parent."""
        father, mother = self.father[person], self.mother[person]
        hit = (father >= 0) & (father == self.father[other])
        hit |= (mother >= 0) & (mother == self.mother[other])
        return np.asarray(hit & (person != other))


def _order_codes(tree: Tree, rng: Chance) -> Codes:
    """Return the code of each person as a son or daughter: only child, first, second ..."""
    order = np.lexsort((tree.born, tree.male, tree.father))
    key = tree.father[order] * 2 + tree.male[order]
    begin = np.searchsorted(key, key)
    rank = np.empty(len(tree), dtype=np.int64)
    rank[order] = np.arange(len(tree)) - begin
    siblings = np.bincount(tree.father[tree.father >= 0], minlength=len(tree))
    only = (tree.father >= 0) & (siblings[tree.father] == 1)
    plain = happens(rng, 0.3, len(tree))
    last = np.where(plain, 0, np.where(only, 1, np.minimum(rank + 2, 6)))
    return np.asarray(np.char.add(np.where(tree.male, "2", "3"), last.astype(str)))


def _by_age(tree: Tree, person: Ints, other: Ints, older: str, younger: str) -> Codes:
    return np.where(tree.born[person] <= tree.born[other], older, younger)


def _descent(tree: Tree, v: _View, who: Ints, head: Ints) -> list[tuple[Flags, Codes]]:
    """Return the cases below the head: children, grandchildren and their spouses."""
    male, spouse = tree.male[who], v.spouse[who]
    father, mother = v.father[who], v.mother[who]
    son_side, daughter_side = v.child_of(father, head), v.child_of(mother, head)
    both = [(father, mother), (v.father[spouse], v.mother[spouse])]
    below = [v.child_of(f, head) | v.child_of(m, head) for f, m in both]
    third = [v.father[father], v.mother[father], v.father[mother], v.mother[mother]]
    great = np.logical_or.reduce([v.child_of(t, head) for t in third])
    return [
        (v.child_of(spouse, head), np.where(male, "28", "38")),
        (son_side & ~daughter_side, np.where(male, "41", "42")),
        (daughter_side, np.where(male, "43", "44")),
        (below[1], np.where(male, "46", "45")),
        (great, np.where(male, "47", "48")),
    ]


def _ascent(tree: Tree, v: _View, who: Ints, head: Ints) -> list[tuple[Flags, Codes]]:
    """Return the cases above the head: parents, the spouse's parents, grandparents."""
    male, partner = tree.male[who], v.spouse[head]
    head_male = tree.male[head]
    in_law = np.where(male, np.where(head_male, "55", "53"), np.where(head_male, "56", "54"))
    father, mother = v.father[head], v.mother[head]
    return [
        (v.child_of(head, who), np.where(male, "51", "52")),
        (v.child_of(partner, who), in_law),
        (v.child_of(father, who), np.where(male, "61", "62")),
        (v.child_of(mother, who), np.where(male, "63", "64")),
        (v.child_of(v.father[father], who), np.where(male, "66", "67")),
    ]


def _sideways(tree: Tree, v: _View, who: Ints, head: Ints) -> list[tuple[Flags, Codes]]:
    """Return the cases beside the head: siblings, their spouses and children, uncles, aunts."""
    male, spouse = tree.male[who], v.spouse[who]
    father, mother = v.father[who], v.mother[who]
    own = np.where(male, _by_age(tree, who, head, "71", "73"), _by_age(tree, who, head, "75", "77"))
    partner = np.where(
        male, _by_age(tree, spouse, head, "76", "78"), _by_age(tree, spouse, head, "72", "74")
    )
    up = v.father[head]
    uncle = np.where(male, _by_age(tree, who, up, "81", "83"), "90")
    aunt = np.where(male, "89", _by_age(tree, spouse, up, "82", "84"))
    return [
        (v.sibling_of(who, head), own),
        (v.sibling_of(spouse, head), partner),
        (v.sibling_of(father, head), np.where(male, "93", "94")),
        (v.sibling_of(mother, head), np.where(male, "95", "96")),
        (v.sibling_of(who, up), uncle),
        (v.sibling_of(spouse, up), aunt),
    ]


def relation_codes(tree: Tree, who: Ints, head: Ints, rng: Chance) -> Codes:
    """Return the GB/T 4761 code of each person towards the head of the household."""
    with_end = [np.append(a, -1) for a in (tree.father, tree.mother, tree.spouse)]
    v = _View(*with_end)
    generic = happens(rng, 0.05, len(who))
    partner = np.where(generic, "10", np.where(tree.male[who], "11", "12"))
    cases = [
        (who == head, np.full(len(who), "02")),
        (v.spouse[who] == head, partner),
        (v.child_of(who, head), _order_codes(tree, rng)[who]),
        *_descent(tree, v, who, head),
        *_ascent(tree, v, who, head),
        *_sideways(tree, v, who, head),
    ]
    return np.select([c for c, _ in cases], [t for _, t in cases], "97")
