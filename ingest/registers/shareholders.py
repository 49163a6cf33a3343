"""股东高管: one row per share or post in a company."""

import pandera.polars as pa

from ingest.kinds import COMPANY_CODE, DATE, NAME, PARTY, SHARE, choice
from ingest.register import Register, column, in_order


class Shareholders(Register):
    """One row per share or post in a company."""

    _aliases = ("股东高管", "股东")

    company_id: str = column(COMPANY_CODE, "统一社会信用代码", "社会信用代码", required=True)
    holder_name: str = column(NAME, "姓名", "股东名称", required=True)
    holder_id: str = column(PARTY, "证件号", "证件号码")
    role: str = column(
        choice(
            "shareholder 股东; director 董事; supervisor 监事; manager 经理 总经理; "
            "beneficial_owner 实际控制人"
        ),
        "角色",
        required=True,
    )
    share: str = column(SHARE, "持股比例")
    start_date: str = column(DATE, "开始日期", "任职日期")
    end_date: str = column(DATE, "结束日期", "离任日期")

    _end_date_follows = pa.dataframe_check(name="date.before_start", title="end_date")(
        in_order("start_date", "end_date")
    )
