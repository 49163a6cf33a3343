"""财产与身份登记: one row per property or standing of a person."""

from ingest.kinds import DATE, MONEY, RESIDENT_ID, TEXT, choice
from ingest.register import Register, column


class Holdings(Register):
    """One row per property or standing of a person."""

    _aliases = ("财产与身份登记", "财产登记")

    person_id: str = column(RESIDENT_ID, "身份证号", "公民身份号码", "身份证号码", required=True)
    kind: str = column(
        choice("vehicle 车辆; house 房产; payroll 财政供养; business 经营"),
        "种类",
        "类别",
        required=True,
    )
    acquired_on: str = column(DATE, "取得日期", required=True)
    disposed_on: str = column(DATE, "处置日期")
    value: str = column(MONEY, "价值")
    employer: str = column(TEXT, "工作单位", "单位")
