"""From findings to an order: false discoveries are held down, small sums are not pushed down."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from graphengine.clue import Clue
from graphengine.finding import Fact, Finding, Innocent, Outcome, Statistics, Subject, Test
from graphengine.identifiers import NodeId, RecordId
from graphengine.language import Text
from graphengine.settings import Settings
from queries.catalogue import rules
from queries.ranking import log_odds, rank

T = Text("字", "word")
RULES = {rule.id: rule for rule in rules()}


def _finding(
    name: str,
    *,
    rule: str = "kin-contract",
    p: float | None = None,
    signs: dict[str, float] | None = None,
    innocent: tuple[Innocent, ...] = (),
) -> Finding:
    method = "exact" if p is not None else "deterministic"
    return Finding(
        rule=rule,
        division=name,
        key=(name,),
        title=T,
        summary=T,
        subjects=(Subject(NodeId("person:" + name), "official"),),
        facts=(Fact(RecordId(1), T),),
        amount=100,
        window=(date(2023, 1, 1), date(2023, 2, 1)),
        statistics=Statistics(method, p=p),  # type: ignore[arg-type] # one of the two
        signs=signs or {},
        innocent=innocent,
    )


def _ranked(findings: Sequence[Finding], tests: Sequence[Test] = ()) -> tuple[Clue, ...]:
    ids = sorted({f.rule for f in findings})
    outcomes = [
        Outcome(
            tuple(f for f in findings if f.rule == i), (), tuple(t for t in tests if t.rule == i)
        )
        for i in ids
    ]
    return rank(outcomes, [RULES[i] for i in ids], Settings(q=0.1))


def test_the_score_is_the_logistic_of_named_addends() -> None:
    holds = Innocent("a", T, tested=True, holds=True, effect=-1.0)
    fails = Innocent("b", T, tested=True, holds=False, effect=-5.0)
    untested = Innocent("c", T, tested=False, holds=True, effect=-5.0)
    finding = _finding("x", signs={"s": 0.5, "t": 0.25}, innocent=(holds, fails, untested))
    prior = RULES["kin-contract"].prior
    assert log_odds(finding, prior) == pytest.approx(prior - 0.25)
    assert _ranked([finding])[0].score == pytest.approx(1 / (1 + math.exp(0.25 - prior)), abs=1e-6)


def test_clues_are_ordered_by_score_then_id_and_numbered_from_one() -> None:
    clues = _ranked([_finding("b"), _finding("a"), _finding("c", signs={"s": 1.0})])
    assert [c.rank for c in clues] == [1, 2, 3]
    assert clues[0].finding.division == "c"
    assert clues[1].score == clues[2].score
    assert clues[1].id < clues[2].id


def test_money_does_not_move_a_clue() -> None:
    finding = _finding("a")
    small, large = (_ranked([replace(finding, amount=fen)])[0] for fen in (1, 10**12))
    assert small.score == large.score


def test_false_discoveries_are_controlled_over_all_tests() -> None:
    tests = [Test("kin-benefit", f"v{i}", 1.0) for i in range(98)]
    tests += [Test("kin-benefit", "a", 0.0005), Test("kin-benefit", "b", 0.02)]
    found = [
        _finding("a", rule="kin-benefit", p=0.0005),
        _finding("b", rule="kin-benefit", p=0.02),
    ]
    clues = _ranked(found, tests)
    assert [c.finding.division for c in clues] == ["a"]
    assert clues[0].finding.statistics.q == pytest.approx(0.05)
    assert len(_ranked(found, tests[-2:])) == 2


def test_deterministic_findings_stay_whatever_else_is_tested() -> None:
    tests = [Test("kin-benefit", f"v{i}", 1.0) for i in range(50)]
    outcomes = [Outcome((), (), tuple(tests)), Outcome((_finding("a"),), ())]
    clues = rank(outcomes, [RULES["kin-benefit"], RULES["kin-contract"]], Settings())
    assert [c.finding.statistics.q for c in clues] == [None]


def test_one_scheme_is_one_clue() -> None:
    clues = _ranked([_finding("a"), _finding("a", signs={"s": 1.0})])
    assert len(clues) == 1
    assert clues[0].finding.signs == {"s": 1.0}


def test_the_order_of_findings_does_not_matter() -> None:
    findings = [_finding(n, signs={"s": s}) for n, s in (("a", 0.1), ("b", 0.9), ("c", 0.1))]
    assert _ranked(findings) == _ranked(findings[::-1])
