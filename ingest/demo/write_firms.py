"""Registers of firms and contracts on paper: firms, shares, contracts, bids, steps, papers."""

import numpy as np
import polars as pl

from ingest.demo.calendar import END, NEVER, Flags, Ints
from ingest.demo.chance import happens, stream
from ingest.demo.columns import days, looked_up, moments, yuan
from ingest.demo.directory import Directory
from ingest.demo.drawn import County
from ingest.demo.grants import TITLES
from ingest.demo.ledger import DAY, FIRM_SLOT
from ingest.demo.matters import STEPS, TYPES, Matters
from ingest.demo.trades import CATEGORIES

_FORGOTTEN = (0.0, 0.0, 0.004, 0.0, 0.012, 0.03)
"""Share of matters whose step was honestly never entered, per step."""


def _firms(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int64) + FIRM_SLOT


def contractors(county: County, directory: Directory) -> pl.DataFrame:
    """Return the register of firms in order of their codes."""
    firms = county.stage.world.book.firms
    rep = np.array([f.legal_rep for f in firms])
    given = np.array([f.rep_id_given for f in firms])
    return pl.DataFrame(
        {
            "company_id": directory.holder(np.arange(len(firms)) + FIRM_SLOT),
            "name": [f.look.name for f in firms],
            "legal_rep_name": directory.name(rep),
            "legal_rep_id": directory.holder(np.where(given, rep, -1)),
            "registered_on": days([f.look.registered for f in firms]),
            "capital": yuan([f.look.capital for f in firms]),
            "employees": [f.look.employees for f in firms],
            "address": [f.look.address for f in firms],
            "phone": [f.look.phone for f in firms],
            "status": [f.look.status for f in firms],
        }
    ).sort("company_id")


def shareholders(county: County, directory: Directory) -> pl.DataFrame:
    """Return who holds shares and roles in firms."""
    rows = [(n, h) for n, f in enumerate(county.stage.world.book.firms) for h in f.holders]
    holder = np.array([h.person if h.person >= 0 else h.firm + FIRM_SLOT for _, h in rows])
    return pl.DataFrame(
        {
            "company_id": directory.holder(_firms([n for n, _ in rows])),
            "holder_name": directory.name(holder),
            "holder_id": directory.holder(holder),
            "role": [h.role for _, h in rows],
            "share": [h.share for _, h in rows],
            "start_date": days([NEVER if h.start is None else h.start for _, h in rows]),
            "end_date": days([NEVER if h.end is None else h.end for _, h in rows]),
        }
    ).sort("company_id", maintain_order=True)


def contracts(
    county: County, directory: Directory, numbers: tuple[pl.Series, pl.Series]
) -> pl.DataFrame:
    """Return the register of contracts; `numbers` are those of contracts and of matters."""
    awards, geo = county.stage.awards, county.stage.world.geo
    completed = [a.completed if a.completed <= END else NEVER for a in awards]
    return pl.DataFrame(
        {
            "contract_id": numbers[0],
            "title": [a.title for a in awards],
            "category": [CATEGORIES[a.order.category].name for a in awards],
            "division_code": [geo.codes[a.order.division] for a in awards],
            "buyer_name": [geo.body_name(a.order.division) for a in awards],
            "company_id": directory.holder(_firms([a.order.firm for a in awards])),
            "amount": yuan([a.order.fen for a in awards]),
            "method": [a.order.method for a in awards],
            "signed_on": days([a.order.signed for a in awards]),
            "announced_on": days([a.announced for a in awards]),
            "completed_on": days(completed),
            "matter_id": numbers[1].head(len(awards)),
        }
    ).sort("contract_id")


def bids(county: County, directory: Directory, numbers: pl.Series) -> pl.DataFrame:
    """Return the bids of tenders."""
    firms = county.stage.world.book.firms
    rows = [(n, b) for n, a in enumerate(county.stage.awards) for b in a.bids]
    rng = stream(county.stage.world.seed, "devices")
    host = rng.integers(2, 250, (len(firms), 3))
    return pl.DataFrame(
        {
            "contract_id": looked_up(numbers, [n for n, _ in rows]),
            "company_id": directory.holder(_firms([b.firm for _, b in rows])),
            "price": yuan([b.price for _, b in rows]),
            "submitted_at": moments([b.at for _, b in rows]),
            "won": pl.Series([b.won for _, b in rows], dtype=pl.Boolean),
            "contact_phone": pl.Series(
                [firms[b.firm].look.phone for _, b in rows], dtype=pl.String
            ),
            "ip": pl.Series([_address(host[b.firm]) for _, b in rows], dtype=pl.String),
            "mac": pl.Series([None] * len(rows), dtype=pl.String),
        }
    ).sort("contract_id", maintain_order=True)


def _address(host: Ints) -> str:
    return f"10.{host[0]}.{host[1]}.{host[2]}"


def _kept(county: County, at: Ints) -> Flags:
    """Say which steps were entered: those of the period's end are still open, a few forgotten."""
    rng = stream(county.stage.world.seed, "forgotten")
    kept = at < (END + 1) * DAY
    for step, share in enumerate(_FORGOTTEN):
        kept[:, step] &= ~happens(rng, share, len(at))
    return kept


def _programmes(matters: Matters, row: Ints) -> pl.Series:
    return looked_up(pl.Series(TITLES), matters.programme[row])


def approvals(
    county: County, directory: Directory, numbers: tuple[pl.Series, pl.Series]
) -> pl.DataFrame:
    """Return the steps of all matters in order of matter and step."""
    matters = county.matters
    count = len(matters.kind)
    kept = _kept(county, matters.at).ravel()
    row, step = np.repeat(np.arange(count), 6)[kept], np.tile(np.arange(6), count)[kept]
    at = matters.at.ravel()[kept]
    rng = stream(county.stage.world.seed, "recorded")
    delay = np.exp(rng.normal(7.4, 0.9, len(at))).astype(np.int64)
    delay += happens(rng, 0.03, len(at)) * rng.integers(1, 9, len(at)) * DAY
    approval = pl.Series(np.where(step == 1, 0, -1))
    frame = pl.DataFrame(
        {
            "matter_id": numbers[1].gather(row),
            "matter_type": pl.Series(TYPES).gather(matters.kind[row]),
            "step": pl.Series(STEPS).gather(step),
            "acted_at": moments(at),
            "recorded_at": moments(at + delay),
            "actor_id": directory.holder(matters.actor.ravel()[kept]),
            "decision": looked_up(pl.Series(["approved"]), approval.to_numpy()),
            "subject_id": directory.holder(matters.subject[row]),
            "contract_id": looked_up(numbers[0], matters.contract[row]),
            "programme": _programmes(matters, row),
            "amount": yuan(matters.fen[row]),
            "division_code": pl.Series(county.stage.world.geo.codes).gather(matters.division[row]),
            "step_number": step,
        }
    )
    return frame.sort("matter_id", "step_number").drop("step_number")


def documents(county: County, numbers: tuple[pl.Series, pl.Series]) -> pl.DataFrame:
    """Return the papers of contracts."""
    papers = county.papers
    contract = np.array([p.contract for p in papers], dtype=np.int64)
    return pl.DataFrame(
        {
            "document_id": [f"WD{i + 1:06d}" for i in range(len(papers))],
            "matter_id": looked_up(numbers[1], contract),
            "contract_id": looked_up(numbers[0], contract),
            "kind": [p.kind for p in papers],
            "text": [p.text for p in papers],
            "sha256": [p.digest for p in papers],
            "created_at": moments([p.at for p in papers]),
        }
    )
