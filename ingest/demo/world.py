"""The county as it stands before anybody is paid: places, people, kin, offices, firms, means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from ingest.demo.calendar import END, START, Ints
from ingest.demo.chance import stream
from ingest.demo.firms import FirmBook, free_outsiders, ordinary_firms
from ingest.demo.geography import Geography
from ingest.demo.kinship import Kinship, true_kinship, written_kinship
from ingest.demo.means import Means, drawn_means
from ingest.demo.offices import Offices, filled_offices
from ingest.demo.people import People


@dataclass(frozen=True)
class World:
    """Everything that is given before the money moves."""

    seed: int
    geo: Geography
    people: People
    kin: Kinship
    seen: Kinship
    offices: Offices
    book: FirmBook
    means: Means
    _residents: tuple[Ints, ...]
    _ties: dict[int, set[int]] = field(default_factory=dict)

    def tied_divisions(self, persons: set[int]) -> set[int]:
        """Return the divisions where an office-holder of the period is one of them or their kin."""
        circle = persons | {k for p in persons for k in self.kin.arguable(p)}
        held = (self.offices.by_person.get(p, ()) for p in circle)
        return {post.division for posts in held for post in posts if post.end > START}

    def barred(self, firm: int, division: int) -> bool:
        """Say whether anybody with power over a division is tied to a firm."""
        if firm not in self._ties:
            self._ties[firm] = self.tied_divisions(self.book.persons_of(firm))
        return not self._ties[firm].isdisjoint(self.geo.above(division))

    def forget(self, firm: int) -> None:
        """Drop what was remembered about a firm whose owners have changed."""
        self._ties.pop(firm, None)

    def residents(self, village: int) -> Ints:
        """Return the adults of a village who live there throughout the period."""
        return self._residents[village]

    def households_of(self, village: int) -> Ints:
        """Return the household numbers of a village."""
        return np.flatnonzero(self.means.real & (self.means.village == village))


def _residents(geo: Geography, people: People) -> tuple[Ints, ...]:
    fit = np.flatnonzero(people.present(END) & (people.age(START) >= 18))  # noqa: PLR2004 -- of age
    order = fit[np.argsort(people.tree.village[fit], kind="stable")]
    edges = np.searchsorted(people.tree.village[order], np.arange(geo.villages + 1))
    return tuple(order[a:b] for a, b in pairwise(edges.tolist()))


def built_world(geo: Geography, people: People, captured: Mapping[int, int], seed: int) -> World:
    """Fill the offices, found the firms and draw the means of a settled county."""
    kin, seen = true_kinship(people), written_kinship(people)
    offices = filled_offices(geo, people, seen, captured, stream(seed, "offices"))
    rng = stream(seed, "firms")
    book = FirmBook(geo, people, rng, free_outsiders(people, offices))
    ordinary_firms(book, offices)
    owners = {p for number in range(len(book.firms)) for p in book.persons_of(number)}
    means = drawn_means(people, set(offices.by_person), owners, stream(seed, "means"))
    return World(
        seed=seed,
        geo=geo,
        people=people,
        kin=kin,
        seen=seen,
        offices=offices,
        book=book,
        means=means,
        _residents=_residents(geo, people),
    )
