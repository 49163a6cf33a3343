// The official's posts, kin households, and what their members on the clue's path received.
MATCH p = (o:Person)-[post:HOLDS]->(q:Post)
WHERE o.id IN $official
RETURN p
UNION ALL
MATCH p = (o:Person)-[kin:KIN]->(k:Person)-[m:MEMBER_OF]->(h:Household)
WHERE o.id IN $official AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (o:Person)-[kin:KIN]->(k:Person)-[m:MEMBER_OF]->(h:Household)<-[n:MEMBER_OF]-(x:Person)
WHERE o.id IN $official AND x.id IN $path AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (o:Person)-[m:MEMBER_OF]->(h:Household)<-[n:MEMBER_OF]-(x:Person)
WHERE o.id IN $official AND x.id IN $path
RETURN p
UNION ALL
MATCH p = (x:Person)-[b:BENEFITS]->(g:Benefit)
WHERE x.id IN $path AND g.id IN $path
RETURN p
UNION ALL
MATCH p = (x:Person)-[m:MEMBER_OF]->(h:Household)
WHERE x.id IN $path
RETURN p
