"""Firms: what they do, who owns, manages and represents them, and how they look in the registry."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ingest.demo.calendar import END, START, Ints, day
from ingest.demo.chance import Chance, one_of
from ingest.demo.geography import COUNTY_NAME, Geography
from ingest.demo.offices import Offices
from ingest.demo.people import People
from ingest.demo.trades import NAME_FIRST, NAME_SECOND, SMALL, WEIGHTS, Trade

_PER_VILLAGE: Final = 5.2
_AT_LEAST: Final = 46
_VILLAGER_OWNED: Final = 0.42
_STREETS: Final = (
    "人民路",
    "建设路",
    "工业路",
    "解放路",
    "环城东路",
    "创业大道",
    "府前街",
    "站前路",
)


@dataclass(frozen=True, slots=True)
class Holder:
    """One row of the share register: a person or a firm (by number) in a role."""

    role: str
    person: int = -1
    firm: int = -1
    share: float | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How a firm appears in the registry."""

    name: str
    registered: int
    capital: int
    employees: int
    address: str
    phone: str
    status: str = "active"


@dataclass(frozen=True, slots=True)
class Firm:
    """One company; `town` is its division number (the county's for the county seat)."""

    trade: Trade
    town: int
    look: Look
    legal_rep: int
    rep_id_given: bool
    holders: tuple[Holder, ...]
    backers: tuple[int, ...] = ()
    """Persons behind the firm whom the share register does not name as such."""

    public_work: bool = True
    """Whether it takes part in the ordinary business of public bodies."""


@dataclass(slots=True)
class FirmBook:
    """The growing list of firms; a firm's number is its place in it."""

    geo: Geography
    people: People
    rng: Chance
    pool: list[int]
    """Outsiders who hold no post and own nothing yet."""

    firms: list[Firm] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def add(self, firm: Firm) -> int:
        """Append a firm and return its number."""
        self.firms.append(firm)
        return len(self.firms) - 1

    def outsider(self) -> int:
        """Take a person of the county seat; when all are taken, one owns a second firm."""
        if self.pool:
            return self.pool.pop()
        return one_of(self.rng, self.people.outsiders[: max(1, len(self.people.outsiders) // 3)])

    def look(self, trade: Trade, town: int, phone: str = "") -> Look:
        """Draw a registry entry: name, age, capital, staff, address, telephone."""
        rng = self.rng
        small = trade in SMALL
        early = day(2004) if rng.random() < 0.7 else day(2018)  # noqa: PLR2004 -- old and young firms
        registered = early + int(rng.integers(0, START - early - 30))
        capital = int(rng.choice([5, 10, 20, 30, 50] if small else [50, 100, 200, 300, 500, 1000]))
        staff = int(rng.poisson(1.5) if small else rng.gamma(1.6, 9))
        place = COUNTY_NAME if town == self.geo.county else self.geo.names[town]
        street = _STREETS[int(rng.integers(len(_STREETS)))] if town == self.geo.county else "街道"
        address = f"{place}{street}{int(rng.integers(1, 220))}号"
        if rng.random() < 0.07:  # noqa: PLR2004 -- many small firms sit at one agent's address
            address = f"{COUNTY_NAME}创业大道{int(rng.integers(1, 4))}号众创空间"
        return Look(
            name=self._name(trade, town),
            registered=registered,
            capital=capital * 1_000_000,
            employees=staff,
            address=address,
            phone=phone or f"0794{int(rng.integers(2_000_000, 8_999_999))}",
            status="active",
        )

    def _name(self, trade: Trade, town: int) -> str:
        place = (
            COUNTY_NAME if trade not in SMALL or town == self.geo.county else self.geo.names[town]
        )
        while True:
            first = NAME_FIRST[int(self.rng.integers(len(NAME_FIRST)))]
            second = NAME_SECOND[int(self.rng.integers(len(NAME_SECOND)))]
            third = "" if len(self.used) < 600 else second  # noqa: PLR2004 -- two syllables run out
            if third:
                third = NAME_SECOND[int(self.rng.integers(len(NAME_SECOND)))]
            name = f"{place}{first}{second}{third}{trade.value}"
            if name not in self.used:
                self.used.add(name)
                return name

    def owned(self, trade: Trade, town: int, owner: int, other: int | None = None) -> int:
        """Add a firm of one owner, perhaps with a partner; the owner represents and manages it."""
        rng = self.rng
        phone = self.people.phones[owner] or ""
        look = self.look(trade, town, phone if rng.random() < 0.55 else "")  # noqa: PLR2004 -- own phone
        since = look.registered
        share = 1.0 if other is None else round(float(rng.uniform(0.4, 0.9)), 2)
        holders = [Holder("shareholder", owner, share=share, start=since)]
        if other is not None:
            holders.append(Holder("shareholder", other, share=round(1 - share, 2), start=since))
            holders.append(Holder("supervisor", other, start=since))
        holders.append(Holder("manager", owner, start=since))
        if trade not in SMALL:
            holders.append(Holder("director", owner, start=since))
        given = bool(rng.random() > 0.3)  # noqa: PLR2004 -- public registers often leave it out
        return self.add(Firm(trade, town, look, owner, given, tuple(holders)))

    def change(self, firm: int, changed: Firm) -> None:
        """Replace a firm by another version of itself."""
        self.firms[firm] = changed

    def persons_of(self, firm: int) -> set[int]:
        """Return all persons behind a firm, through other firms too, hidden ones included."""
        seen: set[int] = set()
        found: set[int] = set()
        todo = [firm]
        while todo:
            number = todo.pop()
            if number in seen:
                continue
            seen.add(number)
            one = self.firms[number]
            found |= {one.legal_rep, *one.backers}
            found |= {h.person for h in one.holders if h.person >= 0}
            todo += [h.firm for h in one.holders if h.firm >= 0]
        return found


def free_outsiders(people: People, offices: Offices) -> list[int]:
    """Return people of the county seat without a post."""
    busy = set(offices.by_person)
    return [p for p in people.outsiders.tolist() if p not in busy]


def _owners(people: People, offices: Offices, rng: Chance) -> Ints:
    """Return villagers who might own a firm, in random order."""
    age = people.age(START)
    fit = people.present(END) & (age >= 24) & (age < 63) & (people.tree.village >= 0)  # noqa: PLR2004 -- in business
    fit[list(offices.by_person)] = False
    return rng.permutation(np.flatnonzero(fit))


def _with_holding(book: FirmBook, firm: int) -> None:
    """Move half of a firm's shares to a holding company of the same owner (ordinary structure)."""
    one = book.firms[firm]
    parent = book.owned(Trade.HOLDING, book.geo.county, one.legal_rep)
    share = next(h for h in one.holders if h.role == "shareholder")
    moved = replace(share, person=-1, firm=parent)
    rest = tuple(h for h in one.holders if h is not share)
    book.change(firm, replace(one, holders=(moved, *rest)))


def ordinary_firms(book: FirmBook, offices: Offices) -> None:
    """Found the county's firms: most unrelated to any official, some owned by villagers."""
    geo, rng = book.geo, book.rng
    owners = _owners(book.people, offices, rng).tolist()
    trades = list(WEIGHTS)
    count = max(_AT_LEAST, round(_PER_VILLAGE * geo.villages))
    drawn = rng.choice(
        len(trades), count, p=np.array(list(WEIGHTS.values())) / sum(WEIGHTS.values())
    )
    first = list(range(len(trades))) * 3
    for index in [*first, *drawn.tolist()][:count]:
        trade = trades[index]
        local = rng.random() < _VILLAGER_OWNED
        owner = owners.pop() if local else book.outsider()
        home = int(book.people.tree.village[owner])
        town = int(geo.town_of[home]) if local else geo.county
        partner = book.outsider() if rng.random() < 0.3 else None  # noqa: PLR2004 -- partnerships
        firm = book.owned(trade, town, owner, partner)
        if trade not in SMALL and rng.random() < 0.1:  # noqa: PLR2004 -- owners with a holding company
            _with_holding(book, firm)
        if rng.random() < 0.04:  # noqa: PLR2004 -- closed firms stay in the registry
            one = book.firms[firm]
            gone = replace(one.look, status=str(rng.choice(["cancelled", "revoked"])))
            book.change(firm, replace(one, look=gone, public_work=False))
    for _ in range(max(2, geo.villages // 12)):
        agent = book.owned(Trade.AGENT, geo.county, book.outsider())
        book.change(agent, replace(book.firms[agent], public_work=False))
