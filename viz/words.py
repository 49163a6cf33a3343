"""The words around a picture, in both languages."""

from collections.abc import Mapping

from graphengine.language import Language, Text

_WORDS: dict[str, Text] = {
    "notice": Text(
        "线索只是值得核实的理由，不是结论，更不是定性。",
        "A clue is a reason to look. It is not a finding, and no verdict on anybody.",
    ),
    "kind": Text("类别", "kind"),
    "suspicion": Text("疑点", "suspicion"),
    "efficiency": Text("效能", "efficiency"),
    "data": Text("数据", "data"),
    "rank": Text("核实顺序", "to verify"),
    "score": Text("值得核实的概率", "probability of being worth verifying"),
    "amount": Text("金额", "amount"),
    "window": Text("期间", "period"),
    "division": Text("地区", "division"),
    "subjects": Text("涉及对象", "Who and what it is about"),
    "role": Text("角色", "role"),
    "name": Text("名称", "name"),
    "node": Text("编号", "id"),
    "picture": Text("关系图", "Picture"),
    "described": Text(
        "关系图，与下方的表格内容相同", "a picture of the relations; the table below says the same"
    ),
    "hint": Text(
        "指向或聚焦图中对象、表格行，可看到依据。",
        "Point at or focus something in the picture or a row of the table to see its evidence.",
    ),
    "legend": Text("图例", "Legend"),
    "path_line": Text("线索的步骤", "step of the clue"),
    "other_line": Text("其他关系", "other relation"),
    "zoom_in": Text("放大", "zoom in"),
    "zoom_out": Text("缩小", "zoom out"),
    "fit": Text("全图", "fit"),
    "table": Text("步骤与依据（与图相同）", "Steps and evidence (the same as the picture)"),
    "nodes": Text("图中的对象", "What the picture shows"),
    "from": Text("从", "from"),
    "to": Text("到", "to"),
    "relation": Text("关系", "relation"),
    "date": Text("日期", "date"),
    "evidence": Text("依据", "evidence"),
    "others": Text("以下不属于线索本身，供核对", "Not part of the clue itself; for checking"),
    "rows_more": Text("另有 {} 行未列出", "{} more rows are not listed"),
    "left_out": Text("另有 {} 个对象未画出", "{} more nodes are not drawn"),
    "more": Text("另有 {} 个相邻对象未画出", "{} more neighbours are not drawn"),
    "why": Text("为何提示", "Why it was raised"),
    "method": Text("方法", "method"),
    "deterministic": Text("确定性规则", "deterministic rule"),
    "permutation": Text("置换检验", "permutation test"),
    "exact": Text("精确检验", "exact test"),
    "n": Text("样本量", "sample size"),
    "base_rate": Text("基准比例", "base rate"),
    "innocent": Text("可能的正当解释", "Innocent explanations"),
    "holds": Text("已检验：成立", "tested: it holds"),
    "not_holds": Text("已检验：不成立", "tested: it does not hold"),
    "untested": Text("未能检验，请人工核对", "could not be tested; check it by hand"),
    "refuted": Text("什么会推翻它", "What would refute it"),
    "unavailable": Text("缺少的数据", "Data that was not available"),
    "several": Text("多种关系", "several ties"),
    "none": Text("无", "none"),
    "source": Text("来源", "Source"),
    "rule": Text("规则", "rule"),
    "version": Text("图版本", "graph version"),
    "masked": Text("姓名与号码已隐去", "names and numbers are masked"),
    "revealed": Text(
        "含姓名与号码，按规定保管", "holds names and numbers; keep it as the rules demand"
    ),
    "no_script": Text(
        "浏览器没有运行脚本，图无法显示；下方表格内容相同。",
        "The browser ran no script, so there is no picture; the table below says the same.",
    ),
}

ROLES: dict[str, Text] = {
    "official": Text("公职人员", "official"),
    "approver": Text("审批人", "approver"),
    "kin": Text("亲属", "kin"),
    "lessee": Text("承租人", "lessee"),
    "supplier": Text("供应商", "supplier"),
    "firm": Text("企业", "firm"),
    "payer": Text("付款方", "payer"),
    "payee": Text("收款方", "payee"),
    "recipient": Text("领取人", "recipient"),
    "beneficiary": Text("受益人", "beneficiary"),
    "owner": Text("持有人", "owner"),
    "intermediary": Text("中间人", "intermediary"),
    "decider": Text("决定人", "decider"),
    "account": Text("账户", "account"),
    "contract": Text("合同", "contract"),
    "village": Text("村", "village"),
    "lineage": Text("宗族", "lineage"),
    "body": Text("公共机构", "public body"),
}


def words(language: Language) -> Mapping[str, str]:
    """Return the words of one language by their keys."""
    return {key: text.said(language) for key, text in _WORDS.items()}
