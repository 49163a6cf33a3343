// title = { zh = "与干部有关联的供应商", en = "Suppliers tied to an official" }
// answers.zh = "干部本人或其回避范围内亲属有联系、且中过标的企业及其合同。"
// answers.en = "Firms with awards that an official or his kin in scope own, run, represent, control, share contacts with or were employed by."
// method = "patterns"
// order = "strength"
// example = 'shunteng query suppliers-of-official --param official=肖勇'
// [parameters.official]
// type = "node"
// zh = "干部"
// en = "the official"
// kinds = ["Person"]
MATCH p = (o:Person)-[r:OWNS|REPRESENTS|DIRECTS]->(f:Company)<-[award:AWARDED]-(c:Contract)
WHERE o.id = $official
RETURN p
UNION ALL
MATCH p = (o:Person)-[r:CONTROLS]->(f:Company)<-[award:AWARDED]-(c:Contract)
WHERE o.id = $official AND r.layers > 1
RETURN p
UNION ALL
MATCH p = (o:Person)-[kin:KIN]->(k:Person)-[r:OWNS|REPRESENTS|DIRECTS]->(f:Company)<-[award:AWARDED]-(c:Contract)
WHERE o.id = $official AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (o:Person)-[kin:KIN]->(k:Person)-[r:CONTROLS]->(f:Company)<-[award:AWARDED]-(c:Contract)
WHERE o.id = $official AND r.layers > 1 AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (o:Person)-[s:SHARES]-(f:Company)<-[award:AWARDED]-(c:Contract)
WHERE o.id = $official
RETURN p
UNION ALL
MATCH p = (o:Person)-[kin:KIN]->(k:Person)-[s:SHARES]-(f:Company)<-[award:AWARDED]-(c:Contract)
WHERE o.id = $official AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (o:Person)-[s:SHARES]-(x:Person)-[r:OWNS|REPRESENTS|DIRECTS]->(f:Company)<-[award:AWARDED]-(c:Contract)
WHERE o.id = $official
RETURN p
UNION ALL
MATCH p = (o:Person)-[r:EMPLOYED_BY]->(f:Company)<-[award:AWARDED]-(c:Contract)
WHERE o.id = $official
RETURN p
UNION ALL
MATCH p = (o:Person)-[kin:KIN]->(k:Person)-[r:EMPLOYED_BY]->(f:Company)<-[award:AWARDED]-(c:Contract)
WHERE o.id = $official AND kin.in_scope = true
RETURN p
