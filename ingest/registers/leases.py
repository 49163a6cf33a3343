"""集体资产租赁: one row per lease of a collective asset."""

import pandera.polars as pa

from ingest.kinds import CODE, DATE, DIVISION, MONEY, NUMBER, PARTY, TEXT, choice
from ingest.register import Register, column, in_order


class Leases(Register):
    """One row per lease of a collective asset."""

    _aliases = ("集体资产租赁", "资产租赁")

    asset_id: str = column(CODE, "资产编号", required=True)
    description: str = column(TEXT, "资产描述", "资产名称")
    division_code: str = column(DIVISION, "行政区划代码", "区划代码", required=True)
    lessee_id: str = column(PARTY, "承租人证件号", required=True)
    area_mu: str = column(NUMBER, "面积亩", "面积(亩)")
    annual_rent: str = column(MONEY, "年租金", required=True)
    reference_rent: str = column(MONEY, "参考年租金")
    start_date: str = column(DATE, "开始日期", "起租日期", required=True)
    end_date: str = column(DATE, "结束日期", "到期日期")
    method: str = column(
        choice(
            "open 公开招标 公开竞价; invited 邀请招标; negotiated 竞争性谈判 协商; "
            "direct 直接委托; small 小额"
        ),
        "出租方式",
        "采购方式",
    )
    matter_id: str = column(CODE, "事项编号")

    _end_date_follows = pa.dataframe_check(name="date.before_start", title="end_date")(
        in_order("start_date", "end_date")
    )
