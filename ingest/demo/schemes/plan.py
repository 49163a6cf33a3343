"""Which villages go wrong, and how: about half have no scheme at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.demo.calendar import Ints
from ingest.demo.chance import Chance
from ingest.demo.geography import Geography
from ingest.demo.schemes import circular_flow, elite_capture, kin_benefit, kin_contract
from ingest.demo.stage import Stage

_CONTRACTS: Final = 2
_FLOWS: Final = 2
_BENEFIT_SHARE: Final = 0.55
_CAPTURE_SHARE: Final = 0.25
_LINEAGE_SHARE: Final = (0.18, 0.5)


@dataclass(frozen=True, slots=True)
class Roster:
    """The villages with schemes, and those of them that a lineage has captured."""

    crooked: tuple[int, ...]
    captured: dict[int, int]


def drawn_roster(geo: Geography, rng: Chance, *, schemes: bool) -> Roster:
    """Draw half of the multi-lineage villages, and a lineage for a quarter of them."""
    if not schemes:
        return Roster((), {})
    open_villages = np.flatnonzero(~geo.single)
    order = rng.permutation(open_villages)
    crooked = order[: max(1, round(geo.villages / 2))]
    captured: dict[int, int] = {}
    wanted = round(len(crooked) * _CAPTURE_SHARE)
    for village in crooked.tolist():
        fit = _capturable(geo, village)
        if len(captured) < wanted and len(fit):
            captured[village] = int(fit[0])
    return Roster(tuple(sorted(crooked.tolist())), captured)


def _capturable(geo: Geography, village: int) -> Ints:
    found = geo.lineages_of(village)
    share = geo.lineage_share[found]
    low, high = _LINEAGE_SHARE
    return np.asarray(found[(share >= low) & (share <= high)])


class _Turns:
    """Shapes in turn: the next one comes when the last has found its village."""

    def __init__(
        self, stage: Stage, plant: Callable[[Stage, int, str], bool], shapes: tuple[str, ...]
    ) -> None:
        first = int(stage.rng.integers(len(shapes)))
        self._stage, self._plant, self.done = stage, plant, 0
        self._shapes = shapes[first:] + shapes[:first]

    def at(self, village: int) -> None:
        """Plant the shape whose turn it is, or the next that the village allows."""
        for skipped in range(len(self._shapes)):
            shape = self._shapes[(self.done + skipped) % len(self._shapes)]
            if self._plant(self._stage, village, shape):
                self.done += 1
                return


def plant_schemes(stage: Stage, roster: Roster) -> None:
    """Plant every scheme of the roster; shapes take turns so that each appears."""
    for village in roster.crooked:
        if village in roster.captured:
            elite_capture.planted(stage, village, roster.captured[village])
    benefits = _Turns(stage, kin_benefit.planted, kin_benefit.SHAPES)
    wanted = max(1, round(len(roster.crooked) * _BENEFIT_SHARE))
    rich = sorted(roster.crooked, key=lambda v: (-kin_benefit.most_kin(stage, v), v))
    for village in rich:
        if village not in roster.captured and benefits.done < wanted:
            benefits.at(village)
    contracts = _Turns(stage, kin_contract.planted, kin_contract.SHAPES)
    flows = _Turns(stage, circular_flow.planted, circular_flow.SHAPES)
    for village in roster.crooked:
        for _ in range(_CONTRACTS):
            contracts.at(village)
        for _ in range(_FLOWS):
            flows.at(village)
