// title = { zh = "回避范围内的亲属", en = "Kin in the avoidance scope" }
// answers.zh = "一个人在回避范围内的亲属；亲等近者在前。"
// answers.en = "A person's kin in the avoidance scope, the closest first."
// method = "patterns"
// order = "strength"
// example = 'shunteng query kin-in-scope --param person=肖勇'
// [parameters.person]
// type = "node"
// zh = "人员"
// en = "the person"
// kinds = ["Person"]
MATCH p = (a:Person)-[kin:KIN]->(b:Person)
WHERE a.id = $person AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (a:Person)<-[kin:KIN]-(b:Person)
WHERE a.id = $person AND kin.in_scope = true AND kin.basis = 'composed'
RETURN p
