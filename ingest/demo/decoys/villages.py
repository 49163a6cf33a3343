"""Villages and families where closeness is not favour."""

from typing import Final

import numpy as np

from graphengine.language import Text
from ingest.demo.calendar import START
from ingest.demo.ledger import firm_slot
from ingest.demo.offices import Role
from ingest.demo.schemes.kin_benefit import kin_households
from ingest.demo.stage import PURCHASES, Stage
from ingest.demo.truth import Decoy

_NEEDY_KIN: Final = 2
_POOREST: Final = 0.83
"""Quantile of need from which a generous village helps nearly everybody."""


def poor_relatives(stage: Stage, village: int) -> bool:
    """Help an official's relatives because they need it, as all who need it are helped."""
    if village in stage.generous or any(f.village == village for f in stage.favours):
        return False
    people, means = stage.world.people, stage.world.means
    line = float(np.quantile(means.need[means.real], _POOREST))
    for tenure in stage.deciders(village, (Role.SECRETARY, Role.DIRECTOR)):
        homes = [h for h in kin_households(stage, tenure.person, village) if means.need[h] >= line]
        if len(homes) < _NEEDY_KIN:
            continue
        stage.generous[village] = line
        stage.cast(tenure.person)
        heads = tuple(int(people.head[h]) for h in homes)
        why = Text(
            "亲属确实困难，同样困难的他户也都享受",
            "the relatives are truly poor, and equally poor neighbours get the same",
        )
        stage.decoys.append(
            Decoy("kin-benefit", "poor-relatives", village, (tenure.person, *heads), why)
        )
        return True
    return False


def single_surname(stage: Stage, village: int) -> bool:
    """Give posts, contracts and leases to a lineage to which everybody belongs."""
    world = stage.world
    if not world.geo.single[village]:
        return False
    lineage = int(world.geo.lineages_of(village)[0])
    stage.lessees[village] = lineage
    residents = world.residents(village)
    own = residents[world.people.tree.lineage[residents] == lineage]
    numbers: list[int] = []
    firms: list[int] = []
    for owner in stage.free(own.tolist())[:30]:
        if not world.tied_divisions({owner}).isdisjoint(world.geo.above(village)):
            continue
        trade = PURCHASES[int(stage.rng.integers(len(PURCHASES)))]
        firms.append(world.book.owned(trade, int(world.geo.town_of[village]), owner))
        stage.busy.add(owner)
        deciders = stage.deciders(village)[:1] * int(stage.rng.integers(3, 7))
        numbers += [stage.sign(stage.order_from(firms[-1], village, t)) for t in deciders]
        if len(firms) == 2:  # noqa: PLR2004 -- two shops are enough
            break
    posts = world.offices.by_division[village]
    holders = sorted({p.person for p in posts if p.end > START})
    why = Text(
        "单姓村：占比高，但并不超过人口所占的份额",
        "a village of one surname: the share is high, the excess over its population is not",
    )
    subjects = (*holders, *(firm_slot(f) for f in firms))
    stage.decoys.append(
        Decoy("elite-capture", "single-surname", village, subjects, why, tuple(numbers))
    )
    return True
