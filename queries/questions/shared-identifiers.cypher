// title = { zh = "共用的联系方式和账户", en = "Shared contacts and accounts" }
// answers.zh = "与此人或企业共用电话、地址、账户或设备的人和企业，越少见的在前；及同一账户的其他持有人。"
// answers.en = "Who shares a phone, address, account or device with a person or firm, the rarest first, and who else holds its accounts."
// method = "patterns"
// order = "strength"
// example = 'shunteng query shared-identifiers --param node=榕川县福成照明电器有限公司'
// [parameters.node]
// type = "node"
// zh = "人员或企业"
// en = "the person or firm"
// kinds = ["Person", "Company"]
MATCH p = (a)-[s:SHARES]-(b)
WHERE a.id = $node
RETURN p
UNION ALL
MATCH p = (a)-[x:HAS_ACCOUNT]->(n:Account)<-[y:HAS_ACCOUNT]-(b)
WHERE a.id = $node
RETURN p
