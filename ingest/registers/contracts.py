"""合同: one row per contract."""

from ingest.kinds import CODE, COMPANY_CODE, DATE, DIVISION, MONEY, NAME, TEXT, choice
from ingest.register import Register, column


class Contracts(Register):
    """One row per contract."""

    _aliases = ("合同", "合同台账")

    contract_id: str = column(CODE, "合同编号", required=True)
    title: str = column(TEXT, "合同名称")
    category: str = column(TEXT, "类别", "合同类别")
    division_code: str = column(DIVISION, "行政区划代码", "区划代码", required=True)
    buyer_name: str = column(NAME, "发包方")
    company_id: str = column(
        COMPANY_CODE, "统一社会信用代码", "中标企业代码", "承包商代码", required=True
    )
    amount: str = column(MONEY, "金额", "合同金额", required=True)
    method: str = column(
        choice(
            "open 公开招标; invited 邀请招标; negotiated 竞争性谈判; direct 直接委托; small 小额"
        ),
        "采购方式",
        required=True,
    )
    signed_on: str = column(DATE, "签订日期", required=True)
    announced_on: str = column(DATE, "公告日期")
    completed_on: str = column(DATE, "完工日期")
    matter_id: str = column(CODE, "事项编号")
