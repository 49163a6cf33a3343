"""Signs for and against a scheme, as contributions to its log-odds of being worth verifying."""

from datetime import timedelta
from math import log

from queries.money.flow import Flow
from queries.money.known import Firm, Known
from queries.money.scheme import Scheme

_YOUNG = timedelta(days=365)
_FEW = 3
_FAST, _SLOW = 7, 20
_MOST, _LITTLE = 0.85, 0.6


def signs_of(scheme: Scheme, known: Known) -> dict[str, float]:
    """Return the named signs that are there; each is worth what its comment says, in log-odds."""
    flow = scheme.flows[0]
    said = {
        "repeated": min(0.6 * log(len(scheme.starts)), 1.5),
        "kept": 0.4 if flow.kept >= _MOST else -0.4 if flow.kept < _LITTLE else 0.0,
        "speed": 0.4 if flow.days <= _FAST else -0.3 if flow.days > _SLOW else 0.0,
        "approved-by-official": 0.8 if _approved(scheme) else 0.0,
        "closes-at": _nearness(flow),
        "long-route": 0.3 if len(set(flow.route)) > _FEW else 0.0,
        "new-firm": 0.4 if any(_is_young(f, flow) for f in _firms(flow, known)) else 0.0,
        "few-employees": 0.4 if any(_is_small(f) for f in _firms(flow, known)) else 0.0,
        "personal-payment": -0.5 if _is_personal(flow, known) else 0.0,
    }
    return {name: round(value, 4) for name, value in said.items() if value}


def _approved(scheme: Scheme) -> bool:
    return any(closing.power.how == "approval" for closing in scheme.closings)


def _nearness(flow: Flow) -> float:
    """Weigh the official himself and his home above kin, close kin above distant."""
    if flow.closing is None:
        return 0.5
    tie = flow.closing.tie
    return 0.6 if tie.how != "kin" else 0.3 if tie.degree <= 1 else 0.0


def _firms(flow: Flow, known: Known) -> list[Firm]:
    handed = (known.firms.get(known.holder(payment.source)) for payment in flow.payments[1:])
    return [firm for firm in handed if firm is not None]


def _is_young(firm: Firm, flow: Flow) -> bool:
    day = flow.payments[0].day
    return firm.registered_on is not None and day - firm.registered_on < _YOUNG


def _is_small(firm: Firm) -> bool:
    return firm.employees is not None and firm.employees <= _FEW


def _is_personal(flow: Flow, known: Known) -> bool:
    """Say whether it is paid to a person without a contract: most often pay or relief."""
    first = flow.payments[0]
    return known.holders[first.target][1] == "Person" and first.contract is None
