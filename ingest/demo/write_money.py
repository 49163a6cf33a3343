"""Registers of money on paper: payments, benefits, leases, labour, and the letters about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from ingest.demo.benefits import period_text
from ingest.demo.columns import days, looked_up, moments, yuan
from ingest.demo.directory import Directory
from ingest.demo.drawn import County
from ingest.demo.grants import TITLES
from ingest.demo.write_people import household_numbers

_CHUNK: Final = 500_000
_NAMING_BANK: Final = 1
"""From this bank of the directory on the holders' names are given; this one gives numbers too."""


def payment_numbers(count: int) -> pl.Series:
    """Return the payments' numbers, in order of time."""
    width = max(6, len(str(count)))
    return "P" + pl.Series(np.arange(1, count + 1)).cast(pl.String).str.zfill(width)


@dataclass(frozen=True, slots=True)
class Texts:
    """The numbers and words that payments refer to."""

    contracts: pl.Series
    matters: pl.Series
    words: pl.Series
    divisions: pl.Series


def _chunk(county: County, directory: Directory, texts: Texts, part: slice) -> pl.DataFrame:
    paid = county.payments
    payer, payee = paid.payer[part], paid.payee[part]
    bank = directory.bank[directory.place(payer)]
    named, numbered = bank >= _NAMING_BANK, bank == _NAMING_BANK
    names = [np.where(named, s, -1) for s in (payer, payee)]
    numbers = [np.where(numbered, s, -1) for s in (payer, payee)]
    return pl.DataFrame(
        {
            "paid_at": moments(paid.at[part]),
            "amount": yuan(paid.fen[part]),
            "payer_account": directory.account(payer),
            "payee_account": directory.account(payee),
            "payer_name": directory.name(names[0]),
            "payee_name": directory.name(names[1]),
            "payer_id": directory.holder(numbers[0]),
            "payee_id": directory.holder(numbers[1]),
            "purpose": looked_up(texts.words, paid.purpose[part]),
            "programme": looked_up(texts.words, paid.programme[part]),
            "contract_id": looked_up(texts.contracts, paid.contract[part]),
            "matter_id": looked_up(texts.matters, paid.matter[part]),
            "division_code": looked_up(texts.divisions, paid.division[part]),
        }
    )


def payments(county: County, directory: Directory, texts: Texts) -> Iterator[pl.DataFrame]:
    """Yield the payments in order of time, some hundred thousand at a time."""
    count = len(county.payments.at)
    numbers = payment_numbers(count)
    for begin in range(0, max(count, 1), _CHUNK):
        part = slice(begin, min(begin + _CHUNK, count))
        frame = _chunk(county, directory, texts, part)
        yield frame.insert_column(0, numbers[part].alias("payment_id"))


def benefits(county: County, directory: Directory, texts: Texts) -> pl.DataFrame:
    """Return the benefits paid, in order of time."""
    paid = county.payouts
    order = np.lexsort((paid.person, paid.at))
    periods = np.unique(paid.period)
    period = pl.Series([period_text(int(p)) for p in periods], dtype=pl.String)
    return pl.DataFrame(
        {
            "programme": pl.Series(TITLES).gather(paid.programme[order]),
            "person_id": directory.holder(paid.person[order]),
            "name": directory.name(paid.person[order]),
            "household_id": looked_up(household_numbers(county), paid.household[order]),
            "division_code": looked_up(texts.divisions, paid.village[order]),
            "period": period.gather(np.searchsorted(periods, paid.period[order])),
            "amount": yuan(paid.fen[order]),
            "account_no": directory.account(paid.account[order]),
            "matter_id": looked_up(texts.matters, paid.matter[order]),
        }
    )


def leases(county: County, directory: Directory, texts: Texts) -> pl.DataFrame:
    """Return the leases of collective assets."""
    rows = county.leases
    return pl.DataFrame(
        {
            "asset_id": [f"ZC{i + 1:05d}" for i in range(len(rows))],
            "description": [r.description for r in rows],
            "division_code": looked_up(texts.divisions, [r.division for r in rows]),
            "lessee_id": directory.holder(np.array([r.lessee for r in rows])),
            "area_mu": [r.area / 100 for r in rows],
            "annual_rent": yuan([r.rent for r in rows]),
            "reference_rent": yuan([r.reference for r in rows]),
            "start_date": days([r.begin for r in rows]),
            "end_date": days([r.finish for r in rows]),
            "method": [r.method for r in rows],
            "matter_id": pl.Series([None] * len(rows), dtype=pl.String),
        }
    )


def labour(county: County, directory: Directory, texts: Texts) -> pl.DataFrame:
    """Return who worked on which contract."""
    rows = sorted(county.work, key=lambda w: (w.begin, w.contract, w.person))
    person = np.array([w.person for w in rows], dtype=np.int64)
    contract = np.array([w.contract for w in rows], dtype=np.int64)
    division = [county.stage.awards[w.contract].order.division for w in rows]
    return pl.DataFrame(
        {
            "work_id": pl.Series([f"YG{i + 1:06d}" for i in range(len(rows))], dtype=pl.String),
            "person_id": directory.holder(person),
            "name": directory.name(person),
            "contract_id": looked_up(texts.contracts, contract),
            "matter_id": looked_up(texts.matters, contract),
            "worked_from": days([w.begin for w in rows]),
            "worked_to": days([w.begin + w.days for w in rows]),
            "days": pl.Series([w.days for w in rows], dtype=pl.Int64),
            "wage": yuan([w.wage for w in rows]),
            "account_no": directory.account(person),
            "division_code": looked_up(texts.divisions, division),
        }
    )


def reports(county: County, directory: Directory, texts: Texts) -> pl.DataFrame:
    """Return the letters from the public."""
    rows = county.reports
    about = np.array([r.about for r in rows], dtype=np.int64)
    return pl.DataFrame(
        {
            "report_id": pl.Series([f"XF{i + 1:05d}" for i in range(len(rows))], dtype=pl.String),
            "received_at": moments([r.at for r in rows]),
            "division_code": looked_up(texts.divisions, [r.division for r in rows]),
            "channel": pl.Series([r.channel for r in rows], dtype=pl.String),
            "text": pl.Series([r.text for r in rows], dtype=pl.String),
            "about_id": directory.holder(about),
            "about_name": directory.name(about),
            "contract_id": looked_up(texts.contracts, [r.contract for r in rows]),
            "programme": pl.Series([None] * len(rows), dtype=pl.String),
        }
    )
