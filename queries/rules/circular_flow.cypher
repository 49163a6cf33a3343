// Payments between the accounts on the clue's path, their holders, and the officials' ties and power.
MATCH p = (a:Account)-[r:PAID]->(b:Account)
WHERE a.id IN $path AND b.id IN $path
RETURN p
UNION ALL
MATCH p = (x)-[h:HAS_ACCOUNT]->(a:Account)
WHERE a.id IN $path
RETURN p
UNION ALL
MATCH p = (o:Person)-[kin:KIN]->(k:Person)
WHERE o.id IN $official AND k.id IN $subjects
RETURN p
UNION ALL
MATCH p = (o:Person)-[m:MEMBER_OF]->(h:Household)<-[n:MEMBER_OF]-(k:Person)
WHERE o.id IN $official AND k.id IN $subjects
RETURN p
UNION ALL
MATCH p = (o:Person)-[post:HOLDS]->(q:Post)
WHERE o.id IN $subjects AND q.id IN $path
RETURN p
UNION ALL
MATCH p = (o:Person)-[act:ACTED]->(m:Matter)
WHERE o.id IN $subjects AND m.id IN $path
RETURN p
