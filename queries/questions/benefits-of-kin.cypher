// title = { zh = "亲属领取的补贴", en = "Benefits of an official's kin" }
// answers.zh = "干部本人及其回避范围内亲属领取的补贴。"
// answers.en = "The benefits that an official and his kin in scope receive."
// method = "patterns"
// order = "time"
// example = 'shunteng query benefits-of-kin --param official=周邦军'
// [parameters.official]
// type = "node"
// zh = "干部"
// en = "the official"
// kinds = ["Person"]
MATCH p = (o:Person)-[b:BENEFITS]->(g:Benefit)
WHERE o.id = $official
RETURN p
UNION ALL
MATCH p = (o:Person)-[kin:KIN]->(k:Person)-[b:BENEFITS]->(g:Benefit)
WHERE o.id = $official AND kin.in_scope = true
RETURN p
