"""Matters and their six steps, from application to evaluation."""

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.demo.calendar import Ints, month_start, workday
from ingest.demo.chance import Chance, happens
from ingest.demo.contracts import Award
from ingest.demo.grants import MATTERS, Grants
from ingest.demo.ledger import DAY, firm_slot
from ingest.demo.offices import Role
from ingest.demo.trades import CATEGORIES
from ingest.demo.world import World

STEPS: Final = ("application", "approval", "copying", "implementation", "feedback", "evaluation")
TYPES: Final = (*MATTERS, "工程项目", "物资采购")
_WORKS: Final = len(MATTERS)


@dataclass(frozen=True, slots=True)
class Matters:
    """One row per matter; `at` and `actor` have six columns; -1 stands for none."""

    kind: Ints
    division: Ints
    subject: Ints
    contract: Ints
    programme: Ints
    fen: Ints
    at: NDArray[np.int64]
    actor: NDArray[np.int64]

    def joined(self, other: "Matters") -> "Matters":
        """Append matters."""
        return Matters(
            *(np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self))
        )


def contract_matters(awards: list[Award]) -> Matters:
    """Return the matters of contracts; a contract and its matter bear one number."""
    orders = [a.order for a in awards]
    works = np.array([CATEGORIES[o.category].median > 30_000 for o in orders])  # noqa: PLR2004 -- works
    actors = [
        (a.applicant, a.approver, a.copied, a.implementer, a.feeder, a.evaluator)
        for a in (award.actors for award in awards)
    ]
    return Matters(
        kind=np.where(works, _WORKS, _WORKS + 1),
        division=np.array([o.division for o in orders]),
        subject=np.array([firm_slot(o.firm) for o in orders]),
        contract=np.arange(len(awards)),
        programme=np.full(len(awards), -1),
        fen=np.array([o.fen for o in orders]),
        at=np.array([a.steps for a in awards]),
        actor=np.array(actors),
    )


def _officials(world: World, grants: Grants, opened: Ints, rng: Chance) -> NDArray[np.int64]:
    """Return who takes the six steps of each grant; the village's desk is its own habit."""
    village, at = grants.village, world.offices.at
    habit = happens(rng, 0.6, world.geo.villages)
    first = at(Role.SECRETARY, village, opened)
    second = at(Role.DIRECTOR, village, opened)
    desk = np.where(habit[village], first, second)
    approver = np.where(grants.approver >= 0, grants.approver, desk)
    civil = at(Role.TOWN_CIVIL, world.geo.town_of[village], opened)
    overseer = at(Role.OVERSEER, village, opened)
    member = at(Role.OVERSEER_MEMBER, village, opened)
    return np.stack([grants.person, approver, overseer, civil, member, overseer], axis=1)


def grant_matters(world: World, grants: Grants, rng: Chance) -> Matters:
    """Return one matter per grant, opened five to nine weeks before the first payment."""
    count = len(grants)
    gaps = np.stack(
        [
            -rng.integers(40, 62, count),
            rng.integers(5, 16, count),
            rng.integers(0, 3, count),
            rng.integers(3, 12, count),
            rng.integers(25, 50, count),
            rng.integers(5, 25, count),
        ],
        axis=1,
    )
    days = workday(month_start(grants.first)[:, None] + np.cumsum(gaps, axis=1))
    seconds = days * DAY + rng.integers(30_600, 61_000, days.shape)
    pause = np.arange(6) * 900
    seconds = np.maximum.accumulate(seconds - pause, axis=1) + pause
    opened = days[:, 1]
    return Matters(
        kind=grants.programme,
        division=grants.village,
        subject=grants.person,
        contract=np.full(count, -1),
        programme=grants.programme,
        fen=grants.fen,
        at=seconds,
        actor=_officials(world, grants, opened, rng),
    )
