// title = { zh = "一个村的资产租赁", en = "A village's leases" }
// answers.zh = "一个村集体资产的承租人，以及其中哪些是村干部本人或其回避范围内的亲属。"
// answers.en = "Who leases a village's collective assets, and which of them are its officials or their kin in scope."
// method = "patterns"
// order = "time"
// example = 'shunteng query village-leases --param village=361025102211'
// [parameters.village]
// type = "node"
// zh = "区划代码，如 361025101201"
// en = "the division's code, such as 361025101201"
// kinds = ["Division"]
MATCH p = (d:Division)<-[l:AT]-(s:Asset)<-[r:LEASES]-(x:Person|Company)
WHERE d.id = $village
RETURN p
UNION ALL
MATCH p = (d:Division)<-[l:AT]-(s:Asset)<-[r:LEASES]-(o:Person)-[post:HOLDS]->(q:Post)-[t:AT]->(d:Division)
WHERE d.id = $village
RETURN p
UNION ALL
MATCH p = (d:Division)<-[l:AT]-(s:Asset)<-[r:LEASES]-(x:Person)<-[kin:KIN]-(o:Person)-[post:HOLDS]->(q:Post)-[t:AT]->(d:Division)
WHERE d.id = $village AND kin.in_scope = true
RETURN p
