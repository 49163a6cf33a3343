// title = { zh = "一个村的合同", en = "A village's contracts" }
// answers.zh = "一个村签订的合同及中标企业，按时间排列。"
// answers.en = "The contracts of a village and who won them, in the order of time."
// method = "patterns"
// order = "time"
// example = 'shunteng query village-contracts --param village=361025102206'
// [parameters.village]
// type = "node"
// zh = "区划代码，如 361025101201"
// en = "the division's code, such as 361025101201"
// kinds = ["Division"]
MATCH p = (d:Division)<-[l:AT]-(c:Contract)-[a:AWARDED]->(f:Company)
WHERE d.id = $village
RETURN p
