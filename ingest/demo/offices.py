"""Offices: who held which post, where and when; terms, changes in mid-period, former holders."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np

from ingest.demo.calendar import END, NEVER, START, Ints, day
from ingest.demo.chance import Chance, one_of
from ingest.demo.geography import Geography
from ingest.demo.kinship import Kinship
from ingest.demo.people import People


class Role(StrEnum):
    """The posts of villages, towns and the county, by their titles."""

    SECRETARY = "村党支部书记"
    DIRECTOR = "村民委员会主任"
    DEPUTY = "村民委员会副主任"
    MEMBER = "村民委员会委员"
    ACCOUNTANT = "村会计"
    OVERSEER = "村务监督委员会主任"
    OVERSEER_MEMBER = "村务监督委员会委员"
    WOMEN = "妇女联合会主席"
    GROUP_LEADER = "村民小组长"
    TOWN_SECRETARY = "镇党委书记"
    TOWN_HEAD = "镇长"
    TOWN_DEPUTY = "副镇长"
    TOWN_CIVIL = "民政办主任"
    TOWN_FARMING = "农业农村办主任"
    TOWN_FINANCE = "财政所所长"
    TOWN_STATION = "驻村干部"
    COUNTY_FINANCE = "财政局局长"
    COUNTY_CIVIL = "民政局局长"
    COUNTY_FARMING = "农业农村局局长"
    COUNTY_BUILDING = "住房和城乡建设局局长"


VILLAGE_ROLES: Final = (
    Role.SECRETARY,
    Role.DIRECTOR,
    Role.DEPUTY,
    Role.MEMBER,
    Role.ACCOUNTANT,
    Role.OVERSEER,
    Role.OVERSEER_MEMBER,
    Role.WOMEN,
)
TOWN_ROLES: Final = tuple(r for r in Role if r.name.startswith("TOWN_"))
COUNTY_ROLES: Final = tuple(r for r in Role if r.name.startswith("COUNTY_"))
_OVERSIGHT: Final = (Role.OVERSEER, Role.OVERSEER_MEMBER)
DUTIES: Final[Mapping[Role, str]] = {
    Role.SECRETARY: "工程项目;集体资产;困难救助",
    Role.DIRECTOR: "工程项目;物资采购;困难救助",
    Role.DEPUTY: "村庄环境;土地流转",
    Role.ACCOUNTANT: "财务收支;印章使用",
    Role.TOWN_CIVIL: "最低生活保障;特困供养;临时救助",
    Role.TOWN_FARMING: "耕地地力保护补贴;土地流转",
    Role.TOWN_DEPUTY: "工程项目;危房改造",
    Role.TOWN_FINANCE: "财务收支",
}
TERM_START: Final = day(2021, 1, 20)
_FORMER_START: Final = day(2018, 3, 1)
_AGES: Final = (30, 61)


@dataclass(frozen=True, slots=True)
class Post:
    """One post held by one person from `start` to `end` (NEVER: still)."""

    person: int
    role: Role
    division: int
    start: int
    end: int = NEVER

    def covers(self, when: int) -> bool:
        """Say whether the post is held on a day."""
        return self.start <= when <= self.end


@dataclass(frozen=True)
class Offices:
    """All posts of the county, past ones included."""

    posts: tuple[Post, ...]

    @cached_property
    def _by_seat(self) -> dict[tuple[Role, int], list[Post]]:
        found: dict[tuple[Role, int], list[Post]] = {}
        for post in self.posts:
            found.setdefault((post.role, post.division), []).append(post)
        return found

    @cached_property
    def by_person(self) -> dict[int, list[Post]]:
        """Return every office-holder's posts."""
        found: dict[int, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.person, []).append(post)
        return found

    @cached_property
    def by_division(self) -> dict[int, list[Post]]:
        """Return the posts of every division."""
        found: dict[int, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.division, []).append(post)
        return found

    def seat(self, role: Role, division: int) -> list[Post]:
        """Return the holders of one post, in order of time."""
        return sorted(self._by_seat.get((role, division), []), key=lambda p: (p.start, p.person))

    def holder(self, role: Role, division: int, when: int) -> int:
        """Return who holds a post on a day; in a gap, the one who comes next or was last."""
        posts = self.seat(role, division)
        now = [p for p in posts if p.covers(when)] or [p for p in posts if p.start > when] or posts
        return now[0].person

    def at(self, role: Role, divisions: Ints, when: Ints) -> Ints:
        """Return the holders of one role for many divisions and days at once."""
        result = np.empty(len(divisions), dtype=np.int64)
        for division in np.unique(divisions).tolist():
            mine = divisions == division
            posts = self.seat(role, division)
            result[mine] = posts[0].person
            for post in posts[1:]:
                result[mine & (when >= post.start)] = post.person
        return result


def _drawn(people: People, pool: Ints, favoured: int, banned: set[int], rng: Chance) -> int:
    """Pick an eligible person; with a favoured lineage four posts in five go to it."""
    free = np.array([p for p in pool.tolist() if p not in banned], dtype=np.int64)
    if favoured >= 0 and rng.random() < 0.85:  # noqa: PLR2004 -- the captured village's habit
        own = free[people.tree.lineage[free] == favoured]
        free = own if len(own) else free
    return one_of(rng, free if len(free) else pool)


def _tenures(first: Post, other: int, rng: Chance) -> list[Post]:
    """Split a post between two holders: at the election of 2021 or in mid-period, or not at all."""
    throw = rng.random()
    if throw < 0.09:  # noqa: PLR2004 -- left in mid-period
        until = START + int(rng.integers(120, END - START - 200))
        return [replace(first, end=until), Post(other, first.role, first.division, until + 9)]
    if throw < 0.40:  # noqa: PLR2004 -- a former holder until the last election
        before = Post(other, first.role, first.division, _FORMER_START, TERM_START - 1)
        return [before, replace(first, start=TERM_START)]
    return [first]


def _supporters(people: People, kin: Kinship, person: int) -> int:
    """Return how many fellow villagers are kin of a candidate: large families win elections."""
    village = people.tree.village
    return sum(
        1
        for k in kin.in_scope(person)
        if village[k] == village[person] and people.listed[k] and people.death[k] > END
    )


def _village_posts(
    people: People,
    pools: tuple[Ints, Ints, Ints],
    place: tuple[int, int, int],
    kin: Kinship,
    rng: Chance,
) -> list[Post]:
    """Fill the posts of one village; overseers are not near kin of those they oversee."""
    village, groups, favoured = place
    men, women, _ = pools
    posts: list[Post] = []
    taken: set[int] = set()
    barred: set[int] = set()
    wanted = [*VILLAGE_ROLES, Role.OVERSEER_MEMBER, *[Role.GROUP_LEADER] * groups]
    for role in wanted:
        pool = women if role is Role.WOMEN or rng.random() < 0.1 else men  # noqa: PLR2004 -- share of women
        banned = taken | (barred if role in _OVERSIGHT else set())
        tries = 6 if role in (Role.SECRETARY, Role.DIRECTOR) else 1
        stand = {_drawn(people, pool, favoured, banned, rng) for _ in range(tries)}
        person = max(sorted(stand), key=lambda p: _supporters(people, kin, p))
        taken.add(person)
        if role is Role.DIRECTOR and rng.random() < 0.5:  # noqa: PLR2004 -- one person, both posts
            person = posts[-1].person
        if role in (Role.SECRETARY, Role.DIRECTOR, Role.ACCOUNTANT, Role.DEPUTY, Role.MEMBER):
            barred |= kin.near(person)
        start = TERM_START if rng.random() < 0.4 else _FORMER_START  # noqa: PLR2004 -- newly elected
        start += int(rng.integers(0, 25))
        other = _drawn(people, pool, favoured, banned | {person} | taken, rng)
        tenures = _tenures(Post(person, role, village, start), other, rng)
        taken |= {p.person for p in tenures}
        posts += tenures
    return posts


def _upper_posts(
    roles: tuple[Role, ...], division: int, pool: list[int], rng: Chance
) -> list[Post]:
    """Fill the posts of a town or the county; the pool loses whom it gives."""
    posts: list[Post] = []
    for role in roles:
        start = day(2019 + int(rng.integers(0, 3)), 1 + int(rng.integers(0, 12)))
        holder = Post(pool.pop(), role, division, start)
        if rng.random() < 0.15:  # noqa: PLR2004 -- transfers of cadres
            until = START + int(rng.integers(200, 800))
            posts += [replace(holder, end=until), Post(pool.pop(), role, division, until + 1)]
        else:
            posts.append(holder)
    return posts


def filled_offices(
    geo: Geography, people: People, kin: Kinship, captured: Mapping[int, int], rng: Chance
) -> Offices:
    """Fill all posts; `captured` names the lineage that holds most posts of a village."""
    age = people.age(START)
    fit = people.present(END) & (age >= _AGES[0]) & (age < _AGES[1])
    order = np.argsort(people.tree.village, kind="stable")
    edges = np.searchsorted(people.tree.village[order], np.arange(geo.villages + 1))
    posts: list[Post] = []
    for village in range(geo.villages):
        here = order[edges[village] : edges[village + 1]]
        here = here[fit[here]]
        male = people.tree.male[here]
        place = (village, int(geo.groups[village]), captured.get(village, -1))
        posts += _village_posts(people, (here[male], here[~male], here), place, kin, rng)
    taken = {p.person for p in posts}
    natives = np.flatnonzero(fit & (people.tree.village >= 0) & (age < 50))  # noqa: PLR2004 -- in service
    needed = (len(geo.towns) * len(TOWN_ROLES) + len(COUNTY_ROLES)) * 2
    half = [p for p in rng.permutation(natives)[:needed].tolist() if p not in taken]
    pool = [*people.outsiders[-needed:].tolist()]
    mixed = [p for pair in zip(half, pool, strict=False) for p in pair]
    for town in geo.towns:
        posts += _upper_posts(TOWN_ROLES, town, mixed, rng)
    posts += _upper_posts(COUNTY_ROLES, geo.county, pool[: len(COUNTY_ROLES) * 2], rng)
    return Offices(tuple(posts))
