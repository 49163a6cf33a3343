"""Need-tested benefits for kin households without need, decided by the official."""

from typing import Final

from ingest.demo.calendar import END
from ingest.demo.offices import Role
from ingest.demo.stage import Favour, Stage, Tenure
from ingest.demo.truth import Scheme

RULE: Final = "kin-benefit"
SHAPES: Final = ("many-kin", "strong-few")
_LEAST: Final = 6
_MOST: Final = {"many-kin": 14, "strong-few": 7}
_FEW_OF: Final = 14
"""A few favoured are few only among not too many."""


def kin_households(stage: Stage, person: int, village: int) -> list[int]:
    """Return the village's other households with kin in scope of a person."""
    world = stage.world
    people, means = world.people, world.means
    scope = world.seen.in_scope(person) & world.kin.in_scope(person)
    homes = {
        int(people.household[p])
        for p in scope
        if people.household[p] >= 0 and people.death[p] > END and people.moved[p] > END
    }
    homes.discard(int(people.household[person]))
    head = people.head
    return sorted(
        h
        for h in homes
        if means.real[h]
        and means.village[h] == village
        and people.death[head[h]] > END
        and people.moved[head[h]] > END
    )


def without_need(stage: Stage, person: int, village: int) -> list[int]:
    """Return the village's households with kin in scope of a person that are not poor."""
    needy = stage.world.means.needy
    return [h for h in kin_households(stage, person, village) if not needy[h]]


def most_kin(stage: Stage, village: int) -> int:
    """Return how many such households the village's best connected decider has."""
    tenures = stage.deciders(village, (Role.SECRETARY, Role.DIRECTOR))
    return max((len(without_need(stage, t.person, village)) for t in tenures), default=0)


def _best(stage: Stage, village: int, shape: str) -> tuple[Tenure, list[int]] | None:
    """Return the benefits' decider with most kin households without need, if there are enough."""
    options = [
        (t, without_need(stage, t.person, village))
        for t in stage.deciders(village, (Role.SECRETARY, Role.DIRECTOR))
    ]
    if not options:
        return None
    tenure, homes = max(options, key=lambda o: (len(o[1]), o[0].person))
    fits = _LEAST <= len(homes) <= _FEW_OF if shape == "strong-few" else len(homes) > _LEAST
    if not fits:
        return None
    return tenure, homes


def planted(stage: Stage, village: int, shape: str) -> bool:
    """Plant favoured kin households in a village; False when no decider has enough kin."""
    best = _best(stage, village, shape)
    if best is None:
        return False
    tenure, homes = best
    order = [homes[int(i)] for i in stage.rng.permutation(len(homes))]
    share = float(stage.rng.uniform(0.75, 0.95))
    count = min(_MOST[shape], max(_LEAST, round(len(homes) * share)))
    chosen = tuple(sorted(order[:count]))
    stage.cast(tenure.person)
    mark = stage.ledger.new_mark()
    strength = 3 if shape == "strong-few" else 1
    stage.favours.append(Favour(village, chosen, mark, strength, tenure))
    heads = tuple(int(stage.world.people.head[h]) for h in chosen)
    stage.schemes.append(
        Scheme(RULE, shape, village, tenure.person, (tenure.person, *heads), mark=mark)
    )
    return True
