"""How strongly a relation ties two nodes together: one weight per kind, and why.

A way is as strong as the product of its steps, each counted by its strongest relation, so that a
longer way is never stronger than a part of it. The weights order answers; no clue rests on them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graphengine.vocabulary import RELATIONS

_CLOSEST, _FADING = 0.95, 0.8
_RARE = 10.0
_MOST = 0.9
_UNKNOWN_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Weight:
    """The weight of a kind of relation, and the property that says more where it is known.

    `of` makes a weight of its value.
    """

    usual: float
    why: str
    by: str | None = None
    of: Callable[[float], float] = float

    def value(self, stated: float | None) -> float:
        """Return the weight where the property has this value; None: not known."""
        if self.by is None or stated is None:
            return self.usual
        return min(1.0, max(0.0, self.of(stated)))


def _of_degree(degree: float) -> float:
    """Weigh kin by degree: spouse and parents 0.95, each further degree four fifths of it."""
    return float(_CLOSEST * _FADING ** max(degree - 1, 0))


def _of_rarity(rarity: float) -> float:
    """Weigh what is shared by -ln(share of holders): 2 among 10,000 weigh 0.85, 12 among 100 0.2.

    >>> round(_of_rarity(8.5), 2)
    0.85
    """
    return min(_MOST, rarity / _RARE)


WEIGHTS: Mapping[str, Weight] = {
    "HAS_ACCOUNT": Weight(1.0, "an account acts for its holder"),
    "SAME_AS": Weight(0.5, "as likely as the match says", by="probability"),
    "KIN": Weight(0.5, "closer kin owe each other more", by="degree", of=_of_degree),
    "MEMBER_OF": Weight(0.9, "one household has one purse"),
    "OWNS": Weight(_UNKNOWN_SHARE, "as strong as the share", by="share"),
    "CONTROLS": Weight(0.5, "as strong as the control", by="strength"),
    "REPRESENTS": Weight(0.9, "whoever represents a firm signs for it"),
    "DIRECTS": Weight(0.7, "directors and managers decide with others"),
    "POSSESSES": Weight(0.9, "what is owned is used by its owner"),
    "UNDER": Weight(0.9, "a contract and the matter it was decided in are one affair"),
    "SHARES": Weight(0.3, "the fewer share it, the more it tells", by="rarity", of=_of_rarity),
    "HOLDS": Weight(0.6, "a post is held among colleagues"),
    "AWARDED": Weight(0.6, "a contract binds for its time"),
    "EMPLOYED_BY": Weight(0.5, "one of several who work there"),
    "LEASES": Weight(0.5, "a lease binds for its time"),
    "SUBJECT_OF": Weight(0.5, "the matter is about him among others"),
    "DOCUMENTS": Weight(0.5, "a paper belongs to its affair"),
    "ACTED": Weight(0.4, "officials act in many matters"),
    "REPORTED": Weight(0.3, "a report is somebody's word"),
    "BENEFITS": Weight(0.3, "one of many who receive"),
    "WORKED": Weight(0.3, "one of many who worked there"),
    "PAID": Weight(0.3, "most payments are everyday trade"),
    "BID": Weight(0.2, "bidders need not know each other"),
    "AT": Weight(0.05, "being at one place ties nobody to anybody"),
}
"""By kind of relation, the strongest first."""

MOMENTS: Mapping[str, str] = {
    name: next((p.name for p in kind.properties if p.type == "datetime"), "valid_from")
    for name, kind in RELATIONS.items()
}
"""By kind of relation, the column that says when it began; the nearest to the minute there is."""
