// title = { zh = "一份合同的来龙去脉", en = "A contract's whole story" }
// answers.zh = "合同依据的事项及各环节、投标、中标、按合同收付的款项、用工、举报和附件，按时间排列。"
// answers.en = "The matter behind a contract and its steps, bids, award, payments under it, workers, reports and documents, in the order of time."
// method = "patterns"
// order = "time"
// example = 'shunteng query contract-story --param contract=HT2022-00295'
// [parameters.contract]
// type = "node"
// zh = "合同编号或节点编号"
// en = "the contract's number or node id"
// kinds = ["Contract"]
MATCH p = (c:Contract)-[u:UNDER]->(m:Matter)
WHERE c.id = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)-[u:UNDER]->(m:Matter)<-[act:ACTED]-(o:Person)
WHERE c.id = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)-[u:UNDER]->(m:Matter)<-[s:SUBJECT_OF]-(x:Person|Company)
WHERE c.id = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)-[u:UNDER]->(m:Matter)<-[e:DOCUMENTS]-(d:Document)
WHERE c.id = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)<-[b:BID]-(f:Company)
WHERE c.id = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)-[a:AWARDED]->(f:Company)
WHERE c.id = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)-[a:AWARDED]->(f:Company)-[x:HAS_ACCOUNT]->(n:Account)<-[r:PAID]-(m:Account)
WHERE c.id = $contract AND r.contract = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)-[a:AWARDED]->(f:Company)-[x:HAS_ACCOUNT]->(n:Account)-[r:PAID]->(m:Account)
WHERE c.id = $contract AND r.contract = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)<-[w:WORKED]-(o:Person)
WHERE c.id = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)<-[r:REPORTED]-(g:Report)
WHERE c.id = $contract
RETURN p
UNION ALL
MATCH p = (c:Contract)<-[e:DOCUMENTS]-(d:Document)
WHERE c.id = $contract
RETURN p
