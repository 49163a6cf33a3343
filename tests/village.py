"""A village in memory, written as a graph version: where tests of the graph's readers start."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from graphengine.clue import Clue
from graphengine.finding import Fact, Finding, Innocent, Statistics, Step, Subject, Unavailable
from graphengine.identifiers import NodeId, RecordId, node_id
from graphengine.language import Text
from graphengine.specimen import account_number, company_code, resident_id
from graphengine.tables.schema import SOURCES_SCHEMA, schema_of
from graphengine.tables.write import write_kind, write_meta, write_missing, write_parquet
from graphengine.vocabulary import NODES

KEY = bytes(range(32))
V1 = "361025101201"

Row = Mapping[str, Any]


def person(name: str) -> NodeId:
    return node_id("person", resident_id(name), KEY)


def company(name: str) -> NodeId:
    return node_id("company", company_code(name), KEY)


def account(name: str) -> NodeId:
    return node_id("account", account_number(name), KEY)


def contract(number: str) -> NodeId:
    return node_id("contract", number, KEY)


@dataclass
class Village:
    """Rows per kind, and the register rows behind them; `record` numbers them as they come."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)

    def record(
        self, register: str, row: int, key: str | None = None, at: date | None = None
    ) -> int:
        number = len(self.sources) + 1
        self.sources.append(
            {
                "record": number,
                "register": register,
                "file": f"{register}.csv",
                "row": row,
                "key": key,
                "date": at,
            }
        )
        return number

    def add(self, kind: str, records: Sequence[int] = (), /, **values: object) -> None:
        self.rows.setdefault(kind, []).append({**values, "records": list(records)})

    def write(self, folder: Path) -> Path:
        for kind, rows in self.rows.items():
            schema = schema_of(kind)
            complete = [{name: row.get(name) for name in schema.names} for row in rows]
            first = "id" if kind in NODES else "source"
            complete.sort(key=lambda row: (row[first], row.get("target") or "", str(row)))
            write_kind(folder, kind, pa.Table.from_pylist(complete, schema=schema))
        write_missing(folder)
        write_parquet(
            pa.Table.from_pylist(self.sources, schema=SOURCES_SCHEMA), folder / "sources.parquet"
        )
        write_meta(folder, {"schema": "shunteng.graph/1", "version": folder.name, "registers": {}})
        return folder


def willow() -> Village:
    """Return a secretary, his son's firm, its contracts, the village's money; a neighbour apart."""
    v = Village()
    people = [("陈志远", "chen"), ("陈浩", "hao"), ("林秀珍", "lin"), ("王伟", "wang")]
    for row, (name, token) in enumerate(people, start=2):
        seen = v.record("households", row, person(token))
        v.add(
            "Person", [seen], id=person(token), number=resident_id(token), name=name, sex="M",
            birth_date=date(1970, 1, 1), phone="13900001001", address="柳湾村1组8号",
            status="active", division=V1,
        )  # fmt: skip
    firm = v.record("contractors", 2, company("firm"), date(2017, 4, 10))
    v.add(
        "Company", [firm], id=company("firm"), number=company_code("firm"),
        name="恒拓建筑有限公司", legal_rep_name="陈浩", registered_on=date(2017, 4, 10),
        capital=200_000_000, status="active",
    )  # fmt: skip
    body = NodeId("body:" + "b" * 20)
    v.add("PublicBody", id=body, number=f"{V1}-VC", name="柳湾村村民委员会", division=V1)
    v.add("Division", id=f"division:{V1}", number=V1, level="village", parent="361025101000")
    held = v.record("officials", 2, person("chen"), date(2018, 3, 1))
    post = NodeId("post:" + "a" * 20)
    v.add(
        "Post", [held], id=post, title="村党支部书记", unit="柳湾村", role="secretary", division=V1
    )
    v.add("HOLDS", [held], source=person("chen"), target=post, valid_from=date(2018, 3, 1))
    for holder, name in (("chen", "陈志远"), ("hao", "陈浩"), ("lin", "林秀珍"), ("wang", "王伟")):
        seen = v.record("accounts", len(v.sources) + 2, account(holder), date(2018, 5, 1))
        v.add(
            "Account", [seen], id=account(holder), number=account_number(holder), bank="农商银行",
            holder=person(holder), holder_kind="Person", holder_name=name,
        )  # fmt: skip
        v.add("HAS_ACCOUNT", [seen], source=person(holder), target=account(holder))
    for holder, node, kind in (("vc", body, "PublicBody"), ("firm", company("firm"), "Company")):
        seen = v.record("accounts", len(v.sources) + 2, account(holder), date(2018, 5, 1))
        v.add(
            "Account", [seen], id=account(holder), number=account_number(holder), holder=node,
            holder_kind=kind, holder_name="恒拓建筑有限公司" if holder == "firm" else "村委会",
        )  # fmt: skip
        v.add("HAS_ACCOUNT", [seen], source=node, target=account(holder))
    _ties(v)
    _money(v)
    v.add("AT", source=post, target=f"division:{V1}")
    return v


def _ties(v: Village) -> None:
    kin = v.record("households", 9, person("hao"))
    v.add(
        "KIN", [kin], source=person("chen"), target=person("hao"), relation="Dm", degree=1,
        line="blood", generation=-1, in_scope=True, basis="stated", via=[],
    )  # fmt: skip
    v.add(
        "KIN", [kin], source=person("chen"), target=person("lin"), relation="Sf", degree=0,
        line="affinity", generation=0, in_scope=True, basis="stated", via=[],
    )  # fmt: skip
    owns = v.record("shareholders", 2, company("firm"), date(2017, 4, 10))
    v.add(
        "OWNS", [owns], source=person("hao"), target=company("firm"), share=0.6,
        valid_from=date(2017, 4, 10),
    )  # fmt: skip
    for row, (number, fen) in enumerate((("HT2023-01", 18_600_000), ("HT2023-03", 24_800_000)), 2):
        seen = v.record("contracts", row, number, date(2023, 4, 18))
        v.add(
            "Contract", [seen], id=contract(number), number=number,
            title=f"王伟家门口道路硬化{row}", category="道路", buyer_name="柳湾村村民委员会",
            amount=fen, method="direct", signed_on=date(2023, 4, 18), division=V1,
        )  # fmt: skip
        v.add(
            "AWARDED", [seen], source=contract(number), target=company("firm"), amount=fen,
            valid_from=date(2023, 4, 18),
        )  # fmt: skip


def _money(v: Village) -> None:
    way = [("vc", "firm", 11_160_000), ("firm", "lin", 10_000_000), ("vc", "wang", 52_000)]
    for day, (payer, payee, fen) in enumerate(way, start=1):
        for month in (5, 6):
            at = datetime(2023, month, day, 9, 12)  # noqa: DTZ001 - registers state local time
            number = f"P{month}{day}"
            seen = v.record("payments", len(v.sources) + 2, number, at.date())
            v.add(
                "PAID", [seen], source=account(payer), target=account(payee), number=number,
                paid_at=at, amount=fen, purpose="付陈志远工程款 11010519491231002X",
                division=V1, valid_from=at.date(), valid_to=at.date(),
            )  # fmt: skip


def kin_clue(village: Village) -> Clue:
    """Return a clue of the village: the secretary's son's firm, hired twice, paid his wife."""
    rows = village.sources
    number = {(s["register"], s["key"]): RecordId(s["record"]) for s in rows}
    kin = RecordId(
        next(s["record"] for s in rows if (s["register"], s["row"]) == ("households", 9))
    )
    facts = (
        Fact(kin, Text("{1}是{0}之子", "{1} is {0}'s son")),
        Fact(number["shareholders", company("firm")], Text("{1}持股 60%", "{1} holds 60 %")),
        Fact(number["contracts", "HT2023-01"], Text("直接委托 {2}", "{2} was hired directly")),
        Fact(number["contracts", "HT2023-03"], Text("直接委托 {2}", "{2} was hired directly")),
        Fact(number["payments", "P52"], Text("{2} 付给 {3}", "{2} paid {3}")),
        Fact(number["payments", "P62"], Text("{2} 付给 {3}", "{2} paid {3}")),
    )
    chen, hao, firm, lin = person("chen"), person("hao"), company("firm"), person("lin")
    finding = Finding(
        rule="kin-contract",
        division=V1,
        key=(chen, firm),
        title=Text("亲属企业承揽", "Contracts to a kin's firm"),
        summary=Text(
            "{0}在任期间，其子{1}的{2}两次不经招标承揽本村工程。",
            "While {0} was in office, {2}, the firm of son {1}, was twice hired without a tender.",
        ),
        subjects=(
            Subject(chen, "official"),
            Subject(hao, "kin"),
            Subject(firm, "supplier"),
            Subject(lin, "kin"),
        ),
        facts=facts,
        path=(
            Step(chen, hao, "KIN", Text("之父", "father of"), facts=(0,)),
            Step(hao, firm, "OWNS", Text("持股 60%", "holds 60 %"), date(2017, 4, 10), None, (1,)),
            Step(
                contract("HT2023-01"), firm, "AWARDED", Text("直接委托", "hired directly"),
                date(2023, 4, 18), 18_600_000, (2,),
            ),
            Step(
                contract("HT2023-03"), firm, "AWARDED", Text("直接委托", "hired directly"),
                date(2023, 4, 18), 24_800_000, (3,),
            ),
            *(
                Step(
                    account("firm"), account("lin"), "PAID", Text("付款", "paid"),
                    date(2023, month, 2), 10_000_000, (fact,),
                )
                for month, fact in ((5, 4), (6, 5))
            ),
        ),
        amount=43_400_000,
        window=(date(2023, 4, 18), date(2023, 6, 2)),
        statistics=Statistics("deterministic", n=12, base_rate=0.01),
        innocent=(
            Innocent("open-tender", Text("公开招标", "an open tender"), tested=True, holds=False),
            Innocent("recused", Text("已回避", "he recused himself"), tested=False, holds=False),
        ),
        refuted_by=(Text("{0}不在决定现场", "{0} took no part in the decision"),),
        unavailable=(Unavailable("bids", Text("没有投标登记", "there is no register of bids")),),
    )  # fmt: skip
    return Clue("kin-contract-0123456789abcdef", "1", 1, "suspicion", 1, 0.93, finding)


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
