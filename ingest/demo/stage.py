"""The stage on which schemes and look-alikes are planted, before ordinary life sets in."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from ingest.demo.calendar import END, START, YEAR, workday
from ingest.demo.chance import Chance
from ingest.demo.contracts import (
    WAN,
    Award,
    Order,
    pay_instalments,
    signed_award,
    usual_sum,
)
from ingest.demo.ledger import Ledger
from ingest.demo.offices import Post, Role
from ingest.demo.trades import SHELLS, Trade, categories_for
from ingest.demo.truth import Decoy, Scheme
from ingest.demo.world import World

DECIDERS: Final = (Role.SECRETARY, Role.DIRECTOR, Role.DEPUTY)
WORKS: Final = (
    Trade.BUILDING,
    Trade.ROADS,
    Trade.WATER,
    Trade.GARDENS,
    Trade.POWER,
    Trade.MATERIALS,
    Trade.LABOUR,
)
PURCHASES: Final = (Trade.SHOP, Trade.OFFICE, Trade.PRINTING, Trade.FARMING, Trade.MATERIALS)
_LONG_ENOUGH: Final = 420


@dataclass(frozen=True, slots=True)
class Tenure:
    """A decider of a village and the days of the period on which the post is held."""

    person: int
    begin: int
    finish: int

    def some_day(self, rng: Chance, lead: int = 40) -> int:
        """Return a working day well inside the tenure."""
        early, late = self.begin + lead, self.finish - 60
        return workday(int(rng.integers(early, max(late, early + 1))))


@dataclass(frozen=True, slots=True)
class Favour:
    """Households to which need-tested benefits go whatever their need; `strength` is 1 to 3."""

    village: int
    households: tuple[int, ...]
    mark: int
    strength: int
    tenure: Tenure


@dataclass(frozen=True, slots=True)
class Work:
    """Days worked on a contract and the wage paid for them, in fen; `at` are seconds."""

    person: int
    contract: int
    begin: int
    days: int
    wage: int
    at: int


@dataclass(slots=True)
class Stage:
    """What planting has brought about so far."""

    world: World
    ledger: Ledger
    rng: Chance
    awards: list[Award] = field(default_factory=list)
    schemes: list[Scheme] = field(default_factory=list)
    decoys: list[Decoy] = field(default_factory=list)
    favours: list[Favour] = field(default_factory=list)
    generous: dict[int, float] = field(default_factory=dict)
    """Villages that help nearly every household from a level of need on, with that level."""

    busy: set[int] = field(default_factory=set)
    """Kin and owners who already play a part; nobody plays two."""

    acting: dict[int, int] = field(default_factory=dict)
    """How many parts each official plays."""

    renamed: dict[int, str] = field(default_factory=dict)
    """Persons who bear another name than the one drawn."""

    declared: list[tuple[int, int]] = field(default_factory=list)
    """Officials and kin they declare."""

    work: list[Work] = field(default_factory=list)

    lessees: dict[int, int] = field(default_factory=dict)
    """Villages whose collective assets go to one lineage, with that lineage."""

    def deciders(self, village: int, roles: Iterable[Role] = DECIDERS) -> list[Tenure]:
        """Return those who decided in a village long enough, those with fewer parts first."""
        found: dict[int, Tenure] = {}
        for role in roles:
            for post in self.world.offices.seat(role, village):
                tenure = self._tenure(post)
                if tenure.finish - tenure.begin >= _LONG_ENOUGH and post.person not in found:
                    found[post.person] = tenure
        tenures = list(found.values())
        mixed = [tenures[int(i)] for i in self.rng.permutation(len(found))]
        return sorted(mixed, key=lambda t: self.acting.get(t.person, 0))

    def cast(self, official: int, others: Iterable[int] = ()) -> None:
        """Note that an official plays a part, and that others play theirs."""
        self.acting[official] = self.acting.get(official, 0) + 1
        self.busy |= set(others)

    @staticmethod
    def _tenure(post: Post) -> Tenure:
        return Tenure(post.person, max(post.start, START), min(post.end, END))

    def free(self, persons: Iterable[int], low: int = 23, high: int = 66) -> list[int]:
        """Return those of some age who live, hold no post and play no part, in random order."""
        people, offices = self.world.people, self.world.offices.by_person
        owners = self._owners()
        fit = [
            p
            for p in sorted(set(persons))
            if people.household[p] >= 0
            and people.death[p] > END
            and people.moved[p] > END
            and low <= (START - people.tree.born[p]) / YEAR <= high
            and p not in offices
            and p not in self.busy
            and p not in owners
        ]
        return [fit[int(i)] for i in self.rng.permutation(len(fit))]

    def _owners(self) -> set[int]:
        return {h.person for f in self.world.book.firms for h in f.holders}

    def sign(self, order: Order) -> int:
        """Sign a contract and pay it by instalments; return its number."""
        number = self.sign_only(order)
        pay_instalments(self.awards[number], number, self.ledger, self.rng)
        return number

    def sign_only(self, order: Order) -> int:
        """Sign a contract whose payments the caller makes; return its number."""
        self.awards.append(signed_award(self.world, order, self.rng))
        return len(self.awards) - 1

    def contractor(self, division: int, trades: tuple[Trade, ...]) -> int:
        """Return an established firm of one of the trades that nobody in power is tied to."""
        firms = self.world.book.firms
        for number in self.rng.permutation(len(firms)).tolist():
            firm = firms[number]
            known = firm.trade in trades and firm.public_work
            if known and firm.look.registered < START and not self.world.barred(number, division):
                return int(number)
        return self.new_contractor(trades)

    def new_contractor(self, trades: tuple[Trade, ...]) -> int:
        """Found an unrelated firm of the county seat."""
        book = self.world.book
        trade = trades[int(self.rng.integers(len(trades)))]
        return book.owned(trade, self.world.geo.county, book.outsider())

    def shell(self, division: int) -> int:
        """Return a small trading or advice firm, new or existing, unrelated to those in power."""
        if self.rng.random() < 0.4:  # noqa: PLR2004 -- some shells are ordinary traders too
            return self.contractor(division, SHELLS)
        book = self.world.book
        number = self.new_contractor((Trade.TRADING, Trade.ADVICE))
        firm = book.firms[number]
        late = START - int(self.rng.integers(40, 900))
        look = replace(firm.look, employees=int(self.rng.integers(0, 3)), registered=late)
        holders = tuple(replace(h, start=late) for h in firm.holders)
        book.change(number, replace(firm, look=look, holders=holders, public_work=False))
        return number

    def rivals(self, order: Order, count: int) -> Order:
        """Add unrelated firms of the same line as losing bidders."""
        trades = tuple(t for t in WORKS + PURCHASES if order.category in categories_for(t))
        found: list[int] = []
        for _ in range(count * 6):
            rival = self.contractor(order.division, trades)
            if rival != order.firm and rival not in found:
                found.append(rival)
            if len(found) == count:
                break
        return replace(order, rivals=tuple(found))

    def order_from(
        self, firm: int, division: int, tenure: Tenure, ceiling: int = 39 * WAN
    ) -> Order:
        """Draw an untendered order to a firm, approved by the holder of the tenure."""
        rng = self.rng
        categories = categories_for(self.world.book.firms[firm].trade)
        category = int(categories[int(rng.integers(len(categories)))])
        fen = usual_sum(category, rng)
        while fen > ceiling:
            fen = int(fen * float(rng.uniform(0.3, 0.8))) // 1000 * 1000
        method = "negotiated" if fen >= 3 * WAN and rng.random() < 0.4 else "direct"  # noqa: PLR2004 -- habit
        if fen < 3 * WAN and rng.random() < 0.6:  # noqa: PLR2004 -- habit
            method = "small"
        signed = tenure.some_day(rng)
        return Order(division, firm, category, fen, method, signed, approver=tenure.person)
