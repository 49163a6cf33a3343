"""Findings → clues: false-discovery control over all tests, then an order by additive log-odds.

score = logistic(the rule's prior + its finding's signs + the innocent explanations that hold). All
addends are named on the rule and the finding. The weights are reasoned from published yields, not
learned; planted counties and recorded dispositions are to replace them. Amounts do not enter, so
small schemes rank with large ones.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from graphengine.algo.permutation import false_discovery_rates
from graphengine.clue import Clue, clue_id
from graphengine.finding import Finding, Outcome
from graphengine.rule import Rule
from graphengine.settings import Settings


def rank(
    outcomes: Sequence[Outcome], rules: Sequence[Rule[Any]], settings: Settings
) -> tuple[Clue, ...]:
    """Return the clues, first to verify first; `outcomes[i]` is what `rules[i]` said.

    A finding with a p-value stays where its Benjamini-Hochberg q over all (rule, division) tests is
    ≤ settings.q. Ties are ordered by id, so equal input gives equal output.
    """
    rates = _rates(outcomes)
    found: dict[str, Clue] = {}
    for outcome, rule in zip(outcomes, rules, strict=True):
        for stated in outcome.findings:
            finding = _controlled(stated, rates, settings.q)
            if finding is not None:
                clue = _clue(finding, rule)
                known = found.get(clue.id)
                if known is None or _order(clue) < _order(known):
                    found[clue.id] = clue
    ordered = sorted(found.values(), key=_order)
    return tuple(replace(clue, rank=place) for place, clue in enumerate(ordered, start=1))


def _order(clue: Clue) -> tuple[float, str]:
    return -clue.score, clue.id


def _rates(outcomes: Sequence[Outcome]) -> dict[tuple[str, str, float], float]:
    """Return the q-value of every test by rule, division and p."""
    tests = sorted((t.rule, t.division, t.p) for outcome in outcomes for t in outcome.tests)
    return dict(zip(tests, false_discovery_rates([p for _, _, p in tests]), strict=True))


def _controlled(
    finding: Finding, rates: dict[tuple[str, str, float], float], level: float
) -> Finding | None:
    p = finding.statistics.p
    if p is None:
        return finding
    q = rates[(finding.rule, finding.division, p)]
    if q > level:
        return None
    return replace(finding, statistics=replace(finding.statistics, q=q))


def log_odds(finding: Finding, prior: float) -> float:
    """Return the sum that the score is the logistic of."""
    against = sum(i.effect for i in finding.innocent if i.tested and i.holds)
    return prior + math.fsum(finding.signs.values()) + against


def _clue(finding: Finding, rule: Rule[Any]) -> Clue:
    return Clue(
        id=clue_id(finding.rule, finding.key),
        rule_version=rule.version,
        dimension=rule.dimension,
        kind=rule.kind,
        rank=0,
        score=round(1 / (1 + math.exp(-log_odds(finding, rule.prior))), 6),
        finding=finding,
    )
