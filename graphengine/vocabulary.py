"""The words of the graph, as data: node kinds and relation kinds with their properties and labels.

Names follow FollowTheMoney where it has the concept. Table schemas, exports, pages and the Cypher
stores are all derived from this one place.
"""

from dataclasses import dataclass
from typing import Literal

from graphengine.language import Text

PropertyType = Literal["text", "date", "datetime", "money", "number", "whole", "flag", "texts"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relation; a protected one is shown only when revealed on record.

    Types: money is CNY fen (int64), number is float64, datetime is local time (Asia/Shanghai).
    """

    name: str
    type: PropertyType
    title: Text
    protected: bool = False


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node; `prefix` starts its ids, `label` names the property people call it by."""

    name: str
    prefix: str
    title: Text
    label: str
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation from the `sources` kinds to the `targets` kinds."""

    name: str
    title: Text
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    properties: tuple[Property, ...] = ()


def _p(name: str, kind: PropertyType, zh: str, en: str, *, protected: bool = False) -> Property:
    return Property(name, kind, Text(zh, en), protected)


_DIVISION = _p("division", "text", "行政区划代码", "division code")
_NUMBER = _p("number", "text", "编号", "number")
_SECRET_NUMBER = _p("number", "text", "证件号", "identity number", protected=True)
_NAME = _p("name", "text", "名称", "name")
_PHONE = _p("phone", "text", "电话", "phone", protected=True)
_ADDRESS = _p("address", "text", "地址", "address", protected=True)
_AMOUNT = _p("amount", "money", "金额", "amount")
_PROGRAMME = _p("programme", "text", "补贴项目", "programme")

NODE_KINDS: tuple[NodeKind, ...] = (
    NodeKind(
        "Person",
        "person",
        Text("人员", "person"),
        "name",
        (
            _SECRET_NUMBER,
            _p("name", "text", "姓名", "name", protected=True),
            _p("sex", "text", "性别", "sex"),
            _p("birth_date", "date", "出生日期", "birth date", protected=True),
            _p("death_date", "date", "死亡日期", "death date"),
            _PHONE,
            _ADDRESS,
            _p("status", "text", "人口状态", "population status"),
            _p("status_date", "date", "状态日期", "status date"),
            _DIVISION,
        ),
    ),
    NodeKind(
        "Household",
        "household",
        Text("家庭", "household"),
        "id",
        (
            _p("number", "text", "户号", "household number", protected=True),
            _p("size", "whole", "在册人数", "active members"),
            _ADDRESS,
            _DIVISION,
        ),
    ),
    NodeKind(
        "Company",
        "company",
        Text("企业", "company"),
        "name",
        (
            _p("number", "text", "统一社会信用代码", "unified social credit code", protected=True),
            _NAME,
            _p(
                "legal_rep_name",
                "text",
                "法定代表人姓名",
                "legal representative's name",
                protected=True,
            ),
            _p("registered_on", "date", "成立日期", "registered on"),
            _p("capital", "money", "注册资本", "registered capital"),
            _p("employees", "whole", "参保人数", "insured employees"),
            _ADDRESS,
            _PHONE,
            _p("status", "text", "登记状态", "registration status"),
        ),
    ),
    NodeKind(
        "PublicBody",
        "body",
        Text("公共机构", "public body"),
        "name",
        (_p("number", "text", "机构代码", "public-body code"), _NAME, _DIVISION),
    ),
    NodeKind(
        "Division",
        "division",
        Text("行政区划", "division"),
        "number",
        (
            _NUMBER,
            _p("level", "text", "层级", "level"),
            _p("parent", "text", "上级", "parent code"),
        ),
    ),
    NodeKind(
        "Post",
        "post",
        Text("职务", "post"),
        "title",
        (
            _p("title", "text", "职务", "title"),
            _p("unit", "text", "单位", "unit"),
            _p("role", "text", "职务类别", "role"),
            _p("level", "text", "层级", "level"),
            _DIVISION,
        ),
    ),
    NodeKind(
        "Account",
        "account",
        Text("账户", "account"),
        "id",
        (
            _p("number", "text", "账号", "account number", protected=True),
            _p("bank", "text", "开户行", "bank"),
            _p("opened_on", "date", "开户日期", "opened on"),
            _PHONE,
            _p("holder", "text", "持有人", "holder's node id"),
            _p("holder_kind", "text", "持有人类别", "holder's kind"),
            _p("holder_name", "text", "户名", "holder's name", protected=True),
        ),
    ),
    NodeKind(
        "Contract",
        "contract",
        Text("合同", "contract"),
        "title",
        (
            _NUMBER,
            _p("title", "text", "合同名称", "title"),
            _p("category", "text", "类别", "category"),
            _p("buyer_name", "text", "发包方", "buyer"),
            _AMOUNT,
            _p("method", "text", "采购方式", "method"),
            _p("signed_on", "date", "签订日期", "signed on"),
            _p("announced_on", "date", "公告日期", "announced on"),
            _p("completed_on", "date", "完工日期", "completed on"),
            _DIVISION,
        ),
    ),
    NodeKind(
        "Matter",
        "matter",
        Text("村务事项", "village matter"),
        "number",
        (
            _NUMBER,
            _p("matter_type", "text", "事项类型", "matter type"),
            _PROGRAMME,
            _AMOUNT,
            _p("first_at", "datetime", "最早办理", "first step at"),
            _p("last_at", "datetime", "最晚办理", "last step at"),
            _DIVISION,
        ),
    ),
    NodeKind("Programme", "programme", Text("项目资金", "programme"), "name", (_NAME,)),
    NodeKind(
        "Benefit",
        "benefit",
        Text("补贴", "benefit"),
        "programme",
        (
            _PROGRAMME,
            _p("first_period", "text", "首期", "first period"),
            _p("last_period", "text", "末期", "last period"),
            _p("payouts", "whole", "发放次数", "payouts"),
            _AMOUNT,
            _DIVISION,
        ),
    ),
    NodeKind(
        "Asset",
        "asset",
        Text("资产", "asset"),
        "description",
        (
            _NUMBER,
            _p("kind", "text", "种类", "kind"),
            _p("description", "text", "描述", "description"),
            _p("area_mu", "number", "面积（亩）", "area in mu"),
            _p("reference_rent", "money", "参考年租金", "reference rent a year"),
            _p("value", "money", "价值", "value"),
            _DIVISION,
        ),
    ),
    NodeKind(
        "Report",
        "report",
        Text("群众举报", "report"),
        "number",
        (
            _NUMBER,
            _p("received_at", "datetime", "收到时间", "received at"),
            _p("channel", "text", "渠道", "channel"),
            _p("text", "text", "内容", "text", protected=True),
            _p("about_name", "text", "被反映人姓名", "name of whom it is about", protected=True),
            _PROGRAMME,
            _DIVISION,
        ),
    ),
    NodeKind(
        "Document",
        "document",
        Text("附件", "document"),
        "number",
        (
            _NUMBER,
            _p("kind", "text", "种类", "kind"),
            _p("text", "text", "内容", "text", protected=True),
            _p("sha256", "text", "摘要值", "SHA-256"),
            _p("created_at", "datetime", "形成时间", "created at"),
        ),
    ),
)

_HOLDERS = ("Person", "Company")
RELATION_KINDS: tuple[RelationKind, ...] = (
    RelationKind(
        "MEMBER_OF",
        Text("户内成员", "member of"),
        ("Person",),
        ("Household",),
        (
            _p("relation_to_head", "text", "与户主关系代码", "GB/T 4761 code"),
            _p("status", "text", "人口状态", "population status"),
            _p("status_date", "date", "状态日期", "status date"),
        ),
    ),
    RelationKind(
        "HOLDS",
        Text("任职", "holds post"),
        ("Person",),
        ("Post",),
        (_p("duties", "text", "分管事项", "duties"),),
    ),
    RelationKind(
        "AT",
        Text("位于", "at"),
        (
            "Household",
            "Post",
            "PublicBody",
            "Contract",
            "Matter",
            "Benefit",
            "Asset",
            "Report",
            "Division",
        ),
        ("Division",),
    ),
    RelationKind(
        "KIN",
        Text("亲属", "kin"),
        ("Person",),
        ("Person",),
        (
            _p("relation", "text", "关系式", "relation word (what the target is to the source)"),
            _p("degree", "whole", "亲等", "degree"),
            _p("line", "text", "亲系", "line"),
            _p("generation", "whole", "辈分差", "generation"),
            _p("in_scope", "flag", "在回避范围", "in the avoidance scope"),
            _p("basis", "text", "来源", "basis: stated, composed"),
            _p("via", "texts", "经由", "persons on the way (node ids)"),
        ),
    ),
    RelationKind(
        "OWNS",
        Text("持股", "owns"),
        _HOLDERS,
        ("Company",),
        (_p("share", "number", "持股比例", "share (0-1)"),),
    ),
    RelationKind(
        "CONTROLS",
        Text("控制", "controls"),
        _HOLDERS,
        ("Company",),
        (
            _p("strength", "number", "强度", "strength (0-1)"),
            _p("how", "text", "方式", "how"),
            _p("layers", "whole", "层数", "layers"),
            _p("via", "texts", "经由", "companies on the way (node ids)"),
        ),
    ),
    RelationKind(
        "REPRESENTS",
        Text("法定代表人", "legal representative of"),
        ("Person",),
        ("Company",),
    ),
    RelationKind(
        "DIRECTS",
        Text("任高管", "director or manager of"),
        _HOLDERS,
        ("Company",),
        (_p("role", "text", "角色", "role"),),
    ),
    RelationKind(
        "HAS_ACCOUNT",
        Text("开户", "has account"),
        ("Person", "Company", "PublicBody"),
        ("Account",),
    ),
    RelationKind(
        "PAID",
        Text("付款", "paid"),
        ("Account",),
        ("Account",),
        (
            _p("number", "text", "流水号", "payment number"),
            _p("paid_at", "datetime", "付款时间", "paid at"),
            _AMOUNT,
            _p("purpose", "text", "用途", "purpose"),
            _PROGRAMME,
            _p("contract", "text", "合同", "contract's node id"),
            _p("matter", "text", "事项", "matter's node id"),
            _DIVISION,
        ),
    ),
    RelationKind(
        "AWARDED",
        Text("中标", "awarded to"),
        ("Contract",),
        ("Company",),
        (_AMOUNT,),
    ),
    RelationKind(
        "BID",
        Text("投标", "bid for"),
        ("Company",),
        ("Contract",),
        (
            _p("price", "money", "报价", "price"),
            _p("submitted_at", "datetime", "投标时间", "submitted at"),
            _p("won", "flag", "中标", "won"),
            _p("contact_phone", "text", "联系电话", "contact phone", protected=True),
            _p("ip", "text", "IP", "IP address"),
            _p("mac", "text", "MAC", "MAC address"),
        ),
    ),
    RelationKind("UNDER", Text("依据事项", "under matter"), ("Contract",), ("Matter",)),
    RelationKind(
        "ACTED",
        Text("办理", "acted in"),
        ("Person",),
        ("Matter",),
        (
            _p("step", "text", "环节", "step"),
            _p("decision", "text", "意见", "decision"),
            _p("acted_at", "datetime", "办理时间", "acted at"),
            _p("recorded_at", "datetime", "录入时间", "recorded at"),
            _p("subject", "text", "对象", "subject's node id"),
            _p("contract", "text", "合同", "contract's node id"),
            _PROGRAMME,
            _AMOUNT,
        ),
    ),
    RelationKind("SUBJECT_OF", Text("事项对象", "subject of"), _HOLDERS, ("Matter",)),
    RelationKind(
        "BENEFITS",
        Text("领取补贴", "receives"),
        ("Person",),
        ("Benefit",),
        (
            _PROGRAMME,
            _p("period", "text", "发放期", "period"),
            _AMOUNT,
            _p("account", "text", "账户", "account's node id"),
            _p("matter", "text", "事项", "matter's node id"),
        ),
    ),
    RelationKind(
        "LEASES",
        Text("承租", "leases"),
        _HOLDERS,
        ("Asset",),
        (
            _p("annual_rent", "money", "年租金", "rent a year"),
            _p("method", "text", "方式", "method"),
            _p("matter", "text", "事项", "matter's node id"),
        ),
    ),
    RelationKind(
        "WORKED",
        Text("用工", "worked under"),
        ("Person",),
        ("Contract", "Matter"),
        (
            _p("number", "text", "用工编号", "work number"),
            _p("days", "number", "天数", "days"),
            _p("wage", "money", "工资", "wage"),
            _p("account", "text", "账户", "account's node id"),
            _DIVISION,
        ),
    ),
    RelationKind("POSSESSES", Text("拥有", "possesses"), ("Person",), ("Asset",)),
    RelationKind(
        "EMPLOYED_BY", Text("受雇于", "employed by"), ("Person",), ("Company", "PublicBody")
    ),
    RelationKind(
        "SHARES",
        Text("共用", "shares"),
        _HOLDERS,
        _HOLDERS,
        (
            _p("attribute", "text", "共用项", "attribute: phone, address, account, device"),
            _p("holders", "whole", "共用者数", "how many share it"),
            _p("rarity", "number", "稀有度", "rarity: -ln(share of holders)"),
        ),
    ),
    RelationKind(
        "SAME_AS",
        Text("疑同一", "same as"),
        _HOLDERS,
        _HOLDERS,
        (
            _p("probability", "number", "概率", "probability"),
            _p("judgement", "text", "判断", "judgement"),
        ),
    ),
    RelationKind(
        "REPORTED",
        Text("反映", "is about"),
        ("Report",),
        ("Person", "Company", "Contract"),
    ),
    RelationKind("DOCUMENTS", Text("佐证", "documents"), ("Document",), ("Matter", "Contract")),
)

NODES = {kind.name: kind for kind in NODE_KINDS}
RELATIONS = {kind.name: kind for kind in RELATION_KINDS}
KIND_BY_PREFIX = {kind.prefix: kind for kind in NODE_KINDS}

REGISTERS: dict[str, Text] = {
    "officials": Text("干部名册", "officials"),
    "households": Text("户籍册", "households"),
    "contractors": Text("企业名录", "contractors"),
    "payments": Text("资金流水", "payments"),
    "approvals": Text("审批记录", "approvals"),
    "shareholders": Text("股东高管", "shareholders"),
    "accounts": Text("账户", "accounts"),
    "contracts": Text("合同", "contracts"),
    "bids": Text("投标", "bids"),
    "benefits": Text("补贴发放", "benefits"),
    "relatives": Text("亲属申报", "relatives"),
    "leases": Text("集体资产租赁", "leases"),
    "reports": Text("群众举报", "reports"),
    "labour": Text("用工表", "labour"),
    "holdings": Text("财产与身份登记", "holdings"),
    "documents": Text("附件", "documents"),
}
