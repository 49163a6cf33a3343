// title = { zh = "一户的补贴和收款", en = "A household's benefits and payments" }
// answers.zh = "一户全部成员领取的补贴，以及公共机构和企业付给他们的款项。"
// answers.en = "What the members of a household receive: benefits, and payments by public bodies and firms."
// method = "patterns"
// order = "time"
// example = 'shunteng query household-receipts --param household=丁冬珍'
// [parameters.household]
// type = "node"
// zh = "家庭，或其中一人"
// en = "the household, or somebody of it"
// kinds = ["Person", "Household"]
MATCH p = (h:Household)<-[m:MEMBER_OF]-(q:Person)-[b:BENEFITS]->(g:Benefit)
WHERE h.id = $household
RETURN p
UNION ALL
MATCH p = (h:Household)<-[m:MEMBER_OF]-(q:Person)-[x:HAS_ACCOUNT]->(n:Account)<-[r:PAID]-(a:Account)<-[y:HAS_ACCOUNT]-(payer:PublicBody|Company)
WHERE h.id = $household
RETURN p
UNION ALL
MATCH p = (q:Person)-[b:BENEFITS]->(g:Benefit)
WHERE q.id = $household
RETURN p
UNION ALL
MATCH p = (q:Person)-[x:HAS_ACCOUNT]->(n:Account)<-[r:PAID]-(a:Account)<-[y:HAS_ACCOUNT]-(payer:PublicBody|Company)
WHERE q.id = $household
RETURN p
UNION ALL
MATCH p = (one:Person)-[l:MEMBER_OF]->(h:Household)<-[m:MEMBER_OF]-(q:Person)-[b:BENEFITS]->(g:Benefit)
WHERE one.id = $household
RETURN p
UNION ALL
MATCH p = (one:Person)-[l:MEMBER_OF]->(h:Household)<-[m:MEMBER_OF]-(q:Person)-[x:HAS_ACCOUNT]->(n:Account)<-[r:PAID]-(a:Account)<-[y:HAS_ACCOUNT]-(payer:PublicBody|Company)
WHERE one.id = $household
RETURN p
