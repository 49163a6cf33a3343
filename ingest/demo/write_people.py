"""Registers of persons on paper: officials, households, accounts, relatives, holdings."""

import numpy as np
import polars as pl

from ingest.demo.calendar import END, NEVER, START, Flags, Ints, day
from ingest.demo.chance import happens, stream
from ingest.demo.columns import days, looked_up, yuan
from ingest.demo.directory import BANKS, Directory
from ingest.demo.drawn import County
from ingest.demo.firms import Firm
from ingest.demo.offices import DUTIES, Post, Role
from ingest.demo.world import World


def _office_phone(world: World, post: Post) -> str | None:
    """Return the phone of an office-holder: one's own or, for some posts, the village office's."""
    shared = post.role in (Role.ACCOUNTANT, Role.DEPUTY, Role.WOMEN)
    if shared and post.division % 3 == 0:
        return f"0794{5_100_000 + post.division}"
    own: str | None = world.people.phones[post.person]
    return own


def officials(county: County, directory: Directory) -> pl.DataFrame:
    """Return the register of office-holders."""
    world = county.stage.world
    posts = sorted(
        world.offices.posts, key=lambda p: (p.division, list(Role).index(p.role), p.start)
    )
    person = np.array([p.person for p in posts])
    return pl.DataFrame(
        {
            "person_id": directory.holder(person),
            "name": directory.name(person),
            "post": [p.role.value for p in posts],
            "unit": [world.geo.unit_name(p.division) for p in posts],
            "division_code": [world.geo.codes[p.division] for p in posts],
            "start_date": days([p.start for p in posts]),
            "end_date": days([p.end for p in posts]),
            "duties": [DUTIES.get(p.role) for p in posts],
            "phone": [_office_phone(world, p) for p in posts],
        }
    )


def _household_numbers(world: World) -> pl.Series:
    """Return the text number of every household: its village's digits and a running number."""
    people = world.people
    real = np.flatnonzero(people.head >= 0)
    village = people.tree.village[people.head[real]]
    order = real[np.argsort(village, kind="stable")]
    place = np.sort(village)
    rank = np.arange(len(order)) - np.searchsorted(place, place) + 1
    digits = pl.Series([c[6:] for c in world.geo.codes]).gather(place)
    number = pl.Series(rank).cast(pl.String).str.zfill(4)
    texts = np.full(len(people.head), None, dtype=object)
    texts[order] = ("H" + digits + "-" + number).to_numpy()
    return pl.Series(texts.tolist(), dtype=pl.String)


def household_numbers(county: County) -> pl.Series:
    """Return the text number of every household, empty for those not on the register."""
    return _household_numbers(county.stage.world)


def _addresses(world: World, who: Ints) -> pl.Series:
    people = world.people
    home = people.household[who]
    names = pl.Series(world.geo.names).gather(people.tree.village[who])
    group = pl.Series(people.group[home]).cast(pl.String)
    number = pl.Series(people.house_no[home]).cast(pl.String)
    return names + group + "组" + number + "号"


def households(county: County, directory: Directory) -> pl.DataFrame:
    """Return the household register, one row per member, heads first."""
    world = county.stage.world
    people = world.people
    who = np.flatnonzero(people.listed)
    home = people.household[who]
    first = (people.relation[who] != "02").astype(np.int64)
    who = who[np.lexsort((people.tree.born[who], first, home, people.tree.village[who]))]
    death, moved = people.death[who], people.moved[who]
    status = np.where(death < NEVER, "deceased", np.where(moved < NEVER, "moved", "active"))
    return pl.DataFrame(
        {
            "household_id": household_numbers(county).gather(people.household[who]),
            "person_id": directory.holder(who),
            "name": directory.name(who),
            "relation_to_head": people.relation[who].tolist(),
            "division_code": pl.Series(world.geo.codes).gather(people.tree.village[who]),
            "spouse_id": looked_up(people.ids, people.spouse_written[who]),
            "father_id": looked_up(people.ids, people.father_written[who]),
            "mother_id": looked_up(people.ids, people.mother_written[who]),
            "address": _addresses(world, who),
            "phone": people.phones.gather(who),
            "status": status.tolist(),
            "status_date": days(np.minimum(death, moved)),
        }
    )


def _used(county: County, directory: Directory) -> Flags:
    """Say which holders have an account: whoever pays or is paid, adults, firms, bodies."""
    people = county.stage.world.people
    used = np.zeros(len(directory.ids), dtype=bool)
    used[directory.persons :] = True
    used[people.adults(END)] = True
    paid = (county.payments.payer, county.payments.payee, county.payouts.account)
    for slots in (*paid, np.array([w.person for w in county.work], dtype=np.int64)):
        used[directory.place(slots)] = True
    return used


def accounts(county: County, directory: Directory) -> pl.DataFrame:
    """Return the register of accounts in order of their numbers."""
    world = county.stage.world
    used = _used(county, directory)
    place = np.flatnonzero(used)
    rng = stream(world.seed, "accounts")
    opened = day(2009) + rng.integers(0, START - day(2009), len(used))
    founded = np.array([f.look.registered for f in world.book.firms])
    firms = slice(directory.persons, directory.persons + directory.firms)
    opened[firms] = np.minimum(founded + rng.integers(2, 20, len(founded)), START)
    phone = pl.concat(
        [
            world.people.phones,
            pl.Series([_firm_phone(f) for f in world.book.firms], dtype=pl.String),
            pl.Series([None] * (len(used) - firms.stop), dtype=pl.String),
        ]
    )
    left = np.where(happens(rng, 0.7, len(used)), np.arange(len(used)), -1)
    return pl.DataFrame(
        {
            "account_no": directory.accounts.gather(place),
            "holder_id": directory.ids.gather(place),
            "holder_name": directory.names.gather(place),
            "bank": pl.Series(BANKS).gather(directory.bank[place]),
            "opened_on": days(opened[place]),
            "phone": looked_up(phone, left[place]),
        }
    ).sort("account_no")


def _firm_phone(firm: Firm) -> str | None:
    return firm.look.phone if firm.look.phone.startswith("1") else None


def relatives(county: County, directory: Directory) -> pl.DataFrame:
    """Return the officials' declarations of relatives."""
    rows = county.declared
    relative = np.array([r.relative for r in rows], dtype=np.int64)
    people = county.stage.world.people
    owner = {f.legal_rep: f.look.name for f in county.stage.world.book.firms}
    frame = pl.DataFrame(
        {
            "person_id": directory.holder(np.array([r.official for r in rows], dtype=np.int64)),
            "relation": pl.Series([r.relation for r in rows], dtype=pl.String),
            "relative_id": directory.holder(relative),
            "relative_name": directory.name(relative),
            "relative_phone": people.phones.gather(relative),
            "relative_employer": pl.Series([owner.get(r.relative) for r in rows], dtype=pl.String),
        }
    )
    return frame.sort("person_id", "relative_id", maintain_order=True)


def holdings(county: County, directory: Directory) -> pl.DataFrame:
    """Return vehicles, houses, payrolls and businesses."""
    rows = county.holdings
    return pl.DataFrame(
        {
            "person_id": directory.holder(np.array([r.person for r in rows], dtype=np.int64)),
            "kind": [r.kind for r in rows],
            "acquired_on": days([r.acquired for r in rows]),
            "disposed_on": days([r.disposed for r in rows]),
            "value": yuan([r.fen for r in rows]),
            "employer": [r.employer or None for r in rows],
        },
        schema_overrides={"employer": pl.String},
    )
