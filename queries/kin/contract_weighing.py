"""What speaks for and against a scheme of kin contracting; weights are reasoned, not learned."""

from collections.abc import Mapping
from dataclasses import dataclass

from graphengine.finding import Innocent, Statistics
from graphengine.language import Text
from queries.kin.market import Chance, Trade
from queries.kin.power import DECIDERS, WATCHERS
from queries.kin.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Market:
    """What is known of competition; `enough` contracts are needed to judge a trade."""

    bidders: Mapping[str, int]
    shares: Mapping[str, Chance]
    trades: Mapping[tuple[str, str], Trade]
    enough: int


@dataclass(frozen=True, slots=True)
class Weighing:
    """Named contributions to the log-odds, innocent explanations, base rate."""

    signs: Mapping[str, float]
    innocent: tuple[Innocent, ...]
    statistics: Statistics


def weighed(scheme: Scheme, market: Market) -> Weighing:
    """Weigh one scheme."""
    chance = market.shares.get(scheme.division)
    innocent = (
        _open_tender(scheme, market.bidders),
        _only_supplier(scheme, market.trades, market.enough),
        _declared(scheme),
        _everywhere(chance, market.enough),
        _late_tie(scheme),
    )
    return Weighing(_signs(scheme), innocent, _statistics(chance))


def _signs(scheme: Scheme) -> Mapping[str, float]:
    strongest, links = scheme.strongest, scheme.links
    held = {1: 0.5, 2: 0.3, 3: 0.2, 4: 0.0, 5: -1.2}.get(strongest.place, -1.8)
    near = {0: 0.8, 1: 0.6, 2: 0.2, 3: -0.2}.get(strongest.degree, -0.4)
    signs = {"hold": held, "closeness": near}
    if any(x.approved for x in links):
        signs["approved-by-official"] = 0.8
    elif all(x.recorded for x in links):
        signs["approved-by-others"] = -0.6
    if any(x.role in DECIDERS for x in links):
        signs["deciding-post"] = 0.4
    elif all(x.role in WATCHERS for x in links):
        signs["minor-post"] = -0.8
    if strongest.level != "village":
        signs["distant-post"] = -0.6
    methods = {x.method for x in scheme.contracts}
    if methods & {"direct", "negotiated", "small"}:
        signs["without-tender"] = 0.4
    elif methods == {"open"}:
        signs["open-tender"] = -0.6
    if len(scheme.contracts) > 1:
        signs["repeated"] = min(0.6, 0.2 * len(scheme.contracts))
    return signs


def _open_tender(scheme: Scheme, bidders: Mapping[str, int]) -> Innocent:
    """Full clearing happens before; here an open tender whose approver nobody recorded."""
    text = Text(
        "公开招标、至少三家互不关联的投标人、且该干部未参与审批",
        "open tender with at least three unrelated bidders, decided without the official",
    )
    tendered = all(
        x.method == "open" and bidders.get(x.contract, 0) >= 3  # noqa: PLR2004 -- as the text says
        for x in scheme.contracts
    )
    approved = any(x.approved for x in scheme.links)
    tested = not tendered or all(x.recorded for x in scheme.contracts)
    return Innocent("open-tender", text, tested, tendered and not approved, -1.5)


def _only_supplier(scheme: Scheme, known: Mapping[tuple[str, str], Trade], enough: int) -> Innocent:
    found = [known.get((scheme.division[:6], x.category or "")) for x in scheme.contracts]
    judged = [t for t in found if t is not None and t.contracts >= enough]
    alone = len(judged) == len(found) and all(t.firms == 1 for t in judged)
    return Innocent(
        "only-supplier",
        Text("本县该类别唯一的供应商", "the county's only supplier of that category"),
        len(judged) == len(found),
        alone,
        -1.2,
    )


def _declared(scheme: Scheme) -> Innocent:
    declared = all(x.declared for x in scheme.links)
    recused = all(x.recorded and not x.approved for x in scheme.links)
    return Innocent(
        "declared-recused",
        Text("亲属关系已申报且该干部已回避", "the relative was declared and the official recused"),
        all(x.recorded for x in scheme.links),
        declared and recused,
        -1.5,
    )


def _everywhere(chance: Chance | None, enough: int) -> Innocent:
    share = chance.share if chance else 0.0
    tested = chance is not None and chance.elsewhere >= enough
    return Innocent(
        "wins-everywhere",
        Text(
            f"同类合同中，这些企业在全县的中标份额为{share:.0%}（按随机分配的期望）",
            f"firms of such kin would win {share:.0%} of such contracts by chance",
        ),
        tested,
        tested and share >= 0.5,  # noqa: PLR2004 -- the better half of the market
        -0.8,
    )


def _late_tie(scheme: Scheme) -> Innocent:
    dated = all(link.held_since is not None for link in scheme.links)
    return Innocent(
        "tie-after-award",
        Text("与企业的关系在中标之后才形成", "the tie to the firm began after the award"),
        dated,
        holds=False,
    )


def _statistics(chance: Chance | None) -> Statistics:
    if chance is None or chance.excess.n == 0:
        return Statistics("deterministic")
    return Statistics("deterministic", n=chance.excess.n, base_rate=round(chance.share, 4))
