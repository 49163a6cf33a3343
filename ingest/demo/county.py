"""The demo county: from a plan to sixteen registers and the truth about them."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from ingest.demo.benefits import Payouts, all_payouts, pay_out
from ingest.demo.calendar import END
from ingest.demo.chance import stream
from ingest.demo.contracts import open_market, ordinary_awards, pay_instalments
from ingest.demo.decoys.plan import plant_decoys
from ingest.demo.drawn import County
from ingest.demo.geography import drawn_geography
from ingest.demo.grants import drawn_grants
from ingest.demo.ledger import Block, Ledger
from ingest.demo.matters import Matters, contract_matters, grant_matters
from ingest.demo.money import family_life
from ingest.demo.papers import drawn_papers, drawn_reports
from ingest.demo.people import settled_people
from ingest.demo.schemes.plan import drawn_roster, plant_schemes
from ingest.demo.sideline import drawn_declarations, drawn_holdings, drawn_leases, drawn_work
from ingest.demo.stage import Stage
from ingest.demo.trading import public_life
from ingest.demo.world import built_world
from ingest.demo.write import written_county

Size = Literal["village", "town", "county"]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class CountyPlan:
    """How large a county, which of all possible ones, and whether anybody in it does wrong."""

    people: int
    villages: int
    seed: int
    schemes: bool = True


@dataclass(frozen=True, slots=True)
class CountySummary:
    """What was written: residents, planted schemes and look-alikes, rows per register."""

    people: int
    households: int
    villages: int
    schemes: int
    decoys: int
    rows: Mapping[str, int]


SIZES: Final[Mapping[Size, tuple[int, int]]] = MappingProxyType(
    {"village": (800, 1), "town": (6_500, 8), "county": (25_000, 30)}
)
"""People and villages of the sizes that the command line offers."""


def plan_for(size: Size, seed: int, *, schemes: bool = True) -> CountyPlan:
    """Return the plan of one of the offered sizes."""
    people, villages = SIZES[size]
    return CountyPlan(people, villages, seed, schemes)


def _silent(_stage: str, _share: float) -> None:
    """Report no progress."""


def _peopled(plan: CountyPlan) -> Stage:
    """Settle the county and plant what its plan asks for."""
    geo = drawn_geography(plan.villages, stream(plan.seed, "geography"))
    people = settled_people(geo, plan.people, plan.seed)
    roster = drawn_roster(geo, stream(plan.seed, "roster"), schemes=plan.schemes)
    world = built_world(geo, people, roster.captured, plan.seed)
    stage = Stage(world, Ledger(), stream(plan.seed, "schemes"))
    plant_schemes(stage, roster)
    stage.rng = stream(plan.seed, "decoys")
    plant_decoys(stage)
    return stage


def _contracted(stage: Stage) -> None:
    """Add the ordinary contracts of all bodies to those that were planted."""
    world, seed = stage.world, stage.world.seed
    taken = Counter(a.order.division for a in stage.awards)
    market = open_market(world, stream(seed, "market"))
    rng = stream(seed, "instalments")
    for award in ordinary_awards(world, market, taken, stream(seed, "contracts")):
        stage.awards.append(award)
        pay_instalments(award, len(stage.awards) - 1, stage.ledger, rng)


def _supported(stage: Stage) -> tuple[Payouts, Matters]:
    """Grant and pay benefits; return them with all matters, contracts' first."""
    world, seed = stage.world, stage.world.seed
    grants = drawn_grants(stage, stream(seed, "grants"))
    contracts = contract_matters(stage.awards)
    matters = contracts.joined(grant_matters(world, grants, stream(seed, "matters")))
    payouts = all_payouts(world, grants, len(stage.awards), stream(seed, "payouts"))
    pay_out(world, payouts, stage.ledger)
    return payouts, matters


def _lived(stage: Stage, progress: Progress) -> County:
    """Let the county live through the period."""
    world, seed, ledger = stage.world, stage.world.seed, stage.ledger
    progress("contracts", 0.2)
    _contracted(stage)
    progress("benefits", 0.3)
    payouts, matters = _supported(stage)
    progress("money", 0.4)
    leases = drawn_leases(world, stage.lessees, ledger, stream(seed, "leases"))
    work = drawn_work(stage, ledger, stream(seed, "work"))
    family_life(world, ledger, stream(seed, "families"))
    public_life(world, stage.awards, ledger, stream(seed, "trade"))
    payments: Block = ledger.settled()
    ledger.blocks.clear()
    names = [f.look.name for f in world.book.firms]
    return County(
        stage=stage,
        matters=matters,
        payouts=payouts,
        payments=payments,
        leases=leases,
        work=work,
        holdings=drawn_holdings(world, stream(seed, "holdings")),
        declared=drawn_declarations(stage, stream(seed, "declarations")),
        reports=drawn_reports(stage, stream(seed, "reports")),
        papers=drawn_papers(stage.awards, names, stream(seed, "papers")),
    )


def write_county(folder: Path, plan: CountyPlan, progress: Progress | None = None) -> CountySummary:
    """Write the sixteen registers and truth.json of a county; the same plan gives the same bytes.

    `progress` hears what is being done and the share of the work behind it (0 to 1). A county of
    25,000 people takes a few seconds, one of 500,000 about two minutes and under 4 GB.
    """
    tell = progress or _silent
    tell("people", 0.0)
    stage = _peopled(plan)
    county = _lived(stage, tell)
    codes = list(stage.world.geo.codes[: plan.villages])
    head: dict[str, object] = {"seed": plan.seed, "people": plan.people, "villages": codes}
    rows = written_county(folder, county, head, tell)
    tell("done", 1.0)
    people = stage.world.people
    return CountySummary(
        people=int(people.present(END).sum()),
        households=int((people.head >= 0).sum()),
        villages=plan.villages,
        schemes=len(stage.schemes),
        decoys=len(stage.decoys),
        rows=MappingProxyType(rows),
    )
