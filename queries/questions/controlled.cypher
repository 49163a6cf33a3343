// title = { zh = "一个人控制什么", en = "What a person controls" }
// answers.zh = "一个人或企业直接或经其他企业持股、任职、代表或控制的企业。"
// answers.en = "The firms that a person or firm owns, runs, represents or controls, directly or through others."
// method = "patterns"
// order = "strength"
// example = 'shunteng query controlled --param holder=宋义亮'
// [parameters.holder]
// type = "node"
// zh = "人员或企业"
// en = "the person or firm"
// kinds = ["Person", "Company"]
MATCH p = (holder)-[r:OWNS|REPRESENTS|DIRECTS]->(f:Company)
WHERE holder.id = $holder
RETURN p
UNION ALL
MATCH p = (holder)-[r:CONTROLS]->(f:Company)
WHERE holder.id = $holder AND r.layers > 1
RETURN p
