// title = { zh = "与供应商有关联的干部", en = "Officials tied to a supplier" }
// answers.zh = "干部本人、其回避范围内亲属与企业的联系：持股、任职、代表、控制，共用电话、地址、账户或设备，受雇。"
// answers.en = "Officials who, or whose kin in scope, own, run, represent or control a firm, share a phone, address, account or device with it or its representative, or were employed by it."
// method = "patterns"
// order = "strength"
// example = 'shunteng query officials-of-supplier --param firm=榕川县金和建筑工程有限公司'
// [parameters.firm]
// type = "node"
// zh = "供应商"
// en = "the supplier"
// kinds = ["Company"]
MATCH p = (f:Company)<-[r:OWNS|REPRESENTS|DIRECTS]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:CONTROLS]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm AND r.layers > 1
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:OWNS|REPRESENTS|DIRECTS]-(k:Person)<-[kin:KIN]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:CONTROLS]-(k:Person)<-[kin:KIN]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm AND r.layers > 1 AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (f:Company)-[r:SHARES]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm
RETURN p
UNION ALL
MATCH p = (f:Company)-[r:SHARES]-(k:Person)<-[kin:KIN]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:OWNS|REPRESENTS|DIRECTS]-(x:Person)-[s:SHARES]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:OWNS|REPRESENTS|DIRECTS]-(x:Person)-[s:SHARES]-(k:Person)<-[kin:KIN]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:EMPLOYED_BY]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:EMPLOYED_BY]-(k:Person)<-[kin:KIN]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id = $firm AND kin.in_scope = true
RETURN p
