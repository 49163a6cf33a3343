"""Coverage: for every rule and division whether it was evaluated, and if not, why."""

from collections.abc import Sequence
from typing import Any

from graphengine.finding import Assessment, Outcome

SCHEMA = "shunteng.coverage/1"


def assessed(outcomes: Sequence[Outcome]) -> tuple[Assessment, ...]:
    """Return every assessment by rule and division."""
    every = (a for outcome in outcomes for a in outcome.assessments)
    return tuple(sorted(every, key=lambda a: (a.rule, a.division)))


def coverage_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the table as it is kept beside the clues; `unseen` is a share from 0 to 1."""
    return {
        "schema": SCHEMA,
        "assessments": [
            {
                "rule": a.rule,
                "division": a.division,
                "evaluated": a.evaluated,
                "why": a.why.as_json() if a.why else None,
                "unseen": a.unseen,
            }
            for a in assessed(outcomes)
        ],
    }
