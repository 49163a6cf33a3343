"""The county on paper: sixteen CSV files in the register contract, and the truth beside them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import polars as pl

from ingest.demo import write_firms, write_money, write_people
from ingest.demo.calendar import Ints, iso
from ingest.demo.directory import Directory, contract_numbers, matter_numbers, numbered
from ingest.demo.drawn import County
from ingest.demo.ledger import DAY
from ingest.demo.truth import Numbers, Planted, write_truth
from ingest.demo.write_money import Texts, payment_numbers

Progress = Callable[[str, float], None]
_DATE_TIME = "%Y-%m-%d %H:%M:%S"


def _texts(county: County) -> Texts:
    words = county.stage.ledger.words
    return Texts(
        contracts=contract_numbers(np.array([a.order.signed for a in county.stage.awards])),
        matters=matter_numbers(county.matters.at[:, 0]),
        words=pl.Series(sorted(words, key=lambda w: words[w]), dtype=pl.String),
        divisions=pl.Series(county.stage.world.geo.codes),
    )


def _save(path: Path, frames: Iterable[pl.DataFrame]) -> int:
    """Write frames below one header and return how many rows they had."""
    rows = 0
    with path.open("wb") as file:
        for frame in frames:
            frame.write_csv(file, include_header=rows == 0, datetime_format=_DATE_TIME)
            rows += len(frame)
    return rows


def _registers(
    county: County, directory: Directory, texts: Texts
) -> Iterator[tuple[str, Iterable[pl.DataFrame]]]:
    """Yield every register's name and frames; big ones are made only when written."""
    both = (texts.contracts, texts.matters)
    yield "officials", [write_people.officials(county, directory)]
    yield "households", [write_people.households(county, directory)]
    yield "contractors", [write_firms.contractors(county, directory)]
    yield "shareholders", [write_firms.shareholders(county, directory)]
    yield "accounts", [write_people.accounts(county, directory)]
    yield "contracts", [write_firms.contracts(county, directory, both)]
    yield "bids", [write_firms.bids(county, directory, texts.contracts)]
    yield "approvals", [write_firms.approvals(county, directory, both)]
    yield "documents", [write_firms.documents(county, both)]
    yield "benefits", [write_money.benefits(county, directory, texts)]
    yield "relatives", [write_people.relatives(county, directory)]
    yield "leases", [write_money.leases(county, directory, texts)]
    yield "labour", [write_money.labour(county, directory, texts)]
    yield "reports", [write_money.reports(county, directory, texts)]
    yield "holdings", [write_people.holdings(county, directory)]
    yield "payments", write_money.payments(county, directory, texts)


def _marked(county: County) -> dict[int, Ints]:
    """Return the places of the payments of every mark, in order of time."""
    mark = county.payments.mark
    place = np.flatnonzero(mark >= 0)
    order = place[np.argsort(mark[place], kind="stable")]
    marks, begin = np.unique(mark[order], return_index=True)
    return dict(zip(marks.tolist(), np.split(order, begin[1:]), strict=True))


def _numbers(county: County, directory: Directory, texts: Texts) -> Numbers:
    """Return how the truth names things."""
    paid = county.payments
    ids = payment_numbers(len(paid.at))
    marked = _marked(county)
    geo = county.stage.world.geo
    return Numbers(
        holder=lambda slot: str(directory.holder(np.array([slot]))[0]),
        contract=lambda number: str(texts.contracts[number]),
        payments={m: tuple(ids.gather(p).to_list()) for m, p in marked.items()},
        sums={m: _total(county, p) for m, p in marked.items()},
        dates={
            m: (iso(int(paid.at[p[0]]) // DAY), iso(int(paid.at[p[-1]]) // DAY))
            for m, p in marked.items()
        },
        division=lambda number: geo.codes[number],
        day=iso,
    )


def _total(county: County, place: Ints) -> int:
    """Return the public money among marked payments, in fen."""
    paid = county.payments
    public = paid.division[place] >= 0
    return int(paid.fen[place][public].sum())


def written_county(
    folder: Path, county: County, head: dict[str, object], progress: Progress
) -> dict[str, int]:
    """Write all registers and truth.json; return the rows per register."""
    folder.mkdir(parents=True, exist_ok=True)
    directory, texts = numbered(county.stage), _texts(county)
    rows: dict[str, int] = {}
    for name, frames in _registers(county, directory, texts):
        progress(name, 0.55 + 0.025 * len(rows))
        rows[name] = _save(folder / f"{name}.csv", frames)
    planted = Planted(tuple(county.stage.schemes), tuple(county.stage.decoys))
    write_truth(folder / "truth.json", head, planted, _numbers(county, directory, texts))
    return rows
