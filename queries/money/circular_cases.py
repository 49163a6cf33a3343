"""Tiny villages for the rule on circular flows: where it must speak, where it must be silent."""

from graphengine.language import Text
from graphengine.rule import Case

_OFFICIALS = """
person_id,name,post,unit,division_code,start_date,end_date,duties
@sec/M1966,陈志,村党支部书记,柳湾村,V1,2018-03-01,,
@mayor/M1972,宋建,镇长,石庄镇,TOWN,2018-03-01,,
@civil/F1985,唐丽,民政办主任,石庄镇,TOWN,2018-03-01,,危房改造
"""
_HOUSEHOLDS = """
household_id,person_id,name,relation_to_head,division_code,spouse_id,father_id,mother_id
H1,@sec,陈志,02,V1,@wife,,
H1,@wife/F1968,林珍,12,V1,@sec,,
H2,@son/M1991,陈浩,02,V1,,@sec,@wife
H3,@mayor,宋建,02,V2,,,
H4,@civil,唐丽,02,V2,@husband,,
H4,@husband/M1983,刘军,12,V2,@civil,,
H5,@wang/M1980,王伟,02,V1,,,
H6,@zhao/M1950,赵生,02,V1,,,
"""
_FIRMS = """
company_id,name,legal_rep_name,legal_rep_id,registered_on,employees
#a,宏盛市政,何强,@he/M1978,2009-09-01,46
#b,鸿源商贸,徐磊,@xu/M1979,2022-11-02,2
#c,金茂园林,郭林,@guo/M1975,2009-09-01,15
"""
_ACCOUNTS = """
account_no,holder_id,holder_name
acct:village,V1-VC,柳湾村村民委员会
acct:town,TOWN-TG,石庄镇人民政府
acct:finance,COUNTY-FB,崇仁县财政局
acct:sec,@sec,陈志
acct:wife,@wife,林珍
acct:son,@son,陈浩
acct:mayor,@mayor,宋建
acct:husband,@husband,刘军
acct:wang,@wang,王伟
acct:zhao,@zhao,赵生
acct:a,#a,宏盛市政
acct:b,#b,鸿源商贸
acct:c,#c,金茂园林
"""
_CONTRACT = """
contract_id,title,category,division_code,company_id,amount,method,signed_on,matter_id
HT1,道路硬化,道路,V1,#a,100000,direct,2023-05-01,M1
"""
_APPROVAL = """
matter_id,matter_type,step,acted_at,actor_id,decision,contract_id,division_code
M1,工程项目,approval,2023-04-12 10:00,@sec,approved,HT1,V1
"""
_PAYMENTS = (
    "payment_id,paid_at,amount,payer_account,payee_account,purpose,programme,contract_id,matter_id"
)
_TO_FIRM = "P1,2023-06-01 09:00,100000,acct:village,acct:a,工程款,,HT1,M1"
_TO_SHELL = "P2,2023-06-03 10:00,95000,acct:a,acct:b,材料款,,,"
_TO_WIFE = "P3,2023-06-06 16:00,90000,acct:b,acct:wife,借款,,,"
_BACK = "P3,2023-06-06 16:00,90000,acct:b,acct:village,捐赠村集体,,,"
_RING = (_TO_FIRM, _TO_SHELL, _BACK)
_KIN = (_TO_FIRM, _TO_SHELL, _TO_WIFE)


def _case(zh: str, en: str, clues: int, payments: tuple[str, ...], **changed: str) -> Case:
    village = {
        "officials": _OFFICIALS,
        "households": _HOUSEHOLDS,
        "contractors": _FIRMS,
        "accounts": _ACCOUNTS,
        "contracts": _CONTRACT,
        "approvals": _APPROVAL,
        "payments": "\n".join((_PAYMENTS, *payments)),
    }
    return Case(Text(zh, en), village | changed, clues)


def _with(row: str, old: str, new: str) -> str:
    return row.replace(old, new)


SPEAKS = (
    _case("经两家企业到审批人之妻账户", "through two firms to the approver's wife", 1, _KIN),
    _case("经两家企业回到村集体账户", "through two firms back to the village", 1, _RING),
    _case(
        "只经一家企业到书记本人账户", "through one firm to the secretary himself", 1,
        (_TO_FIRM, _with(_TO_SHELL, "acct:b", "acct:sec")),
    ),
    _case(
        "小额、经自然人转手", "a small sum, through a straw person", 1,
        tuple(
            _with(row, "000,", "0,") for row in
            (_TO_FIRM, *(_with(row, "acct:b", "acct:wang") for row in (_TO_SHELL, _TO_WIFE)))
        ),
    ),
    _case(
        "时限恰为三十天、比例恰为上下限", "exactly thirty days and exactly the limits of a hop", 1,
        (
            _TO_FIRM,
            _with(_TO_SHELL, "95000", "85000"),
            "P3,2023-07-01 09:00,86700,acct:b,acct:wife,借款,,,",
        ),
    ),
    _case(
        "同一路径两次仍是一条", "twice over the same route is one clue", 1,
        (*_KIN, *(_with(_with(row, "2023-06", "2023-09"), "P", "R") for row in _KIN)),
    ),
    _case(
        "不同路径是两条", "two routes are two clues", 2,
        (*_KIN, *(_with(_with(row, "2023-06", "2023-09"), "P", "R") for row in _RING)),
    ),
    _case(
        "分管危房改造的干部之夫", "to the husband of the official in charge of the programme", 1,
        (
            "P1,2023-06-01 09:00,30000,acct:finance,acct:c,工程款,危房改造,,M2",
            "P2,2023-06-03 10:00,29000,acct:c,acct:husband,往来款,,,",
        ),
        approvals=_APPROVAL + "M2,危房改造申请,application,2023-04-12 10:00,@wang,,,V1\n",
    ),
)  # fmt: skip

_LOAN_BEFORE = "P0,2023-03-01 09:00,90000,acct:wife,acct:b,借款,,,"
_DEPOSIT = (
    "P1,2023-03-01 09:00,50000,acct:c,acct:a,投标保证金,,,",
    "P2,2023-03-02 09:00,50000,acct:a,acct:village,投标保证金,,,",
    "P3,2023-06-01 09:00,50000,acct:village,acct:a,退还投标保证金,,,",
    "P4,2023-06-02 09:00,50000,acct:a,acct:c,退还投标保证金,,,",
    "P5,2023-06-05 09:00,50000,acct:c,acct:village,投标保证金,,,",
)
_MONTHLY = tuple(
    f"W{month},2023-{month:02d}-06 16:00,4000,acct:b,acct:wife,工资,,," for month in range(1, 9)
)
SILENT = (
    _case(
        "首末相隔三十天又一分钟", "a minute more than thirty days", 0,
        (_TO_FIRM, _TO_SHELL, _with(_TO_WIFE, "2023-06-06 16:00", "2023-07-01 09:01")),
    ),
    _case(
        "一手少于百分之八十五", "a hop keeps a fen less than 85 %", 0,
        (_TO_FIRM, _with(_TO_SHELL, "95000", "84999.99"), _with(_TO_WIFE, "90000", "84000")),
    ),
    _case(
        "一手多于百分之一百零二", "a hop has a fen more than 102 %", 0,
        (_TO_FIRM, _with(_TO_SHELL, "95000", "102000.01"), _TO_WIFE),
    ),
    _case(
        "转出早于转入", "handed on before it came", 0,
        (_TO_FIRM, _with(_TO_SHELL, "2023-06-03", "2023-05-31"), _TO_WIFE),
    ),
    _case(
        "民营企业之间的货款循环", "a ring of private trade", 0,
        (
            "P1,2023-06-01 09:00,100000,acct:a,acct:b,货款,,,",
            "P2,2023-06-03 10:00,95000,acct:b,acct:c,货款,,,",
            "P3,2023-06-06 16:00,92000,acct:c,acct:a,货款,,,",
        ),
    ),
    _case(
        "末端是无关镇干部", "ends at a town official without power over it", 0,
        (_TO_FIRM, _TO_SHELL, _with(_TO_WIFE, "acct:wife", "acct:mayor")),
    ),
    _case(
        "书记已离任且未审批", "the secretary had left office and approved nothing", 0, _KIN,
        officials=_with(_OFFICIALS, "2018-03-01,,\n@mayor", "2018-03-01,2023-05-31,\n@mayor"),
        approvals=_with(_APPROVAL, "@sec", "@wang"),
    ),
    _case(
        "归还此前的真实借款", "repays a loan that had been given before", 0, (_LOAN_BEFORE, *_KIN)
    ),
    _case(
        "保证金经代理退还后再次投标", "a deposit refunded through an agent, then another tender", 0,
        _DEPOSIT,
    ),
    _case(
        "用工表所载工资", "a wage that the labour register shows", 0,
        ("P1,2023-06-01 09:00,4200,acct:village,acct:a,劳务费,,HT1,M1",
         "P2,2023-06-03 10:00,4000,acct:a,acct:son,工资,,,"),
        labour="work_id,person_id,name,contract_id,worked_from,worked_to,wage,division_code\n"
        "YG1,@son,陈浩,HT1,2023-05-02,2023-05-30,4000,V1\n",
    ),
    _case(
        "每月固定发放的工资", "pay of the same size every month", 0,
        ("P1,2023-06-01 09:00,4200,acct:village,acct:b,办公用品,,,", *_MONTHLY),
    ),
    _case(
        "补贴付给本人后借给村民", "a benefit of one's own, lent to a neighbour", 0,
        ("P1,2023-06-01 09:00,1200,acct:village,acct:zhao,补贴,种粮补贴,,",
         "P2,2023-06-03 10:00,1200,acct:zhao,acct:wife,转账,,,"),
        benefits="programme,person_id,name,division_code,period,amount,account_no\n"
        "种粮补贴,@zhao,赵生,V1,2023,1200,acct:zhao\n",
    ),
    _case(
        "承租集体资产的租金", "the rent of a collective asset", 0, _RING,
        leases="asset_id,description,division_code,lessee_id,annual_rent,start_date\n"
        "ZC1,厂房,V1,#b,90000,2022-06-01\n",
    ),
    _case(
        "供应商少量捐赠", "a supplier gives a little back", 0,
        (_TO_FIRM, _TO_SHELL, _with(_BACK, "90000", "3000")),
    ),
)  # fmt: skip
CASES = (*SPEAKS, *SILENT)
