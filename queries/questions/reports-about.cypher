// title = { zh = "相关的群众举报", en = "Reports about somebody" }
// answers.zh = "反映此人、企业或合同的举报，以及反映其企业或其合同的举报。"
// answers.en = "Public reports about a person, firm or contract, and about firms or contracts of theirs."
// method = "patterns"
// order = "time"
// example = 'shunteng query reports-about --param node=贾敏芳'
// [parameters.node]
// type = "node"
// zh = "人员、企业或合同"
// en = "the person, firm or contract"
// kinds = ["Person", "Company", "Contract"]
MATCH p = (a:Person|Company|Contract)<-[r:REPORTED]-(g:Report)
WHERE a.id = $node
RETURN p
UNION ALL
MATCH p = (a:Company)<-[w:AWARDED]-(c:Contract)<-[r:REPORTED]-(g:Report)
WHERE a.id = $node
RETURN p
UNION ALL
MATCH p = (a:Person)-[h:OWNS|REPRESENTS|DIRECTS]->(f:Company)<-[r:REPORTED]-(g:Report)
WHERE a.id = $node
RETURN p
UNION ALL
MATCH p = (a:Person)-[h:OWNS|REPRESENTS|DIRECTS]->(f:Company)<-[w:AWARDED]-(c:Contract)<-[r:REPORTED]-(g:Report)
WHERE a.id = $node
RETURN p
