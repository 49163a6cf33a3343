"""Which look-alike stands where: kinds take turns over all villages, crooked or not."""

from collections.abc import Callable
from typing import Final

from ingest.demo.decoys import contracts, flows, villages
from ingest.demo.stage import Stage

_A_VILLAGE: Final = 2.4
_AT_LEAST: Final = 6
Planter = Callable[[Stage, int], bool]
KINDS: Final[dict[str, Planter]] = {
    "open-tender": contracts.open_tender,
    "trade-ring": flows.trade_ring,
    "other-village": contracts.other_village,
    "poor-relatives": villages.poor_relatives,
    "deposit-agent": flows.deposit_agent,
    "tie-after-award": contracts.tie_after_award,
    "contractor-wages": flows.contractor_wages,
    "post-ended": contracts.post_ended,
    "private-loan": flows.private_loan,
    "homonym": contracts.homonym,
    "small-donation": flows.small_donation,
    "beyond-scope": contracts.beyond_scope,
    "land-rent": flows.land_rent,
}


def plant_decoys(stage: Stage) -> None:
    """Plant about as many look-alikes as a county of this size has schemes."""
    total = stage.world.geo.villages
    for village in range(total):
        villages.single_surname(stage, village)
    order = stage.rng.permutation(total).tolist()
    waiting = list(KINDS)
    for step in range(max(round(_A_VILLAGE * total), _AT_LEAST)):
        village = order[step % total]
        for kind in list(waiting):
            if KINDS[kind](stage, village):
                waiting.remove(kind)
                waiting.append(kind)
                break
