"""A rule's drill-down on one clue: path patterns whose parameters are what the clue names."""

from dataclasses import dataclass
from itertools import chain

from graphengine.clue import Clue
from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.rule import Rule
from graphengine.store.pattern import Parameter, Pattern
from graphengine.store.pattern_text import read_patterns
from graphengine.store.question import Argument, Arguments, Asked, Question
from queries.catalogue import rules

_SUBJECTS = Text("涉及的节点", "nodes of the clue")
_CODE = Text("区划代码", "the division's code")


@dataclass(frozen=True, slots=True)
class DrillDown:
    """A question that shows a clue's evidence on any engine, and its arguments."""

    question: Question
    arguments: Arguments


def drill_down(rule: Rule[object], clue: Clue) -> DrillDown:
    """Return a rule's drill-down for one of its clues; raise QuestionError for a bad text.

    Parameters of the text: the roles of the clue's subjects (`$official`, `$supplier` ...; empty
    where the clue has nobody in that role), `$subjects` (all of them), `$path` (the nodes of its
    steps), `$key`, all lists of node ids, and `$division`, a code.
    """
    patterns = read_patterns(rule.drill_down)
    named = _named(clue)
    used = sorted({name for pattern in patterns for name in parameters_of(pattern)})
    question = Question(
        name=f"{rule.id}",
        title=rule.card.title,
        answers=rule.card.reading,
        method="patterns",
        order="length",
        example=f"shunteng clue {clue.id} --drill-down",
        parameters=tuple(_asked(name) for name in used),
        patterns=patterns,
        text=rule.drill_down,
    )
    return DrillDown(question, {name: named.get(name, ()) for name in used})


def drill_down_of(clue: Clue) -> DrillDown:
    """Return the drill-down of whichever rule a clue is of."""
    rule = next(rule for rule in rules() if rule.id == clue.finding.rule)
    return drill_down(rule, clue)


def parameters_of(pattern: Pattern) -> frozenset[str]:
    """Return the parameters that a pattern's conditions use."""
    terms = chain.from_iterable((c.left, c.right) for c in pattern.where)
    return frozenset(term.name for term in terms if isinstance(term, Parameter))


def _named(clue: Clue) -> dict[str, Argument]:
    finding = clue.finding
    roles: dict[str, dict[NodeId, None]] = {}
    for subject in finding.subjects:
        roles.setdefault(subject.role, {})[subject.node] = None
        roles.setdefault("subjects", {})[subject.node] = None
    on_path = chain.from_iterable((step.source, step.target) for step in finding.path)
    return {
        **{role: tuple(sorted(nodes)) for role, nodes in roles.items()},
        "path": tuple(sorted(set(on_path))),
        "key": tuple(NodeId(part) for part in finding.key),
        "division": finding.division,
    }


def _asked(name: str) -> Asked:
    if name == "division":
        return Asked(name, "text", _CODE)
    return Asked(name, "nodes", _SUBJECTS)
