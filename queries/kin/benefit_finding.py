"""The words, rows and path of a finding that kin households received benefits beyond their need."""

from dataclasses import dataclass

import polars as pl

from graphengine.finding import Finding, Innocent, Statistics, Step, Subject, Unavailable
from graphengine.identifiers import NodeId
from graphengine.language import Text
from queries.kin.advantage import Advantage, VillageTest
from queries.kin.dossier import Dossier
from queries.kin.words import money, term, tie

MOST_SUBJECTS = 12
_MOST_PAYOUTS = 130
"""Payouts named as rows; beyond them each benefit names its first and its last ones."""
_NULL = Text(
    "需求层次与家族大小相同的住户可互换：精确分层检验（单侧），并对每位干部的检验作了校正",
    "households of equal need and clan size are exchangeable: exact stratified test, one-sided, "
    "allowing for one test per official",
)


@dataclass(frozen=True, slots=True)
class BenefitFrames:
    """What findings are put together from: posts with a say, kin households, grants, sexes."""

    deciders: pl.DataFrame
    kin: pl.DataFrame
    grants: pl.DataFrame


def finding_of(
    rule: str,
    test: VillageTest,
    best: Advantage,
    frames: BenefitFrames,
    unavailable: tuple[Unavailable, ...],
) -> Finding:
    """Put together the finding of one village; `best` is the official with the clearest excess."""
    posts = frames.deciders.filter(
        (pl.col("official") == best.official) & (pl.col("village") == test.village)
    )
    got = _favoured_grants(best, posts, frames.grants)
    dossier = Dossier()
    steps = _post_steps(best.official, posts, dossier)
    steps += _kin_steps(best, frames.kin, dossier)
    steps += _grant_steps(got, dossier)
    amount = int(got["amount"].sum())
    recipients = got["person"].unique(maintain_order=True).to_list()
    people = [p for p in recipients if p != best.official][:MOST_SUBJECTS]
    return Finding(
        rule=rule,
        division=test.village,
        key=(test.village,),
        title=Text(
            "干部亲属家庭享受救助偏多", "Kin households receive need-tested benefits too often"
        ),
        summary=_summary(test, best, amount),
        subjects=(
            Subject(NodeId(best.official), "official"),
            *(Subject(NodeId(p), "kin") for p in people),
        ),
        facts=dossier.facts,
        path=tuple(steps),
        amount=amount,
        window=(got["since"].min(), got["until"].max()),  # type: ignore[arg-type] # dates, not null
        statistics=_statistics(test, best),
        signs=_signs(best),
        innocent=_innocent(test),
        refuted_by=REFUTED,
        unavailable=unavailable,
    )


def _statistics(test: VillageTest, best: Advantage) -> Statistics:
    n = best.excess.n
    rate = round(best.excess.expected / n, 4) if n else None
    return Statistics("exact", _NULL, p=test.p, n=n, base_rate=rate)


def _favoured_grants(best: Advantage, posts: pl.DataFrame, grants: pl.DataFrame) -> pl.DataFrame:
    """Return the grants of favoured households that began while the official was in office."""
    spans = posts.select("since", "until").unique()
    began = pl.lit(value=False)
    for since, until in spans.iter_rows():
        inside = pl.lit(value=True)
        if since is not None:
            inside &= pl.col("since") >= since
        if until is not None:
            inside &= pl.col("since") <= until
        began |= inside
    return grants.filter(pl.col("household").is_in(list(best.favoured)) & began).sort(
        "amount", "household", "person", "benefit", descending=[True, False, False, False]
    )


def _summary(test: VillageTest, best: Advantage, amount: int) -> Text:
    excess = best.excess
    return Text(
        f"{{0}}任职期间，其回避范围内亲属的{excess.n}户可比家庭中有{excess.observed}户新享受按需救助，"
        f"而同等困难程度、家族大小的住户随机分配时约为{excess.expected:.1f}户（全村{test.households}户）；"
        f"涉及金额{money(amount)}元。",
        f"While {{0}} was in office, {excess.observed} of {excess.n} comparable households of "
        f"relatives were newly granted need-tested benefits, where chance among equally needy "
        f"households would give about {excess.expected:.1f} (village: {test.households} "
        f"households); CNY {money(amount)} in all.",
    )


def _post_steps(official: str, posts: pl.DataFrame, dossier: Dossier) -> list[Step]:
    steps = []
    for post, records, since in posts.select("post", "post_records", "since").iter_rows():
        rows = dossier.cite(
            records, Text("任职，参与救助审批", "held a post with a say in the grants")
        )
        steps.append(
            Step(
                NodeId(official),
                NodeId(post),
                "HOLDS",
                Text("任职", "in office as"),
                since,
                facts=rows,
            )
        )
    return steps


def _kin_steps(best: Advantage, kin: pl.DataFrame, dossier: Dossier) -> list[Step]:
    rows = kin.filter(
        (pl.col("official") == best.official)
        & pl.col("household").is_in(list(best.favoured))
        & (pl.col("kin") != best.official)
    )
    steps = []
    columns = ("kin", "relation", "records", "official_sex", "kin_sex")
    for person, word, records, sex, kin_sex in rows.select(columns).iter_rows():
        called = term(word, kin_sex)
        facts = dossier.cite(
            records, Text(f"亲属关系的记载（{called.zh}）", f"shows the kinship ({called.en})")
        )
        steps.append(
            Step(NodeId(best.official), NodeId(person), "KIN", tie(word, sex), facts=facts)
        )
    return steps


def _grant_steps(got: pl.DataFrame, dossier: Dossier) -> list[Step]:
    steps = []
    columns = ("person", "benefit", "since", "amount", "records", "home_records")
    whole = _are_named_in_full(got)
    each = max(2, _MOST_PAYOUTS // max(len(got), 1))
    for person, benefit, since, amount, records, home in got.select(columns).iter_rows():
        named = records if whole else [*records[: each - 1], records[-1]]
        count, paid = len(records), money(amount)
        payouts = "one payout" if count == 1 else f"{count} payouts"
        what = Text(
            f"该项救助的发放记录（共{count}笔，{paid}元）",
            f"a payout of this benefit ({payouts}, CNY {paid} in all)",
        )
        rows = dossier.cite(named, what)
        shows = Text("受助人所在的住户", "the household that the recipient belongs to")
        rows += dossier.cite(home, shows)
        detail = Text("享受救助", "receives")
        steps.append(Step(NodeId(person), NodeId(benefit), "BENEFITS", detail, since, amount, rows))
    return steps


def _are_named_in_full(got: pl.DataFrame) -> bool:
    return int(got["records"].list.len().sum()) <= _MOST_PAYOUTS


def _signs(best: Advantage) -> dict[str, float]:
    """Weigh the size of the effect beside its certainty; the weights are reasoned, not learned."""
    return {
        "excess-households": min(1.0, 0.15 * best.surplus),
        "excess-ratio": min(0.8, 0.2 * (min(best.excess.ratio, 6.0) - 1)),
    }


def _innocent(test: VillageTest) -> tuple[Innocent, ...]:
    hamlets, former = test.hamlets, test.former
    return (
        Innocent(
            "real-need",
            Text(
                "受助亲属家庭大多没有劳动力",
                "most of these households have no earner and are dependent",
            ),
            tested=True,
            holds=test.needy >= 0.7,  # noqa: PLR2004 -- most
            effect=-1.0,
        ),
        Innocent(
            "same-hamlet",
            Text(
                "与同一村民小组的住户相比并不偏多", "no excess against the same group's households"
            ),
            tested=hamlets is not None,
            holds=hamlets is not None and hamlets.p > 0.2,  # noqa: PLR2004 -- no trace is left
            effect=-0.8,
        ),
        Innocent(
            "information",
            Text(
                "离任干部的亲属离任后同样偏多，说明是知情而非职权",
                "kin of former holders receive as often after the tenure: information, not power",
            ),
            tested=former is not None,
            holds=former is not None and former.p <= 0.1,  # noqa: PLR2004 -- the level of the test
            effect=-1.0,
        ),
    )


REFUTED = (
    Text(
        "入户核查表明这些家庭确有登记表看不到的困难（重病、残疾、债务）",
        "home visits show hardship that registers do not (illness, disability, debts)",
    ),
    Text("评议记录表明{0}回避了这些家庭的评议", "minutes show that {0} recused from these cases"),
)
