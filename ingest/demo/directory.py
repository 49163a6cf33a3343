"""The registers' own numbers for everything that has one: holders, accounts, contracts, matters."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from ingest.demo.calendar import Flags, Ints, year_of
from ingest.demo.chance import stream, weighted
from ingest.demo.columns import looked_up
from ingest.demo.geography import AREA, COUNTY_NAME
from ingest.demo.ledger import BODY_SLOT, DAY, FIRM_SLOT
from ingest.demo.numbers import account_numbers, company_codes
from ingest.demo.stage import Stage

BANKS: Final = ("农商银行", "邮储银行", "农业银行")
_BANK_SHARES: Final = np.array([0.6, 0.25, 0.15])
_TAX_OFFICE: Final = (f"{AREA}000000-TX", f"{COUNTY_NAME}税务局")


@dataclass(frozen=True, slots=True)
class Directory:
    """Numbers and names of persons, then firms, then public bodies."""

    persons: int
    firms: int
    ids: pl.Series
    names: pl.Series
    accounts: pl.Series
    bank: Ints

    def place(self, slots: Ints) -> Ints:
        """Return where account slots stand in this directory; negative slots stay negative."""
        firm = slots - FIRM_SLOT + self.persons
        body = slots - BODY_SLOT + self.persons + self.firms
        return np.where(slots < FIRM_SLOT, slots, np.where(slots < BODY_SLOT, firm, body))

    def holder(self, slots: Ints) -> pl.Series:
        """Return the holders' numbers."""
        return looked_up(self.ids, self.place(slots))

    def name(self, slots: Ints) -> pl.Series:
        """Return the holders' names."""
        return looked_up(self.names, self.place(slots))

    def account(self, slots: Ints) -> pl.Series:
        """Return the account numbers."""
        return looked_up(self.accounts, self.place(slots))

    def slots(self, used: Flags) -> Ints:
        """Return the slots of the places that are used."""
        place = np.flatnonzero(used)
        firm = place - self.persons + FIRM_SLOT
        body = place - self.persons - self.firms + BODY_SLOT
        upper = np.where(place < self.persons + self.firms, firm, body)
        return np.where(place < self.persons, place, upper)


def person_names(stage: Stage) -> pl.Series:
    """Return everybody's names, with those that planting has changed."""
    names = stage.world.people.names
    if not stage.renamed:
        return names
    changed = sorted(stage.renamed)
    return names.scatter(changed, [stage.renamed[p] for p in changed])


def numbered(stage: Stage) -> Directory:
    """Give every firm its credit code and every holder an account."""
    world = stage.world
    geo, people, firms = world.geo, world.people, world.book.firms
    bodies = range(len(geo.codes))
    rng = stream(world.seed, "numbers")
    codes = company_codes(len(firms), AREA, int(rng.integers(10**12)))
    body_ids = pl.Series([*(geo.body_code(d) for d in bodies), _TAX_OFFICE[0]])
    body_names = pl.Series([*(geo.body_name(d) for d in bodies), _TAX_OFFICE[1]])
    firm_names = pl.Series([f.look.name for f in firms])
    total = len(people) + len(firms) + len(body_ids)
    return Directory(
        persons=len(people),
        firms=len(firms),
        ids=pl.concat([people.ids, codes, body_ids]),
        names=pl.concat([person_names(stage), firm_names, body_names]),
        accounts=account_numbers(total, int(rng.integers(10**12))),
        bank=weighted(rng, _BANK_SHARES, total),
    )


def _in_sequence(days: Ints, prefix: str, width: int) -> pl.Series:
    """Return numbers by day within each year: HT2023-00017."""
    order = np.argsort(days, kind="stable")
    texts = [""] * len(days)
    count: dict[int, int] = {}
    for index in order.tolist():
        year = year_of(int(days[index]))
        count[year] = count.get(year, 0) + 1
        texts[index] = f"{prefix}{year}-{count[year]:0{width}d}"
    return pl.Series(texts, dtype=pl.String)


def contract_numbers(signed: Ints) -> pl.Series:
    """Return the contracts' numbers, in order of signing."""
    return _in_sequence(signed, "HT", 5)


def matter_numbers(opened: Ints) -> pl.Series:
    """Return the matters' numbers, in order of application (seconds)."""
    return _in_sequence(opened // DAY, "M", 6)
