"""Letters from the public and papers of matters: modest, mostly unremarkable text."""

import hashlib
from dataclasses import dataclass
from typing import Final

from ingest.demo.calendar import END, START
from ingest.demo.chance import Chance
from ingest.demo.contracts import WAN, Award
from ingest.demo.ledger import DAY
from ingest.demo.offices import Role
from ingest.demo.stage import Stage
from ingest.demo.trades import CATEGORIES

_CHANNELS: Final = ("12388", "来信", "来访", "意见箱", "网络")
_TEXTS: Final = (
    "反映村里工程由关系户承包，希望核查",
    "反映低保评议不公开，有的人家条件好也享受",
    "反映村务公开栏长期没有更新",
    "反映集体鱼塘出租价格偏低",
    "反映路灯坏了没人修",
    "反映务工工资拖欠",
    "反映村干部态度差",
    "反映土地流转面积与实际不符",
)
_REPORTS_A_VILLAGE: Final = 2.4


@dataclass(frozen=True, slots=True)
class Report:
    """A letter: moment in seconds, whom and which contract it speaks of (-1: nobody, none)."""

    at: int
    division: int
    channel: str
    text: str
    about: int
    contract: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a contract's matter."""

    contract: int
    kind: str
    text: str
    digest: str
    at: int


def drawn_reports(stage: Stage, rng: Chance) -> list[Report]:
    """Draw letters; most are about small things, and few of them lead anywhere."""
    geo = stage.world.geo
    signed: dict[int, list[int]] = {}
    for number, award in enumerate(stage.awards):
        signed.setdefault(award.order.division, []).append(number)
    reports: list[Report] = []
    for village in range(geo.villages):
        for _ in range(int(rng.poisson(_REPORTS_A_VILLAGE))):
            at = (START + int(rng.integers(0, END - START))) * DAY + int(
                rng.integers(28_000, 80_000)
            )
            kind = int(rng.integers(len(_TEXTS)))
            mine = signed.get(village, [])
            about = stage.world.offices.holder(Role.SECRETARY, village, at // DAY)
            named = rng.random() < 0.4  # noqa: PLR2004 -- many are anonymous about whom
            contract = mine[int(rng.integers(len(mine)))] if kind == 0 and mine else -1
            channel = _CHANNELS[int(rng.integers(len(_CHANNELS)))]
            reports.append(
                Report(at, village, channel, _TEXTS[kind], about if named else -1, contract)
            )
    return sorted(reports, key=lambda r: (r.at, r.division))


def _paper(contract: int, kind: str, text: str, at: int) -> Paper:
    return Paper(contract, kind, text, hashlib.sha256(text.encode()).hexdigest(), at)


def drawn_papers(awards: list[Award], firm_names: list[str], rng: Chance) -> list[Paper]:
    """Draw minutes of larger contracts, quotations and acceptance sheets of some."""
    papers: list[Paper] = []
    for number, award in enumerate(awards):
        order = award.order
        sum_text = f"{order.fen / 100:.2f}元"
        firm = firm_names[order.firm]
        if order.fen >= 3 * WAN:
            present = int(rng.integers(4, 9))
            text = f"{present}人到会，讨论{award.title}，同意由{firm}承担，金额{sum_text}。"
            papers.append(_paper(number, "minutes", text, award.steps[1]))
        if rng.random() < 0.3:  # noqa: PLR2004 -- kept for some purchases
            text = f"{firm}报价：{award.title}，{sum_text}，工期{int(rng.integers(5, 60))}天。"
            papers.append(_paper(number, "quotation", text, award.steps[0]))
        if CATEGORIES[order.category].median > 30_000 and award.completed < END:  # noqa: PLR2004 -- works
            text = f"{award.title}已完工，验收{'合格' if rng.random() < 0.9 else '整改后合格'}。"  # noqa: PLR2004 -- at first
            papers.append(_paper(number, "acceptance", text, award.steps[4]))
    return sorted((p for p in papers if p.at < END * DAY), key=lambda p: (p.at, p.contract, p.kind))
