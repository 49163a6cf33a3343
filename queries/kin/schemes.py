"""Links from officials to contracts put together: one scheme per firm, village and set of kin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from queries.kin.links import Link
from queries.kin.power import DECIDERS, WATCHERS

WEAK_FROM = 5
"""Holds from this place on are the weaker ties; they count only where there is no firmer one."""
_ENOUGH_BIDDERS = 3


@dataclass(frozen=True, slots=True)
class Scheme:
    """A firm that a village hired, and the official and kin through whom it is tied to the village.

    `links` are those of the chosen official and kin, one a contract; `others` tie further officials
    or kin to the same firm. `key_official` does not change when later contracts join.
    """

    division: str
    firm: str
    official: str
    kin: str
    key_official: str
    links: tuple[Link, ...]
    others: tuple[Link, ...]
    contracts: tuple[Link, ...]

    @property
    def amount(self) -> int:
        """Return the sum of the contracts in fen."""
        return sum(link.amount for link in self.contracts)

    @property
    def window(self) -> tuple[date, date]:
        """Return the days on which the first and the last contract was signed."""
        days = [link.signed_on for link in self.contracts]
        return min(days), max(days)

    @property
    def strongest(self) -> Link:
        """Return the chosen kin's firmest hold."""
        return min(self.links, key=_hold)

    @property
    def is_weak(self) -> bool:
        """Say whether only a shared attribute or paid profits tie the firm to the official."""
        return self.strongest.place >= WEAK_FROM


def _hold(link: Link) -> tuple[int, float, int, str]:
    return link.place, -(link.share or 0.0), link.degree, link.kin


def _nearness(link: Link) -> tuple[float, str]:
    """Order officials: who approved, then who decides, each weighed against the kin degree."""
    power = 2.0 * link.approved + (link.role in DECIDERS) - 0.5 * (link.role in WATCHERS)
    return link.degree - power - 0.5 * (link.level == "village"), link.official


def _lasting_nearness(link: Link) -> tuple[date, int, bool, str]:
    return link.signed_on, link.degree, link.role not in DECIDERS, link.official


def is_cleared(link: Link, bidders: Mapping[str, int]) -> bool:
    """Say whether an open tender with enough unrelated bidders was decided without the official."""
    return (
        link.method == "open"
        and bidders.get(link.contract, 0) >= _ENOUGH_BIDDERS
        and link.recorded
        and not link.approved
    )


def schemes(links: Iterable[Link], bidders: Mapping[str, int]) -> list[Scheme]:
    """Return the schemes behind links sorted by village and firm.

    Several officials with kin in one firm are one scheme where they share such kin. An official's
    own approval keeps a tender from clearing the others of his scheme.
    """
    found: list[Scheme] = []
    for (division, firm), group in groupby(links, key=lambda x: (x.division, x.firm)):
        every = list(group)
        firm_ones = [x for x in every if x.place < WEAK_FROM]
        kept = [x for x in firm_ones or every if not is_cleared(x, bidders)]
        found += [_scheme(division, firm, part) for part in _components(kept)]
    return found


def _components(links: list[Link]) -> list[list[Link]]:
    """Split links into those whose officials and kin hang together."""
    parts: list[tuple[set[str], list[Link]]] = []
    for link in links:
        nodes = {"official:" + link.official, "kin:" + link.kin}
        touching = [part for part in parts if part[0] & nodes]
        joined = [x for part in touching for x in part[1]] + [link]
        parts = [part for part in parts if not part[0] & nodes]
        parts.append((nodes.union(*(part[0] for part in touching)), joined))
    return [part for _, part in parts]


def _scheme(division: str, firm: str, links: list[Link]) -> Scheme:
    official = min(links, key=_nearness).official
    own = [x for x in links if x.official == official]
    kin = min(own, key=_hold).kin
    chosen: dict[str, Link] = {}
    for link in sorted((x for x in own if x.kin == kin), key=lambda x: (not x.approved, *_hold(x))):
        chosen.setdefault(link.contract, link)
    contracts: dict[str, Link] = {}
    for link in [*chosen.values(), *links]:
        contracts.setdefault(link.contract, link)
    others: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=lambda x: (_nearness(x), _hold(x))):
        if (link.official, link.kin) != (official, kin):
            others.setdefault((link.official, link.kin), link)
    return Scheme(
        division=division,
        firm=firm,
        official=official,
        kin=kin,
        key_official=min(links, key=_lasting_nearness).official,
        links=tuple(sorted(chosen.values(), key=lambda x: (x.signed_on, x.contract))),
        others=tuple(others.values()),
        contracts=tuple(sorted(contracts.values(), key=lambda x: (x.signed_on, x.contract))),
    )
