"""Contracts that look like favours to kin and are not."""

from dataclasses import replace
from typing import Final

from graphengine.language import Text
from ingest.demo.calendar import END, START
from ingest.demo.contracts import WAN, Order
from ingest.demo.firms import Holder
from ingest.demo.ledger import firm_slot
from ingest.demo.offices import Role
from ingest.demo.stage import PURCHASES, WORKS, Stage, Tenure
from ingest.demo.trades import Trade
from ingest.demo.truth import Decoy

RULE: Final = "kin-contract"
_HEADS: Final = (Role.SECRETARY, Role.DIRECTOR)


def _note(
    stage: Stage, kind: str, subjects: tuple[int, ...], numbers: list[int], why: Text
) -> None:
    division = stage.awards[numbers[0]].order.division
    stage.decoys.append(Decoy(RULE, kind, division, subjects, why, contracts=tuple(numbers)))


def _founded(stage: Stage, owner: int, trades: tuple[Trade, ...]) -> int:
    """Found a firm of a villager."""
    town = int(stage.world.geo.town_of[stage.world.people.tree.village[owner]])
    trade = trades[int(stage.rng.integers(len(trades)))]
    return stage.world.book.owned(trade, town, owner)


def _desked(order: Order) -> Order:
    """Let the usual desk decide instead of one official."""
    return replace(order, approver=-1)


def open_tender(stage: Stage, village: int) -> bool:
    """Let a kin firm win an open tender against three and more; another official approves."""
    for tenure in stage.deciders(village, _HEADS):
        kin = stage.free(stage.world.seen.near(tenure.person))
        others = [t for t in stage.deciders(village) if t.person != tenure.person]
        scope = stage.world.kin.arguable(kin[0]) if kin else set()
        others = [t for t in others if t.person not in scope]
        if not kin or not others:
            continue
        both = Tenure(
            others[0].person,
            max(tenure.begin, others[0].begin),
            min(tenure.finish, others[0].finish),
        )
        if both.finish - both.begin < 200:  # noqa: PLR2004 -- both in office for a while
            continue
        firm = _founded(stage, kin[0], (Trade.BUILDING, Trade.ROADS, Trade.WATER))
        order = stage.order_from(firm, village, both)
        order = replace(order, method="open", fen=max(order.fen, 12 * WAN))
        order = stage.rivals(order, int(stage.rng.integers(3, 6)))
        stage.cast(tenure.person, {kin[0]})
        stage.declared.append((tenure.person, kin[0]))
        _note(
            stage,
            "open-tender",
            (tenure.person, kin[0], firm_slot(firm)),
            [stage.sign(order)],
            Text(
                "公开招标，三家以上无关投标人，干部已申报并回避",
                "open tender with three and more unrelated bidders; declared and recused",
            ),
        )
        return True
    return False


def other_village(stage: Stage, village: int) -> bool:
    """Let a kin firm work in a village where the official has no power."""
    geo = stage.world.geo
    for tenure in stage.deciders(village):
        kin = stage.free(stage.world.seen.near(tenure.person))
        if not kin:
            continue
        firm = _founded(stage, kin[0], WORKS)
        away = [v for v in stage.rng.permutation(geo.villages).tolist() if v != village]
        away = [v for v in away if not stage.world.barred(firm, v)]
        if not away:
            continue
        numbers = [
            stage.sign(_desked(stage.order_from(firm, away[0], Tenure(-1, START, END))))
            for _ in range(int(stage.rng.integers(1, 4)))
        ]
        stage.cast(tenure.person, {kin[0]})
        why = Text("干部在该村没有职权", "the official has no power in that village")
        _note(stage, "other-village", (tenure.person, kin[0], firm_slot(firm)), numbers, why)
        return True
    return False


def tie_after_award(stage: Stage, village: int) -> bool:
    """Let kin buy into the contractor months after the award."""
    book = stage.world.book
    for tenure in stage.deciders(village):
        kin = stage.free(stage.world.seen.near(tenure.person))
        if not kin:
            continue
        firm = stage.new_contractor(WORKS)
        early = Tenure(tenure.person, tenure.begin, max(tenure.finish - 300, tenure.begin + 130))
        number = stage.sign(stage.order_from(firm, village, early))
        since = stage.awards[number].completed + int(stage.rng.integers(60, 130))
        one = book.firms[firm]
        rest = tuple(replace(h, share=0.6) if h.share else h for h in one.holders)
        row = Holder("shareholder", kin[0], share=0.4, start=since)
        book.change(firm, replace(one, holders=(*rest, row)))
        stage.world.forget(firm)
        stage.cast(tenure.person, {kin[0]})
        why = Text("亲属入股在合同完成之后", "the relative bought in after the contract was done")
        _note(stage, "tie-after-award", (tenure.person, kin[0], firm_slot(firm)), [number], why)
        return True
    return False


def post_ended(stage: Stage, village: int) -> bool:
    """Hire the firm of a former official's kin to whom nobody in power is tied."""
    offices = stage.world.offices
    for post in offices.by_division[village]:
        later = any(p.end > START for p in offices.by_person[post.person])
        if post.role not in (*_HEADS, Role.DEPUTY, Role.ACCOUNTANT) or later:
            continue
        for kin in stage.free(stage.world.seen.near(post.person))[:6]:
            if not stage.world.tied_divisions({kin}).isdisjoint(stage.world.geo.above(village)):
                continue
            firm = _founded(stage, kin, WORKS)
            order = _desked(stage.order_from(firm, village, Tenure(-1, START, END)))
            stage.cast(post.person, {kin})
            why = Text("授予合同时该干部早已离任", "the post had ended long before the award")
            subjects = (post.person, kin, firm_slot(firm))
            _note(stage, "post-ended", subjects, [stage.sign(order)], why)
            return True
    return False


def homonym(stage: Stage, village: int) -> bool:
    """Hire a firm whose owner bears the name of an official's relative and is someone else."""
    book, people = stage.world.book, stage.world.people
    for tenure in stage.deciders(village):
        kin = stage.free(stage.world.seen.near(tenure.person))
        if not kin:
            continue
        firm = stage.new_contractor(WORKS)
        owner = book.firms[firm].legal_rep
        if people.household[owner] >= 0 or owner in stage.renamed:
            continue
        stage.renamed[owner] = str(people.names[kin[0]])
        numbers = [
            stage.sign(stage.order_from(firm, village, tenure))
            for _ in range(int(stage.rng.integers(1, 4)))
        ]
        stage.cast(tenure.person, {kin[0]})
        why = Text("同名不同人，证件号不同", "the same name, another person: the numbers differ")
        subjects = (tenure.person, kin[0], owner, firm_slot(firm))
        _note(stage, "homonym", subjects, numbers, why)
        return True
    return False


def beyond_scope(stage: Stage, village: int) -> bool:
    """Hire a shop whose owner is tied to an official outside the kin that the law names."""
    world = stage.world
    for tenure in stage.deciders(village):
        far = world.seen.beyond(tenure.person) & world.kin.beyond(tenure.person)
        for kin in stage.free(far)[:12]:
            if not world.tied_divisions({kin}).isdisjoint(world.geo.above(village)):
                continue
            firm = _founded(stage, kin, PURCHASES)
            numbers = [
                stage.sign(stage.order_from(firm, village, tenure, int(2.9 * WAN)))
                for _ in range(int(stage.rng.integers(2, 6)))
            ]
            stage.cast(tenure.person, {kin})
            why = Text("关系超出法定回避范围", "the tie lies outside the kin that the law names")
            subjects = (tenure.person, kin, firm_slot(firm))
            _note(stage, "beyond-scope", subjects, numbers, why)
            return True
    return False
