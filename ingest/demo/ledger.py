"""Payments as they are made: single rows and whole blocks, put in order of time at the end."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ingest.demo.calendar import END, START, Ints

FIRM_SLOT: Final = 10_000_000
BODY_SLOT: Final = 20_000_000
"""Accounts are numbered by holder: a person's own number, a firm's or a body's shifted by these."""

DAY: Final = 86_400
FIRST: Final = START * DAY
LAST: Final = (END + 1) * DAY


def firm_slot(firm: int) -> int:
    """Return the account of a firm."""
    return FIRM_SLOT + firm


def body_slot(division: int) -> int:
    """Return the account of a public body; the number after the last division is the tax office."""
    return BODY_SLOT + division


@dataclass(frozen=True, slots=True)
class Entry:
    """One payment: seconds of local time, fen, account slots; -1 where nothing applies."""

    at: int
    fen: int
    payer: int
    payee: int
    purpose: str
    contract: int = -1
    matter: int = -1
    division: int = -1
    mark: int = -1


@dataclass(frozen=True, slots=True)
class Block:
    """Many payments as arrays of one length; text columns are numbers into the ledger's words."""

    at: Ints
    fen: Ints
    payer: Ints
    payee: Ints
    purpose: Ints
    programme: Ints
    contract: Ints
    matter: Ints
    division: Ints
    mark: Ints


@dataclass(frozen=True, slots=True)
class Transfers:
    """The columns that every block has; the rest is filled with `nothing`."""

    at: Ints
    fen: Ints
    payer: Ints
    payee: Ints


@dataclass(slots=True)
class Ledger:
    """The growing list of payments."""

    words: dict[str, int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: int = 0

    def new_mark(self) -> int:
        """Return a fresh number under which the truth can find payments again."""
        self.marks += 1
        return self.marks - 1

    def word(self, text: str) -> int:
        """Return the number of a purpose or programme."""
        return self.words.setdefault(text, len(self.words))

    def pay(self, entry: Entry) -> None:
        """Note one payment."""
        self.entries.append(entry)

    def block(self, moved: Transfers, purpose: str | Ints) -> Block:
        """Return transfers as a block of one purpose (or an array of word numbers)."""
        count = len(moved.at)
        nothing = np.full(count, -1, dtype=np.int64)
        code = np.full(count, self.word(purpose)) if isinstance(purpose, str) else purpose
        return Block(
            at=moved.at,
            fen=moved.fen,
            payer=moved.payer,
            payee=moved.payee,
            purpose=code,
            programme=nothing,
            contract=nothing,
            matter=nothing,
            division=nothing,
            mark=nothing,
        )

    def add(self, block: Block) -> None:
        """Append many payments."""
        self.blocks.append(block)

    def settled(self) -> Block:
        """Return all payments of the period in order of time; nonsense rows are left out."""
        rows = self.entries
        single = self.block(
            Transfers(
                np.array([e.at for e in rows], dtype=np.int64),
                np.array([e.fen for e in rows], dtype=np.int64),
                np.array([e.payer for e in rows], dtype=np.int64),
                np.array([e.payee for e in rows], dtype=np.int64),
            ),
            np.array([self.word(e.purpose) for e in rows], dtype=np.int64),
        )
        single = replace(
            single,
            contract=np.array([e.contract for e in rows], dtype=np.int64),
            matter=np.array([e.matter for e in rows], dtype=np.int64),
            division=np.array([e.division for e in rows], dtype=np.int64),
            mark=np.array([e.mark for e in rows], dtype=np.int64),
        )
        parts = [single, *self.blocks]
        joined = {
            name: np.concatenate([getattr(p, name) for p in parts]) for name in Block.__slots__
        }
        kept = (joined["at"] >= FIRST) & (joined["at"] < LAST) & (joined["fen"] > 0)
        kept &= joined["payer"] != joined["payee"]
        order = np.flatnonzero(kept)
        order = order[np.argsort(joined["at"][order], kind="stable")]
        return Block(**{name: values[order] for name, values in joined.items()})
