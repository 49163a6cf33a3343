"""干部名册: one row per post held."""

import pandera.polars as pa

from ingest.kinds import DATE, DIVISION, NAME, PHONE, RESIDENT_ID, TEXT, TEXTS
from ingest.register import Register, column, in_order


class Officials(Register):
    """One row per post held."""

    _aliases = ("干部名册", "干部", "任职名册")
    _one_end = ("person_id", "post", "unit", "division_code", "start_date", "end_date")

    person_id: str = column(
        RESIDENT_ID, "身份证号", "公民身份号码", "身份证号码", "公民身份证号", required=True
    )
    name: str = column(NAME, "姓名", required=True)
    post: str = column(TEXT, "职务", required=True)
    unit: str = column(TEXT, "单位", "任职单位", required=True)
    division_code: str = column(DIVISION, "行政区划代码", "区划代码", required=True)
    start_date: str = column(DATE, "任职日期", required=True)
    end_date: str = column(DATE, "离任日期")
    duties: str = column(TEXTS, "分管事项")
    phone: str = column(PHONE, "手机号", "联系电话", "电话")

    _end_date_follows = pa.dataframe_check(name="date.before_start", title="end_date")(
        in_order("start_date", "end_date")
    )
