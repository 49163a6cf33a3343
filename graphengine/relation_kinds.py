"""The kinds of relations, as data; names follow FollowTheMoney where it has the concept."""

from graphengine.kinds import RelationKind, prop
from graphengine.language import Text

_DIVISION = prop("division", "text", "行政区划代码", "division code")
_AMOUNT = prop("amount", "money", "金额", "amount")
_PROGRAMME = prop("programme", "text", "补贴项目", "programme")
_HOLDERS = ("Person", "Company")
RELATION_KINDS: tuple[RelationKind, ...] = (
    RelationKind(
        "MEMBER_OF",
        Text("户内成员", "member of"),
        ("Person",),
        ("Household",),
        (
            prop("relation_to_head", "text", "与户主关系代码", "GB/T 4761 code"),
            prop("status", "text", "人口状态", "population status"),
            prop("status_date", "date", "状态日期", "status date"),
        ),
    ),
    RelationKind(
        "HOLDS",
        Text("任职", "holds post"),
        ("Person",),
        ("Post",),
        (prop("duties", "text", "分管事项", "duties"),),
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
            prop("relation", "text", "关系式", "relation word (what the target is to the source)"),
            prop("degree", "whole", "亲等", "degree"),
            prop("line", "text", "亲系", "line"),
            prop("generation", "whole", "辈分差", "generation"),
            prop("in_scope", "flag", "在回避范围", "in the avoidance scope"),
            prop("basis", "text", "来源", "basis: stated, composed"),
            prop("via", "texts", "经由", "persons on the way (node ids)"),
        ),
    ),
    RelationKind(
        "OWNS",
        Text("持股", "owns"),
        _HOLDERS,
        ("Company",),
        (prop("share", "number", "持股比例", "share (0-1)"),),
    ),
    RelationKind(
        "CONTROLS",
        Text("控制", "controls"),
        _HOLDERS,
        ("Company",),
        (
            prop("strength", "number", "强度", "strength (0-1)"),
            prop("how", "text", "方式", "how"),
            prop("layers", "whole", "层数", "layers"),
            prop("via", "texts", "经由", "companies on the way (node ids)"),
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
        (prop("role", "text", "角色", "role"),),
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
            prop("number", "text", "流水号", "payment number"),
            prop("paid_at", "datetime", "付款时间", "paid at"),
            _AMOUNT,
            prop("purpose", "text", "用途", "purpose"),
            _PROGRAMME,
            prop("contract", "text", "合同", "contract's node id"),
            prop("matter", "text", "事项", "matter's node id"),
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
            prop("price", "money", "报价", "price"),
            prop("submitted_at", "datetime", "投标时间", "submitted at"),
            prop("won", "flag", "中标", "won"),
            prop("contact_phone", "text", "联系电话", "contact phone", protected=True),
            prop("ip", "text", "IP", "IP address"),
            prop("mac", "text", "MAC", "MAC address"),
        ),
    ),
    RelationKind("UNDER", Text("依据事项", "under matter"), ("Contract",), ("Matter",)),
    RelationKind(
        "ACTED",
        Text("办理", "acted in"),
        ("Person",),
        ("Matter",),
        (
            prop("step", "text", "环节", "step"),
            prop("decision", "text", "意见", "decision"),
            prop("acted_at", "datetime", "办理时间", "acted at"),
            prop("recorded_at", "datetime", "录入时间", "recorded at"),
            prop("subject", "text", "对象", "subject's node id"),
            prop("contract", "text", "合同", "contract's node id"),
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
            prop("period", "text", "发放期", "period"),
            _AMOUNT,
            prop("account", "text", "账户", "account's node id"),
            prop("matter", "text", "事项", "matter's node id"),
        ),
    ),
    RelationKind(
        "LEASES",
        Text("承租", "leases"),
        _HOLDERS,
        ("Asset",),
        (
            prop("annual_rent", "money", "年租金", "rent a year"),
            prop("method", "text", "方式", "method"),
            prop("matter", "text", "事项", "matter's node id"),
        ),
    ),
    RelationKind(
        "WORKED",
        Text("用工", "worked under"),
        ("Person",),
        ("Contract", "Matter"),
        (
            prop("number", "text", "用工编号", "work number"),
            prop("days", "number", "天数", "days"),
            prop("wage", "money", "工资", "wage"),
            prop("account", "text", "账户", "account's node id"),
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
            prop("attribute", "text", "共用项", "attribute: phone, address, account, device"),
            prop("holders", "whole", "共用者数", "how many share it"),
            prop("rarity", "number", "稀有度", "rarity: -ln(share of holders)"),
        ),
    ),
    RelationKind(
        "SAME_AS",
        Text("疑同一", "same as"),
        _HOLDERS,
        _HOLDERS,
        (
            prop("probability", "number", "概率", "probability"),
            prop("judgement", "text", "判断", "judgement"),
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
