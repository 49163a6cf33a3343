"""Generations, marriages and deaths: the family tree behind the household register."""

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np

from ingest.demo.calendar import END, NEVER, YEAR, Flags, Ints, day
from ingest.demo.chance import Chance, happens
from ingest.demo.geography import Geography

_GENERATIONS: Final = 5
_PER_FOUNDERS: Final = 14.0
"""People alive on the register per founding couple (measured; it only sets the size)."""

_OWN_VILLAGE: Final = 0.22
_OWN_TOWN: Final = 0.55
"""Shares of those who look for a spouse in their village, in their town; others look anywhere."""

_DECADES: Final = np.array([day(1955), day(1972), day(1988), day(2002)])
_CHILDREN: Final = np.array([4.4, 3.9, 2.4, 1.7, 1.5])


@dataclass(frozen=True, slots=True)
class Tree:
    """Persons by number; -1 stands for nobody, `village` is where one lives (-1: elsewhere)."""

    male: Flags
    born: Ints
    father: Ints
    mother: Ints
    spouse: Ints
    married: Ints
    lineage: Ints
    village: Ints
    generation: Ints
    matrilocal: Flags
    left: Ints
    """Day of moving out of the county for marriage, else NEVER."""

    def __len__(self) -> int:
        """Return the number of persons, dead and gone ones included."""
        return len(self.born)

    def joined(self, other: "Tree") -> "Tree":
        """Append persons."""
        return Tree(
            *(np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self))
        )


@dataclass(frozen=True, slots=True)
class Couples:
    """Husbands, wives and the day of marriage, side by side."""

    husband: Ints
    wife: Ints
    since: Ints


def unrelated(male: Flags, born: Ints, village: Ints, generation: int) -> Tree:
    """Return persons without known kin."""
    count = len(born)
    nobody = np.full(count, -1, dtype=np.int64)
    return Tree(
        male=male,
        born=born,
        father=nobody,
        mother=nobody,
        spouse=nobody,
        married=nobody,
        lineage=nobody,
        village=village,
        generation=np.full(count, generation, dtype=np.int64),
        matrilocal=np.zeros(count, dtype=bool),
        left=np.full(count, NEVER, dtype=np.int64),
    )


def _founders(geo: Geography, people: int, rng: Chance) -> tuple[Tree, Couples]:
    """Return couples born around 1910, spread over lineages by their shares."""
    wanted = people / _PER_FOUNDERS
    share = geo.weight[geo.lineage_village] * geo.lineage_share
    count = np.maximum(np.round(share * wanted), 1).astype(np.int64)
    lineage = np.repeat(np.arange(len(count)), count)
    pairs = len(lineage)
    born = day(1902) + rng.integers(0, int(21 * YEAR), pairs)
    home = geo.lineage_village[lineage]
    men = unrelated(np.ones(pairs, dtype=bool), born, home, -1)
    wives = unrelated(np.zeros(pairs, dtype=bool), born + rng.integers(-700, 2200, pairs), home, -1)
    couples = Couples(np.arange(pairs), np.arange(pairs) + pairs, born + int(23 * YEAR))
    return _wedded(replace(men, lineage=lineage).joined(wives), couples), couples


def _wedded(tree: Tree, couples: Couples) -> Tree:
    """Write marriages into the tree; the couple lives in one village, mostly the husband's."""
    spouse, married, village = tree.spouse.copy(), tree.married.copy(), tree.village.copy()
    spouse[couples.husband], spouse[couples.wife] = couples.wife, couples.husband
    married[couples.husband] = married[couples.wife] = couples.since
    own = tree.matrilocal[couples.husband]
    home = np.where(own, village[couples.wife], village[couples.husband])
    village[couples.husband] = village[couples.wife] = home
    return replace(tree, spouse=spouse, married=married, village=village)


def _children(tree: Tree, couples: Couples, rng: Chance) -> Tree:
    """Return the children of couples; family size falls with the year of marriage."""
    mean = _CHILDREN[np.searchsorted(_DECADES, couples.since)]
    count = np.minimum(rng.poisson(mean), 7)
    total = int(count.sum())
    rank = np.arange(total) - np.repeat(np.cumsum(count) - count, count)
    gap = rng.uniform(1.6, 3.8, len(count))
    wait = np.repeat(rng.uniform(0.8, 2.8, len(count)), count)
    years = wait + rank * np.repeat(gap, count) + rng.uniform(0, 0.5, total)
    born = np.repeat(couples.since, count) + (years * YEAR).astype(np.int64)
    mother, father = np.repeat(couples.wife, count), np.repeat(couples.husband, count)
    kept = (born < END - 40) & (born - tree.born[mother] < 44 * YEAR)
    born, mother, father = born[kept], mother[kept], father[kept]
    bare = unrelated(happens(rng, 0.52, len(born)), born, tree.village[father], 0)
    generation = tree.generation[father] + 1
    return replace(
        bare, father=father, mother=mother, lineage=tree.lineage[father], generation=generation
    )


def _matched(tree: Tree, men: Ints, women: Ints, market: Ints) -> tuple[Ints, Ints]:
    """Pair the k-th man with the k-th woman of each market, both sorted by (noisy) age."""
    places: list[Ints] = []
    for side in (men, women):
        where = market[side]
        begin = np.searchsorted(where, where)
        places.append(where * 10_000_000 + np.arange(len(side)) - begin)
    _, left, right = np.intersect1d(places[0], places[1], return_indices=True)
    first, second = men[left], women[right]
    near = np.abs(tree.born[first] - tree.born[second]) < 11 * YEAR
    far_kin = tree.lineage[first] != tree.lineage[second]
    for a in (tree.father, tree.mother):
        for b in (tree.father, tree.mother):
            known = (a[first] >= 0) & (b[second] >= 0)
            one, two = tree.father[a[first]], tree.father[b[second]]
            far_kin &= ~(known & (one >= 0) & (one == two))
    return first[near & far_kin], second[near & far_kin]


def _wedding_days(tree: Tree, persons: Ints, rng: Chance) -> Ints:
    """Return the day each person is ready to marry, NEVER for those who stay single."""
    male = tree.male[persons]
    later = np.clip((tree.born[persons] / YEAR - 5) * 0.06, 0, 2.5)
    age = rng.normal(np.where(male, 24.5, 22.3) + later, 2.4)
    ready = tree.born[persons] + (np.clip(age, 19, 40) * YEAR).astype(np.int64)
    single = happens(rng, np.where(male, 0.07, 0.02), len(persons))
    return np.where(single | (ready > END - 60), NEVER, ready)


def _married(tree: Tree, fresh: Ints, geo: Geography, rng: Chance) -> tuple[Tree, Couples]:
    """Marry one generation: within the town mostly, brides from elsewhere for some who are left."""
    ready = np.full(len(tree), NEVER, dtype=np.int64)
    ready[fresh] = _wedding_days(tree, fresh, rng)
    reach = rng.random(len(tree))
    anywhere = geo.villages + rng.integers(0, len(geo.towns), len(tree))
    market = np.where(reach < _OWN_VILLAGE + _OWN_TOWN, geo.town_of[tree.village], anywhere)
    market = np.where(reach < _OWN_VILLAGE, tree.village, market)
    noisy = tree.born + rng.integers(-500, 500, len(tree)) + np.where(tree.male, 800, 0)
    looking = fresh[ready[fresh] < NEVER]
    sides = [looking[tree.male[looking]], looking[~tree.male[looking]]]
    men, women = (s[np.lexsort((s, noisy[s], market[s]))] for s in sides)
    husbands, wives = _matched(tree, men, women, market)
    matrilocal, left = tree.matrilocal.copy(), tree.left.copy()
    matrilocal[husbands] = happens(rng, 0.04, len(husbands))
    rest = np.setdiff1d(women, wives)
    gone = rest[happens(rng, 0.85, len(rest))]
    left[gone] = ready[gone]
    tree = replace(tree, matrilocal=matrilocal, left=left)
    alone = np.setdiff1d(men, husbands)
    grooms = alone[happens(rng, 0.7, len(alone))]
    brides_born = tree.born[grooms] + rng.integers(-700, 1800, len(grooms))
    strangers = unrelated(np.zeros(len(grooms), dtype=bool), brides_born, tree.village[grooms], 0)
    strangers = replace(strangers, generation=tree.generation[grooms])
    brides = np.arange(len(grooms)) + len(tree)
    days = np.concatenate([np.maximum(ready[husbands], ready[wives]), ready[grooms]])
    couples = Couples(np.concatenate([husbands, grooms]), np.concatenate([wives, brides]), days)
    return _wedded(tree.joined(strangers), couples), couples


def grown_tree(geo: Geography, people: int, rng: Chance) -> Tree:
    """Grow the county's families from couples born about 1910 to the children of 2024."""
    tree, couples = _founders(geo, people, rng)
    for _ in range(_GENERATIONS):
        start = len(tree)
        tree = tree.joined(_children(tree, couples, rng))
        tree, couples = _married(tree, np.arange(start, len(tree)), geo, rng)
    return tree


def drawn_deaths(tree: Tree, rng: Chance) -> Ints:
    """Return each person's day of death, NEVER for those who outlive the period."""
    count = len(tree)
    old = 81.0 + 4.0 * (~tree.male) - rng.gumbel(0, 8.5, count)
    early = happens(rng, 0.015, count)
    age = np.where(early, rng.uniform(1, 70, count), np.clip(old, 25, 104))
    death = tree.born + (age * YEAR).astype(np.int64)
    last = np.full(count, -NEVER, dtype=np.int64)
    for parent in (tree.father, tree.mother):
        known = parent >= 0
        np.maximum.at(last, parent[known], tree.born[known] + 400)
    death = np.maximum(np.maximum(death, last), tree.married + 400)
    return np.where(death > END, NEVER, death)
