from itertools import islice

from hypothesis import given

from graphengine.store.engine import Limits
from graphengine.store.matching import matches
from graphengine.store.patience import Patience
from tests.graphengine.store.drawn_patterns import Case, cases
from tests.graphengine.store.graphs import PATIENT
from tests.graphengine.store.slow import Slow, Walk
from tests.graphengine.store.worlds import LIMITS, Row, World


def _found(case: Case, limits: Limits, *, walls: bool) -> list[Walk]:
    ground = case.world.ground(limits, walls=walls)
    walks = []
    for table in matches(ground, case.pattern, case.arguments, Patience(60)):
        names, of, rows = ground.rows(table.edges.reshape(-1))
        taken = [_row(case.world, names[o], int(r)) for o, r in zip(of, rows, strict=True)]
        hops = table.edges.shape[1]
        for at, nodes in enumerate(ground.names_of(table.nodes).tolist()):
            walks.append((tuple(nodes), tuple(taken[at * hops : (at + 1) * hops])))
    return walks


def _row(world: World, relation: str, number: int) -> Row:
    return next(islice((r for r in world.rows if r.relation == relation), number, None))


@PATIENT
@given(cases(), LIMITS)
def test_matches_are_the_walks_that_fit(case: Case, limits: Limits) -> None:
    for walls in (False, True):
        found = _found(case, limits, walls=walls)
        assert {w for w in found if len(set(w[1])) == len(w[1])} == Slow(
            case.world, limits, case.arguments, walls=walls
        ).ways(case.pattern)
