"""One lineage takes a village's posts, contracts, benefits and leases beyond its share."""

from typing import Final

from ingest.demo.calendar import END, START
from ingest.demo.ledger import firm_slot
from ingest.demo.schemes import kin_benefit, kin_contract
from ingest.demo.stage import Favour, Stage, Tenure
from ingest.demo.trades import Trade
from ingest.demo.truth import Scheme
from ingest.demo.world import World

RULE: Final = "elite-capture"
SHAPE: Final = "lineage"
_TRADES: Final = (Trade.BUILDING, Trade.MATERIALS, Trade.FARMING, Trade.LABOUR, Trade.SHOP)
_FIRMS: Final = 4
_KIN_HOMES: Final = 6


def _firms(stage: Stage, village: int, lineage: int, tenure: Tenure) -> list[int]:
    """Found a few firms of lineage members: of the approver's kin or of nobody's, if possible."""
    world = stage.world
    residents = world.residents(village)
    own = residents[world.people.tree.lineage[residents] == lineage]
    town = int(world.geo.town_of[village])
    owners = [(_tied(world, village, tenure, p), p) for p in stage.free(own.tolist())]
    best = [p for official, p in owners if official in (-1, tenure.person)][:_FIRMS]
    rest = [p for _, p in owners if p not in best]
    firms: list[int] = []
    for index, owner in enumerate([*best, *rest[: max(0, 2 - len(best))]]):
        stage.busy.add(owner)
        firms.append(world.book.owned(_TRADES[index % len(_TRADES)], town, owner))
    return firms


def _contracts(
    stage: Stage, village: int, firms: list[int], tenure: Tenure
) -> dict[int, list[int]]:
    """Give most of the village's contracts to these firms, by firm."""
    found: dict[int, list[int]] = {f: [] for f in firms}
    for _ in range(int(stage.rng.integers(20, 27))):
        firm = firms[int(stage.rng.integers(len(firms)))]
        order = stage.order_from(firm, village, tenure)
        found[firm].append(stage.sign(order))
    return found


def _tied(world: World, village: int, tenure: Tenure, owner: int) -> int:
    """Return which office-holder the owner is kin of, the approver first; -1 for none."""
    held = world.offices.by_division
    posts = [p for d in world.geo.above(village) for p in held[d] if p.end > START]
    for person in dict.fromkeys((tenure.person, *(p.person for p in posts))):
        if owner in world.kin.in_scope(person) and owner in world.seen.in_scope(person):
            return person
    return -1


def _note_kin(stage: Stage, village: int, tenure: Tenure, won: dict[int, list[int]]) -> None:
    """Where a firm's owner is kin of the approver or a colleague, that is a kin contract too."""
    world = stage.world
    for firm, numbers in won.items():
        owner = world.book.firms[firm].legal_rep
        official = _tied(world, village, tenure, owner)
        if official < 0 or not numbers:
            continue
        orders = [stage.awards[n].order for n in numbers]
        near = owner in world.seen.near(official)
        stage.schemes.append(
            Scheme(
                rule=kin_contract.RULE,
                shape="direct" if near else "two-hops",
                division=village,
                official=official,
                subjects=(official, owner, firm_slot(firm)),
                contracts=tuple(numbers),
                fen=sum(o.fen for o in orders),
                start=min(o.signed for o in orders),
                end=max(o.signed for o in orders),
            )
        )


def _favour(stage: Stage, village: int, lineage: int, tenure: Tenure) -> int:
    """Give benefits to lineage households without need; return the mark of their payments."""
    world = stage.world
    homes = world.households_of(village)
    head = world.people.head[homes]
    own = homes[(world.people.tree.lineage[head] == lineage) & ~world.means.needy[homes]]
    count = min(len(own), max(8, round(len(homes) * 0.06)))
    chosen = sorted(own[stage.rng.permutation(len(own))[:count]].tolist())
    kin = set(kin_benefit.without_need(stage, tenure.person, village))
    mark = stage.ledger.new_mark()
    stage.favours.append(Favour(village, tuple(chosen), mark, 2, tenure))
    if len(kin & set(chosen)) >= _KIN_HOMES:
        heads = tuple(int(world.people.head[h]) for h in sorted(kin & set(chosen)))
        subjects = (tenure.person, *heads)
        stage.schemes.append(
            Scheme(kin_benefit.RULE, "many-kin", village, tenure.person, subjects, mark=mark)
        )
    return mark


def planted(stage: Stage, village: int, lineage: int) -> bool:
    """Plant the capture of a village whose posts the lineage already holds."""
    world = stage.world
    own = world.people.tree.lineage
    deciders = [t for t in stage.deciders(village) if own[t.person] == lineage]
    if not deciders:
        return False
    tenure = deciders[0]
    firms = _firms(stage, village, lineage, tenure)
    if not firms:
        return False
    stage.cast(tenure.person)
    won = _contracts(stage, village, firms, tenure)
    mark = _favour(stage, village, lineage, tenure)
    stage.lessees[village] = lineage
    posts = world.offices.by_division[village]
    holders = {p.person for p in posts if p.end > START and own[p.person] == lineage}
    numbers = sorted(n for numbers in won.values() for n in numbers)
    stage.schemes.append(
        Scheme(
            rule=RULE,
            shape=SHAPE,
            division=village,
            official=tenure.person,
            subjects=(*sorted(holders), *(firm_slot(f) for f in firms)),
            contracts=tuple(numbers),
            mark=mark,
            fen=sum(stage.awards[n].order.fen for n in numbers),
            start=START,
            end=END,
        )
    )
    _note_kin(stage, village, tenure, won)
    return True
