"""The kinds of nodes, as data; names follow FollowTheMoney where it has the concept."""

from graphengine.kinds import NodeKind, prop
from graphengine.language import Text

_DIVISION = prop("division", "text", "行政区划代码", "division code")
_NUMBER = prop("number", "text", "编号", "number")
_SECRET_NUMBER = prop("number", "text", "证件号", "identity number", protected=True)
_NAME = prop("name", "text", "名称", "name")
_PHONE = prop("phone", "text", "电话", "phone", protected=True)
_ADDRESS = prop("address", "text", "地址", "address", protected=True)
_AMOUNT = prop("amount", "money", "金额", "amount")
_PROGRAMME = prop("programme", "text", "补贴项目", "programme")

NODE_KINDS: tuple[NodeKind, ...] = (
    NodeKind(
        "Person",
        "person",
        Text("人员", "person"),
        "name",
        (
            _SECRET_NUMBER,
            prop("name", "text", "姓名", "name", protected=True),
            prop("sex", "text", "性别", "sex"),
            prop("birth_date", "date", "出生日期", "birth date", protected=True),
            prop("death_date", "date", "死亡日期", "death date"),
            _PHONE,
            _ADDRESS,
            prop("status", "text", "人口状态", "population status"),
            prop("status_date", "date", "状态日期", "status date"),
            _DIVISION,
        ),
    ),
    NodeKind(
        "Household",
        "household",
        Text("家庭", "household"),
        "id",
        (
            prop("number", "text", "户号", "household number", protected=True),
            prop("size", "whole", "在册人数", "active members"),
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
            prop(
                "number", "text", "统一社会信用代码", "unified social credit code", protected=True
            ),
            _NAME,
            prop(
                "legal_rep_name",
                "text",
                "法定代表人姓名",
                "legal representative's name",
                protected=True,
            ),
            prop("registered_on", "date", "成立日期", "registered on"),
            prop("capital", "money", "注册资本", "registered capital"),
            prop("employees", "whole", "参保人数", "insured employees"),
            _ADDRESS,
            _PHONE,
            prop("status", "text", "登记状态", "registration status"),
        ),
    ),
    NodeKind(
        "PublicBody",
        "body",
        Text("公共机构", "public body"),
        "name",
        (prop("number", "text", "机构代码", "public-body code"), _NAME, _DIVISION),
    ),
    NodeKind(
        "Division",
        "division",
        Text("行政区划", "division"),
        "number",
        (
            _NUMBER,
            prop("level", "text", "层级", "level"),
            prop("parent", "text", "上级", "parent code"),
        ),
    ),
    NodeKind(
        "Post",
        "post",
        Text("职务", "post"),
        "title",
        (
            prop("title", "text", "职务", "title"),
            prop("unit", "text", "单位", "unit"),
            prop("role", "text", "职务类别", "role"),
            prop("level", "text", "层级", "level"),
            _DIVISION,
        ),
    ),
    NodeKind(
        "Account",
        "account",
        Text("账户", "account"),
        "id",
        (
            prop("number", "text", "账号", "account number", protected=True),
            prop("bank", "text", "开户行", "bank"),
            prop("opened_on", "date", "开户日期", "opened on"),
            _PHONE,
            prop("holder", "text", "持有人", "holder's node id"),
            prop("holder_kind", "text", "持有人类别", "holder's kind"),
            prop("holder_name", "text", "户名", "holder's name", protected=True),
        ),
    ),
    NodeKind(
        "Contract",
        "contract",
        Text("合同", "contract"),
        "title",
        (
            _NUMBER,
            prop("title", "text", "合同名称", "title"),
            prop("category", "text", "类别", "category"),
            prop("buyer_name", "text", "发包方", "buyer"),
            _AMOUNT,
            prop("method", "text", "采购方式", "method"),
            prop("signed_on", "date", "签订日期", "signed on"),
            prop("announced_on", "date", "公告日期", "announced on"),
            prop("completed_on", "date", "完工日期", "completed on"),
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
            prop("matter_type", "text", "事项类型", "matter type"),
            _PROGRAMME,
            _AMOUNT,
            prop("first_at", "datetime", "最早办理", "first step at"),
            prop("last_at", "datetime", "最晚办理", "last step at"),
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
            prop("first_period", "text", "首期", "first period"),
            prop("last_period", "text", "末期", "last period"),
            prop("payouts", "whole", "发放次数", "payouts"),
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
            prop("kind", "text", "种类", "kind"),
            prop("description", "text", "描述", "description"),
            prop("area_mu", "number", "面积（亩）", "area in mu"),
            prop("reference_rent", "money", "参考年租金", "reference rent a year"),
            prop("value", "money", "价值", "value"),
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
            prop("received_at", "datetime", "收到时间", "received at"),
            prop("channel", "text", "渠道", "channel"),
            prop("text", "text", "内容", "text", protected=True),
            prop("about_name", "text", "被反映人姓名", "name of whom it is about", protected=True),
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
            prop("kind", "text", "种类", "kind"),
            prop("text", "text", "内容", "text", protected=True),
            prop("sha256", "text", "摘要值", "SHA-256"),
            prop("created_at", "datetime", "形成时间", "created at"),
        ),
    ),
)
