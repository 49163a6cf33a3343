"""The small registers: leases, labour, holdings, declarations of relatives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ingest.demo.calendar import END, NEVER, START, Ints, day
from ingest.demo.chance import Chance, one_of
from ingest.demo.contracts import moment
from ingest.demo.ledger import DAY, Entry, Ledger, body_slot, firm_slot
from ingest.demo.offices import Role
from ingest.demo.stage import Stage, Work
from ingest.demo.trades import CATEGORIES
from ingest.demo.world import World

_ASSETS: Final = (
    ("鱼塘", 380.0, 14.0),
    ("山林", 60.0, 60.0),
    ("旱地", 420.0, 8.0),
    ("水田", 560.0, 12.0),
    ("果园", 480.0, 18.0),
    ("旧校舍", 2_400.0, 2.0),
    ("沿街店面", 9_000.0, 0.6),
)
_EMPLOYERS: Final = ("第一中学", "中心卫生院", "自来水公司", "镇人民政府", "中心小学", "公路站")


@dataclass(frozen=True, slots=True)
class Lease:
    """A collective asset let to a villager; rents in fen a year, area in hundredths of a mu."""

    division: int
    description: str
    lessee: int
    area: int
    rent: int
    reference: int
    begin: int
    finish: int
    method: str


@dataclass(frozen=True, slots=True)
class Holding:
    """A vehicle, house, payroll or business of a person."""

    person: int
    kind: str
    acquired: int
    fen: int = -1
    employer: str = ""
    disposed: int = NEVER


@dataclass(frozen=True, slots=True)
class Declared:
    """A relative whom an official has declared."""

    official: int
    relation: str
    relative: int


def _lessee(world: World, village: int, lineage: int, rng: Chance) -> int:
    """Return who gets an asset: anybody of the village, or mostly one lineage."""
    residents = world.residents(village)
    own = residents[world.people.tree.lineage[residents] == lineage]
    if lineage >= 0 and len(own) and rng.random() < 0.85:  # noqa: PLR2004 -- beyond the share
        return one_of(rng, own)
    return one_of(rng, residents)


def _rent(share: float, rng: Chance) -> float:
    return float(share * rng.normal(0.97, 0.06))


def drawn_leases(
    world: World, lineages: Mapping[int, int], ledger: Ledger, rng: Chance
) -> list[Lease]:
    """Let each village's assets and collect the rents of the period."""
    leases: list[Lease] = []
    for village in range(world.geo.villages):
        for _ in range(int(rng.integers(5, 11))):
            what, yuan, mu = _ASSETS[int(rng.integers(len(_ASSETS)))]
            area = max(round(mu * float(rng.lognormal(0, 0.5)) * 100), 20)
            reference = round(yuan * area / 100 * float(rng.uniform(0.85, 1.15)) / 10) * 1_000
            begin = day(2017 + int(rng.integers(0, 8)), 1 + int(rng.integers(0, 12)))
            years = int(rng.integers(3, 13))
            lease = Lease(
                division=village,
                description=f"{world.geo.names[village]}{int(rng.integers(1, 7))}组{what}",
                lessee=_lessee(world, village, lineages.get(village, -1), rng),
                area=area,
                rent=max(round(_rent(reference, rng) / 1_000) * 1_000, 10_000),
                reference=max(reference, 10_000),
                begin=begin,
                finish=begin + round(years * 365.25) - 1,
                method=str(rng.choice(["open", "negotiated", "direct"], p=[0.5, 0.35, 0.15])),
            )
            leases.append(lease)
            for year in range(3):
                due = max(START, lease.begin) + 365 * year + int(rng.integers(5, 40))
                if due <= min(lease.finish, END):
                    at = moment(due, rng)
                    slot = body_slot(village)
                    ledger.pay(
                        Entry(at, lease.rent, lease.lessee, slot, "资产租金", division=village)
                    )
    return leases


def drawn_work(stage: Stage, ledger: Ledger, rng: Chance) -> list[Work]:
    """Let villagers work on the contracts' sites and be paid by the contractors."""
    found = list(stage.work)
    for number, award in enumerate(stage.awards):
        order = award.order
        works = CATEGORIES[order.category].median > 15_000  # noqa: PLR2004 -- hands are needed
        if not works or order.division >= stage.world.geo.villages or rng.random() < 0.5:  # noqa: PLR2004 -- own staff
            continue
        residents = stage.world.residents(order.division)
        for _ in range(int(rng.integers(1, 6))):
            person = one_of(rng, residents)
            days = int(rng.integers(2, 20))
            wage = days * int(rng.integers(100, 180)) * 100
            if wage > order.fen // 8:
                continue
            at = moment(award.completed + int(rng.integers(2, 30)), rng)
            begin = order.signed + int(rng.integers(1, 6))
            found.append(Work(person, number, begin, days, wage, at))
            ledger.pay(Entry(at, wage, firm_slot(order.firm), person, "务工工资"))
    return [w for w in found if w.begin + w.days < END and w.at < (END + 1) * DAY]


def drawn_holdings(world: World, rng: Chance) -> list[Holding]:
    """Register vehicles, payrolls, businesses and a few houses."""
    means = world.means
    rows: list[Holding] = []

    def since(low: int, high: int) -> int:
        return low + int(rng.integers(0, high - low))

    for person in means.vehicle_of.tolist():
        fen = int(rng.integers(25, 190)) * 100_000
        sold = since(START, END) if rng.random() < 0.06 else NEVER  # noqa: PLR2004 -- sold or scrapped
        rows.append(Holding(person, "vehicle", since(day(2012), START), fen, "", sold))
    for person in means.payroll_of.tolist():
        employer = _EMPLOYERS[int(rng.integers(len(_EMPLOYERS)))]
        rows.append(Holding(person, "payroll", since(day(2000), day(2021)), employer=employer))
    for person in sorted(world.offices.by_person):
        upper = [p for p in world.offices.by_person[person] if p.division >= world.geo.villages]
        if upper:
            employer = world.geo.unit_name(upper[0].division)
            rows.append(Holding(person, "payroll", since(day(2005), day(2019)), employer=employer))
    rows += [Holding(p, "business", since(day(2010), START)) for p in means.business_of.tolist()]
    owners = rng.permutation(means.vehicle_of)[: len(means.vehicle_of) // 6]
    rows += [
        Holding(p, "house", since(day(2008), START), int(rng.integers(20, 90)) * 1_000_000)
        for p in sorted(owners.tolist())
    ]
    return sorted(rows, key=lambda r: (r.person, r.kind, r.acquired))


def _term(world: World, official: int, relative: int) -> str:
    """Return how an official names a near relative."""
    male = bool(world.people.tree.male[relative])
    one = {official}
    if relative in world.kin.spouses(one):
        return "配偶"
    if relative in world.kin.parents(one):
        return "父亲" if male else "母亲"
    if relative in world.kin.children(one):
        return "儿子" if male else "女儿"
    return "兄弟" if male else "姐妹"


def drawn_declarations(stage: Stage, rng: Chance) -> list[Declared]:
    """Let officials declare a few near relatives each; nobody declares all."""
    world = stage.world
    pairs = dict.fromkeys(stage.declared)
    for post in world.offices.posts:
        if post.role is Role.GROUP_LEADER or post.end < START:
            continue
        near = sorted(p for p in world.kin.near(post.person) if world.people.listed[p])
        count = min(len(near), int(rng.integers(0, 4)))
        chosen: Ints = rng.permutation(len(near))[:count]
        pairs |= dict.fromkeys((post.person, near[int(i)]) for i in chosen)
    return [Declared(o, _term(world, o, r), r) for o, r in sorted(pairs)]
