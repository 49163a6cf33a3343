"""户籍册: one row per member of a household."""

from ingest.kinds import (
    CODE,
    DATE,
    DIVISION,
    HOUSEHOLD_RELATION,
    NAME,
    PHONE,
    RESIDENT_ID,
    TEXT,
    choice,
)
from ingest.register import Register, column


class Households(Register):
    """One row per member of a household."""

    _aliases = ("户籍册", "户籍")

    household_id: str = column(CODE, "户号", required=True)
    person_id: str = column(RESIDENT_ID, "身份证号", "公民身份号码", "身份证号码", required=True)
    name: str = column(NAME, "姓名", required=True)
    relation_to_head: str = column(HOUSEHOLD_RELATION, "与户主关系", required=True)
    division_code: str = column(DIVISION, "行政区划代码", "区划代码", required=True)
    spouse_id: str = column(RESIDENT_ID, "配偶身份证号")
    father_id: str = column(RESIDENT_ID, "父亲身份证号")
    mother_id: str = column(RESIDENT_ID, "母亲身份证号")
    address: str = column(TEXT, "住址", "地址")
    phone: str = column(PHONE, "手机号", "联系电话", "电话")
    status: str = column(
        choice("active 正常 在册; deceased 死亡 去世 已故; moved 迁出 已迁出"),
        "人口状态",
        default="active",
    )
    status_date: str = column(DATE, "状态日期")
