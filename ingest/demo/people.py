"""The people of the county: families, households, names, numbers, the register's view of them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from ingest.demo.calendar import END, NEVER, REGISTER_FROM, START, YEAR, Flags, Ints, day
from ingest.demo.chance import Chance, happens, stream
from ingest.demo.genealogy import Tree, drawn_deaths, grown_tree, unrelated
from ingest.demo.geography import AREA, Geography
from ingest.demo.households import Codes, heads, nests, relation_codes
from ingest.demo.names import Bearers, drawn_names, drawn_surnames
from ingest.demo.numbers import phone_numbers, resident_ids

_OWN_PHONE: Final = 0.74
_MOVED: Final = 0.012
_SIZE_TOLERANCE: Final = 0.03
_TRIALS: Final = 10
_FATHER_WRITTEN: Final = np.array([0.0, 0.72, 0.9, 0.95, 0.97, 0.97])
"""Share of fathers written into the register, per generation from the founders (-1) on."""


@dataclass(frozen=True, slots=True)
class People:
    """All persons by number: residents on the register, their dead and departed kin, outsiders."""

    tree: Tree
    death: Ints
    household: Ints
    head: Ints
    """Per household number the person at its head, -1 where it is not on the register."""

    listed: Flags
    relation: Codes
    names: pl.Series
    ids: pl.Series
    phones: pl.Series
    group: Ints
    house_no: Ints
    moved: Ints
    father_written: Ints
    mother_written: Ints
    spouse_written: Ints
    outsiders: Ints

    def __len__(self) -> int:
        """Return the number of persons, dead and absent ones included."""
        return len(self.tree)

    def age(self, when: int) -> Ints:
        """Return whole years of age on a day."""
        return np.asarray((when - self.tree.born) / YEAR, dtype=np.int64)

    def present(self, when: int) -> Flags:
        """Say who is on the register, alive and not moved away on a day."""
        return self.listed & (self.death > when) & (self.moved > when)

    def adults(self, when: int) -> Ints:
        """Return the numbers of present residents of 18 and more years."""
        return np.flatnonzero(self.present(when) & (self.age(when) >= 18))  # noqa: PLR2004 -- of age


def _listed(tree: Tree, death: Ints, household: Ints, moved: Ints) -> Flags:
    """Say who is on the register; households without a living member have left it."""
    on = (tree.village >= 0) & (tree.generation >= 0)
    on &= (death >= REGISTER_FROM) & (tree.left >= REGISTER_FROM)
    alive = on & (death > START) & (moved > START)
    lively = np.bincount(household[alive], minlength=int(household.max()) + 1) > 0
    return on & (household >= 0) & lively[household]


def _areas(tree: Tree, rng: Chance) -> Ints:
    """Return the six-digit area that each resident ID starts with."""
    other = 361_001 + rng.integers(0, 30, len(tree))
    far = rng.choice(np.array([350_428, 360_124, 362_202, 430_223, 330_782]), len(tree))
    elsewhere = np.where(happens(rng, 0.3, len(tree)), far, other)
    return np.where(tree.lineage >= 0, AREA, elsewhere)


def _phones(tree: Tree, head: Ints, household: Ints, rng: Chance) -> pl.Series:
    """Give adults a phone; others of the household share the head's or have none."""
    count = len(tree)
    age = (END - tree.born) / YEAR
    own = (age > 14) & (age < 78) & happens(rng, _OWN_PHONE, count)  # noqa: PLR2004 -- who carries one
    numbers = phone_numbers(count, int(rng.integers(10**12)))
    chief = np.where(household >= 0, head[household], -1)
    own[chief[chief >= 0]] = True
    source = np.where(own | (tree.village < 0), np.arange(count), chief)
    shares = own | happens(rng, 0.45, count)
    known = shares & (source >= 0) & ((age > 10) | own)  # noqa: PLR2004 -- children have none
    return numbers.gather(np.maximum(source, 0)).zip_with(
        pl.Series(known), pl.repeat(None, count, dtype=pl.String, eager=True)
    )


def _written(tree: Tree, listed: Flags, rng: Chance) -> tuple[Ints, Ints, Ints]:
    """Return the parents and spouses that the register names (some are left blank)."""
    count = len(tree)
    share = _FATHER_WRITTEN[tree.generation + 1]
    father = np.where(listed & happens(rng, share, count), tree.father, -1)
    mother = np.where(listed & happens(rng, share * 0.9, count), tree.mother, -1)
    spouse = np.where(listed & happens(rng, 0.96, count), tree.spouse, -1)
    return father, mother, spouse


def _house_numbers(head: Ints, village: Ints, group: Ints) -> Ints:
    """Return the house numbers of households within each group of each village."""
    number = np.zeros(len(head), dtype=np.int64)
    real = np.flatnonzero(head >= 0)
    key = village[head[real]] * 100 + group[real]
    order = np.argsort(key, kind="stable")
    number[real[order]] = np.arange(len(real)) - np.searchsorted(key[order], key[order]) + 1
    return number


def _moves(tree: Tree, death: Ints, rng: Chance) -> Ints:
    """Return the day on which each person moved away, for marriage or work, else NEVER."""
    away = REGISTER_FROM + rng.integers(0, END - REGISTER_FROM, len(tree))
    moved = np.where(happens(rng, _MOVED, len(tree)), away, NEVER)
    moved = np.minimum(moved, np.where(tree.left >= REGISTER_FROM, tree.left, NEVER))
    return np.where(moved >= death, NEVER, moved)


def _with_outsiders(tree: Tree, count: int, rng: Chance) -> Tree:
    """Append people of the county seat: owners of firms, officials from elsewhere."""
    born = day(1958) + rng.integers(0, int(38 * YEAR), count)
    return tree.joined(
        unrelated(happens(rng, 0.72, count), born, np.full(count, -1, dtype=np.int64), 2)
    )


def _bearers(tree: Tree, geo: Geography, rng: Chance) -> Bearers:
    """Return those who need a name, with the lineage's surname or a stranger's own."""
    own = drawn_surnames(rng, len(tree))
    surname = np.where(tree.lineage >= 0, geo.lineage_surname[tree.lineage], own)
    return Bearers(surname, tree.male, tree.born, tree.lineage, tree.generation)


def _living(tree: Tree, seed: int) -> float:
    """Return about how many of a tree live in the county at the end of the period."""
    alive = drawn_deaths(tree, stream(seed, "trial deaths")) > END
    here = alive & (tree.village >= 0) & (tree.generation >= 0) & (tree.left > END)
    return float(here.sum()) * (1 - _MOVED)


def _sized_tree(geo: Geography, people: int, seed: int) -> Tree:
    """Grow families until about `people` live in the county: each trial sets the next scale."""
    wanted = float(people)
    best: Tree | None = None
    miss = float(people)
    for trial in range(_TRIALS):
        tree = grown_tree(geo, round(wanted), stream(seed, f"tree {trial}"))
        found = max(_living(tree, seed), 1.0)
        if best is None or abs(found - people) < miss:
            best, miss = tree, abs(found - people)
        if miss < _SIZE_TOLERANCE * people:
            break
        wanted *= people / found
    return tree if best is None else best


def settled_people(geo: Geography, people: int, seed: int) -> People:
    """Grow families, divide them into households and write the register's view of them."""
    rng = stream(seed, "people")
    tree = _sized_tree(geo, people, seed)
    native = len(tree)
    outsiders = 120 + geo.villages * 14
    tree = _with_outsiders(tree, outsiders, rng)
    death = drawn_deaths(tree, rng)
    death[native:] = NEVER
    household = nests(tree, rng)
    household[native:] = -1
    moved = _moves(tree, death, rng)
    listed = _listed(tree, death, household, moved)
    head = heads(tree, household, np.minimum(death, moved), listed)
    who = np.flatnonzero(listed)
    relation = np.full(len(tree), "97")
    relation[who] = relation_codes(tree, who, head[household[who]], rng)
    place = np.where(head >= 0, tree.village[head], 0)
    group = (rng.random(len(head)) * geo.groups[place]).astype(np.int64) + 1
    father, mother, spouse = _written(tree, listed, rng)
    return People(
        tree=tree,
        death=death,
        household=np.where(listed, household, -1),
        head=head,
        listed=listed,
        relation=relation,
        names=drawn_names(_bearers(tree, geo, rng), rng),
        ids=resident_ids(_areas(tree, rng), tree.born, tree.male),
        phones=_phones(tree, head, np.where(listed, household, -1), rng),
        group=group,
        house_no=_house_numbers(head, tree.village, group),
        moved=moved,
        father_written=father,
        mother_written=mother,
        spouse_written=spouse,
        outsiders=np.arange(native, len(tree)),
    )
