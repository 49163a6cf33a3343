"""A small graph with everything that engines may disagree about, each thing on purpose."""

from datetime import date, datetime

from tests.village import V1, Village

V2 = "361025101202"
FAR = "430102001001"
PEOPLE = tuple(f"person:{n:020x}" for n in range(1, 8))
FIRMS = tuple(f"company:{n:020x}" for n in range(1, 5))
ACCOUNTS = tuple(f"account:{n:020x}" for n in range(1, 9))
HOME, POST, BODY = "household:" + "a" * 20, "post:" + "b" * 20, "body:" + "c" * 20
CONTRACT, MATTER, BENEFIT = "contract:" + "d" * 20, "matter:" + "e" * 20, "benefit:" + "f" * 20
ASSET, REPORT, DOCUMENT = "asset:" + "1" * 20, "report:" + "2" * 20, "document:" + "3" * 20
ALONE = "person:" + "9" * 20


def knot() -> Village:
    """Return a graph with loops, parallel and equal rows, odd text, open and touching dates."""
    v = Village()
    _nodes(v)
    _families(v)
    _firms(v)
    _money(v)
    _village(v)
    return v


def _nodes(v: Village) -> None:
    places = (V1, V1, V2, V1, FAR, V2, V1)
    for n, (node, place) in enumerate(zip(PEOPLE, places, strict=True)):
        name = ("陈志远", "陈浩", 'O\'Neil "欧"', "王\n伟", "李😀娜", "周\\平", "陈志远")[n]
        seen = v.record("households", n + 2, node)
        v.add("Person", [seen], id=node, name=name, sex="M", division=place, status="active")
    v.add("Person", id=ALONE, name="独居", division=V1)
    for n, node in enumerate(FIRMS):
        seen = v.record("contractors", n + 2, node, date(2015, 1, n + 1))
        v.add("Company", [seen], id=node, name=f"恒拓{n}（榕川）'建筑'有限公司", capital=n * 10**12)
    for n, node in enumerate(ACCOUNTS):
        holder = (*PEOPLE[:5], FIRMS[0], BODY, None)[n]
        v.add("Account", id=node, number=f"6228{n:012d}", holder=holder)
        if holder:
            v.add("HAS_ACCOUNT", source=holder, target=node, valid_from=date(2018, 1, 1))
    v.add("HAS_ACCOUNT", source=PEOPLE[5], target=ACCOUNTS[0])
    v.add("PublicBody", id=BODY, number=f"{V1}-VC", name="柳湾村村民委员会", division=V1)
    for code in (V1, V2):
        v.add("Division", id=f"division:{code}", number=code, level="village")


def _families(v: Village) -> None:
    """Kin both ways, of one word and of two, a loop, an end on the day another begins."""
    said = (
        (0, 1, "Dm", True, None, None),
        (1, 0, "Um", True, None, None),
        (0, 2, "Sf", True, date(2000, 5, 1), date(2010, 6, 30)),
        (0, 3, "Sf", True, date(2010, 6, 30), None),
        (0, 3, "DmSf", False, date(2010, 6, 30), None),
        (3, 4, "UmDm", True, None, date(2019, 12, 31)),
        (4, 5, "UmDmDm", False, date(2020, 1, 1), None),
        (1, 1, "S", True, None, None),
        (6, 0, "UmDm", True, None, None),
    )
    for n, (source, target, word, scope, begin, end) in enumerate(said):
        seen = v.record("relatives", n + 2, PEOPLE[source])
        v.add(
            "KIN", [seen], source=PEOPLE[source], target=PEOPLE[target], relation=word, degree=1,
            in_scope=scope, via=[PEOPLE[2]] if n == 4 else [], valid_from=begin, valid_to=end,
        )  # fmt: skip
    v.add("Household", id=HOME, size=3, division=V1)
    for n in (0, 1, 3):
        v.add("MEMBER_OF", source=PEOPLE[n], target=HOME, relation_to_head=f"0{n + 1}")
    v.add("KIN", source=PEOPLE[0], target="person:" + "0" * 20, relation="Dm", in_scope=True)


def _firms(v: Village) -> None:
    """Shares in two terms that touch, a ring of three firms, a firm that holds itself."""
    spans = ((date(2015, 1, 1), date(2018, 12, 31)), (date(2018, 12, 31), None))
    for n, (begin, end) in enumerate(spans):
        seen = v.record("shareholders", n + 2, FIRMS[0], begin)
        v.add(
            "OWNS", [seen], source=PEOPLE[1], target=FIRMS[0], share=0.3 + n / 10,
            valid_from=begin, valid_to=end,
        )  # fmt: skip
    for source, target in ((0, 1), (1, 2), (2, 0), (2, 2), (2, 3)):
        v.add("OWNS", source=FIRMS[source], target=FIRMS[target], share=0.5)
    twice = v.record("shareholders", 9, FIRMS[3])
    for _ in range(2):
        v.add("OWNS", [twice], source=PEOPLE[4], target=FIRMS[3], share=0.05)
    v.add("REPRESENTS", source=PEOPLE[1], target=FIRMS[0])
    v.add("DIRECTS", source=PEOPLE[5], target=FIRMS[3], role="manager", valid_to=date(2021, 1, 1))
    v.add("CONTROLS", source=PEOPLE[1], target=FIRMS[1], strength=0.4, via=[FIRMS[0]], layers=2)
    v.add("EMPLOYED_BY", source=PEOPLE[0], target=FIRMS[3], valid_to=date(2012, 1, 1))
    for a, b, what in ((PEOPLE[0], FIRMS[2], "phone"), (FIRMS[0], FIRMS[3], "address")):
        v.add("SHARES", source=a, target=b, attribute=what, holders=2, rarity=7.5)


def _money(v: Village) -> None:
    """Trails with equal moments, both ways between two accounts, to itself, at midnight."""
    day = date(2024, 1, 1)
    said = (
        (6, 5, 1, 9), (5, 0, 1, 9), (5, 0, 2, 0), (5, 0, 2, 0), (0, 1, 2, 0), (1, 2, 3, 23),
        (2, 3, 4, 0), (0, 5, 2, 12), (3, 3, 4, 12), (3, 6, 31, 0), (7, 6, 1, 8), (1, 6, 1, 10),
    )  # fmt: skip
    for n, (payer, payee, on, hour) in enumerate(said):
        at = datetime(2024, 1, on, hour, 30 if hour else 0)  # noqa: DTZ001 - registers state local time
        number = f"P{n:03d}"
        seen = v.record("payments", n + 2, number, at.date())
        v.add(
            "PAID", [seen], source=ACCOUNTS[payer], target=ACCOUNTS[payee], number=number,
            paid_at=at, amount=100 * n + 1, purpose="付“工程款”\t100%", division=V1,
            contract=CONTRACT if payee == 5 else None, valid_from=at.date(), valid_to=at.date(),
        )  # fmt: skip
    v.add("PAID", source=ACCOUNTS[4], target=ACCOUNTS[0], valid_from=day, valid_to=day)


def _village(v: Village) -> None:
    """Add a post held twice, a contract with all its parts, a benefit, a lease, a report."""
    v.add("Post", id=POST, title="村党支部书记", role="secretary", level="village", division=V1)
    v.add("AT", source=POST, target=f"division:{V1}")
    v.add("AT", source=f"division:{V1}", target=f"division:{V2}")
    terms = ((0, date(2010, 1, 1), date(2015, 1, 1)), (0, date(2015, 1, 1), None),
             (5, date(2001, 1, 1), date(2009, 12, 31)))  # fmt: skip
    for n, (who, begin, end) in enumerate(terms):
        seen = v.record("officials", n + 2, PEOPLE[who], begin)
        v.add(
            "HOLDS", [seen], source=PEOPLE[who], target=POST, valid_from=begin, valid_to=end,
            duties="低保;工程",
        )  # fmt: skip
    signed = v.record("contracts", 2, "HT-1", date(2024, 1, 1))
    v.add(
        "Contract", [signed], id=CONTRACT, number="HT-1", title="道路'硬化'", amount=5_000_000,
        method="direct", signed_on=date(2024, 1, 1), division=V1,
    )  # fmt: skip
    v.add("AT", source=CONTRACT, target=f"division:{V1}")
    v.add("AWARDED", [signed], source=CONTRACT, target=FIRMS[0], amount=5_000_000,
          valid_from=date(2024, 1, 1))  # fmt: skip
    for n, price in ((0, 5_000_000), (3, 5_100_000)):
        v.add("BID", source=FIRMS[n], target=CONTRACT, price=price, won=n == 0)
    v.add("Matter", id=MATTER, number="SX-1", matter_type="工程", division=V1)
    v.add("UNDER", source=CONTRACT, target=MATTER)
    at = datetime(2023, 12, 31, 23, 59, 59)  # noqa: DTZ001 - registers state local time
    for who, step, decision in ((0, "approval", "approved"), (5, "application", None)):
        seen = v.record("approvals", who + 2, "SX-1", at.date())
        v.add(
            "ACTED", [seen], source=PEOPLE[who], target=MATTER, step=step, decision=decision,
            acted_at=at, valid_from=at.date(), valid_to=at.date(),
        )  # fmt: skip
    v.add("SUBJECT_OF", source=PEOPLE[3], target=MATTER)
    v.add("SUBJECT_OF", source=FIRMS[0], target=MATTER)
    v.add("Benefit", id=BENEFIT, programme="低保", amount=100, payouts=2, division=V1)
    for period in ("2024-01", "2024-02"):
        v.add("BENEFITS", source=PEOPLE[3], target=BENEFIT, period=period, programme="低保",
              amount=50_000, account=ACCOUNTS[3])  # fmt: skip
    v.add("Asset", id=ASSET, number="ZC-1", description="鱼塘", division=V1)
    v.add("AT", source=ASSET, target=f"division:{V1}")
    v.add("LEASES", source=PEOPLE[6], target=ASSET, annual_rent=1, valid_from=date(2020, 1, 1))
    v.add("Report", id=REPORT, number="JB-1", channel="热线", division=V1)
    v.add("REPORTED", source=REPORT, target=PEOPLE[0])
    v.add("REPORTED", source=REPORT, target=CONTRACT)
    v.add("Document", id=DOCUMENT, number="FJ-1", kind="minutes")
    v.add("DOCUMENTS", source=DOCUMENT, target=CONTRACT)
    v.add("WORKED", source=PEOPLE[2], target=CONTRACT, days=3.5, wage=60_000)
    v.add("POSSESSES", source=PEOPLE[3], target=ASSET)
