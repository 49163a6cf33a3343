"""Who controls which company: shares along chains, offices, and companies that somebody controls.

`how` and strength of a row of the CONTROLS table:
- ownership: the integrated share through any number of holdings (see `graphengine.algo.ownership`).
- legal_rep, manager, beneficial_owner: 1.0, since each can bind or steer the company alone
  (Company Law: the legal representative acts in its name, the manager runs its business; the
  beneficial owner is by definition the one who controls it).
- director: 0.5, since a board decides by majority. Supervisors control nothing: they oversee.
- holding: the votes of the companies that the holder controls, where they exceed the integrated
  share. One controls a company as its legal representative or beneficial owner, or by more than
  half of its votes, own votes and those of controlled companies together.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import polars as pl

from graphengine.algo.ownership import (
    FOREVER_FROM,
    FOREVER_TO,
    Holders,
    Holding,
    Records,
    Stake,
    Stakes,
    integrated,
)
from graphengine.tables.schema import relation_schema

LEAST = 0.05
LAYERS = 8
_STRENGTH: Mapping[str, float] = {
    "legal_rep": 1.0,
    "manager": 1.0,
    "beneficial_owner": 1.0,
    "director": 0.5,
}
_CONTROLLING = ("legal_rep", "beneficial_owner")
_MAJORITY = 0.5
_DIGITS = 9
_COLUMNS = relation_schema("CONTROLS").names
_SCHEMA = pl.Schema(
    [
        ("source", pl.String()),
        ("target", pl.String()),
        ("how", pl.String()),
        ("strength", pl.Float64()),
        ("via", pl.List(pl.String)),
        ("begins", pl.Int32()),
        ("ends", pl.Int32()),
        ("records", pl.List(pl.UInt64)),
    ]
)
_DATED = ("target", "begins", "ends", "records")


class _Office(NamedTuple):
    company: str
    begins: int
    ends: int
    records: Records


class _Claim(NamedTuple):
    """What a holder has in a company at one time."""

    strength: float
    via: tuple[str, ...]
    records: Records


Claims = dict[tuple[str, str], _Claim]
Row = tuple[str, str, str, float, list[str], int, int, list[int]]


def control_relations(
    owns: pl.DataFrame,
    represents: pl.DataFrame,
    directs: pl.DataFrame,
    *,
    least: float = LEAST,
    layers: int = LAYERS,
) -> pl.DataFrame:
    """Return the CONTROLS table: rows per holder, company, how and period, sorted.

    Rows weaker than `least` are left out, companies more than `layers` away are not looked for.
    A stake without a share adds nothing. Validity is the period in which the row's strength, way
    and records stay the same. Cost: per holder, one pass over what it owns per change of shares.
    """
    offices = _offices(represents, directs)
    stakes = Stakes(tuple(_stakes(owns)))
    steered: dict[str, list[_Office]] = defaultdict(list)
    steering = offices.filter(pl.col("how").is_in(_CONTROLLING))
    for holder, *office in steering.select("source", *_DATED).iter_rows():
        company, begins, ends, records = office
        steered[holder].append(_Office(company, begins, ends, frozenset(records or ())))
    rows: list[Row] = []
    for holder in sorted({*stakes.owned, *steered}):
        rows += _held(holder, stakes, steered.get(holder, []), (least, layers))
    held = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    found = pl.concat([held, offices.filter(pl.col("strength") >= least).select(_SCHEMA.names())])
    return _finished(found)


def _with_days(relations: pl.DataFrame) -> pl.DataFrame:
    return relations.filter(pl.col("source") != pl.col("target")).with_columns(
        begins=pl.col("valid_from").cast(pl.Int32).fill_null(FOREVER_FROM),
        ends=pl.col("valid_to").cast(pl.Int32).fill_null(FOREVER_TO),
        records=pl.col("records").cast(pl.List(pl.UInt64)),
    )


def _offices(represents: pl.DataFrame, directs: pl.DataFrame) -> pl.DataFrame:
    """Return the offices that count, with their strength."""
    columns = ("source", "target", "how", "begins", "ends", "records")
    legal = _with_days(represents).with_columns(how=pl.lit("legal_rep"))
    others = _with_days(directs).with_columns(how=pl.col("role"))
    every = pl.concat([legal.select(columns), others.select(columns)])
    return every.filter(pl.col("how").is_in(list(_STRENGTH))).with_columns(
        strength=pl.col("how").replace_strict(_STRENGTH, return_dtype=pl.Float64),
        via=pl.lit([], dtype=pl.List(pl.String)),
    )


def _stakes(owns: pl.DataFrame) -> Iterator[Stake]:
    rows = _with_days(owns).filter(pl.col("share") > 0, pl.col("begins") <= pl.col("ends"))
    columns = rows.select("source", "target", "share", "begins", "ends", "records")
    for owner, company, share, begins, ends, records in columns.iter_rows():
        yield Stake(owner, company, share, begins, ends, frozenset(records or ()))


def _held(
    holder: str, stakes: Stakes, offices: list[_Office], bounds: tuple[float, int]
) -> Iterator[Row]:
    """Yield what one holder has, period by period; bounds are least strength and layers."""
    least, layers = bounds
    starts = {*stakes.owned.get(holder, ()), *(office.company for office in offices)}
    companies = stakes.below(starts, holder, layers)
    if not stakes.owned.get(holder) and len(companies) == len(starts):
        return
    days = {day for company in companies for day in stakes.days(company)}
    days |= {o.begins for o in offices} | {o.ends + 1 for o in offices if o.ends != FOREVER_TO}
    now: Claims = {}
    since: dict[tuple[str, str], int] = {}
    for day in [*sorted(days), FOREVER_TO]:
        then = {} if day == FOREVER_TO else _claims(holder, stakes, companies, (day, offices))
        for key in sorted(now):
            if now[key] != then.get(key) and now[key].strength >= least:
                company, how = key
                claim, until = now[key], day if day == FOREVER_TO else day - 1
                facts = (claim.strength, list(claim.via), since[key], until, sorted(claim.records))
                yield (holder, company, how, *facts)
        since = {key: since[key] if now.get(key) == then[key] else day for key in then}
        now = then


def _claims(
    holder: str, stakes: Stakes, companies: tuple[str, ...], at: tuple[int, list[_Office]]
) -> Claims:
    """Return what the holder has on a day in each company."""
    day, offices = at
    snapshot = {company: stakes.holders(company, day) for company in companies}
    own = integrated(holder, snapshot)
    steered = {o.company: o.records for o in offices if o.begins <= day <= o.ends}
    claims = {(company, "ownership"): _claim(held) for company, held in own.items()}
    for company, votes in _votes(holder, snapshot, steered).items():
        claim = _claim(votes)
        if company not in own or claim.strength > _claim(own[company]).strength:
            claims[company, "holding"] = claim
    return claims


def _claim(held: Holding) -> _Claim:
    return _Claim(min(round(held.strength, _DIGITS), 1.0), held.via, held.records)


def _votes(
    holder: str, snapshot: Mapping[str, Holders], steered: Mapping[str, Records]
) -> dict[str, Holding]:
    """Return the votes that controlled companies bring, own votes included.

    A company controlled only by way of another brings no votes in that other.
    """
    if all(snapshot.keys().isdisjoint(holders) for holders in snapshot.values()):
        return {}
    controlled = _controlled(holder, snapshot, steered)
    found = {}
    for company, votes in _counted(holder, snapshot, controlled).items():
        if votes.via and company in controlled:
            others = {c: holders for c, holders in snapshot.items() if c != company}
            without = {c: records for c, records in steered.items() if c != company}
            left = _controlled(holder, others, without)
            counted = _counted(holder, {company: snapshot[company]}, left)
            found[company] = counted.get(company, Holding(0.0, (), frozenset()))
        else:
            found[company] = votes
    return {company: votes for company, votes in found.items() if votes.via}


def _controlled(
    holder: str, snapshot: Mapping[str, Holders], steered: Mapping[str, Records]
) -> dict[str, Holding]:
    """Return the companies that the holder controls; `via` is the way to each and itself."""
    controlled = {c: Holding(1.0, (c,), records) for c, records in steered.items()}
    while True:
        gained = {
            company: Holding(1.0, (*votes.via, company), votes.records)
            for company, votes in _counted(holder, snapshot, controlled).items()
            if round(votes.strength, _DIGITS) > _MAJORITY and company not in controlled
        }
        if not gained:
            return controlled
        controlled |= gained


def _counted(
    holder: str, snapshot: Mapping[str, Holders], controlled: Mapping[str, Holding]
) -> dict[str, Holding]:
    """Return each company's votes; `via` is the way over the largest controlled owner, if any."""
    found: dict[str, Holding] = {}
    for company, holders in snapshot.items():
        ours = {o: s for o, s in holders.items() if o == holder or o in controlled}
        if not ours:
            continue
        behind = [
            s.records | (controlled[o].records if o != holder else s.records)
            for o, s in ours.items()
        ]
        largest = min(
            (o for o in ours if o != holder),
            key=lambda o: (-ours[o].share, o),
            default=None,
        )
        via = controlled[largest].via if largest is not None else ()
        votes = sum(stake.share for stake in ours.values())
        found[company] = Holding(votes, via, frozenset[int]().union(*behind))
    return found


def _finished(found: pl.DataFrame) -> pl.DataFrame:
    dated = found.with_columns(
        layers=pl.col("via").list.len().cast(pl.Int64) + 1,
        valid_from=pl.when(pl.col("begins") != FOREVER_FROM).then("begins").cast(pl.Date),
        valid_to=pl.when(pl.col("ends") != FOREVER_TO).then("ends").cast(pl.Date),
    )
    order = ["source", "target", "how", "begins", "ends", "strength", "via", "records"]
    return dated.sort(order).select(_COLUMNS)
