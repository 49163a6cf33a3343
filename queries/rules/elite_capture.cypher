// Households, posts, contracts, benefits and leases of the lineage's members on the clue's path.
MATCH p = (x:Person)-[m:MEMBER_OF]->(h:Household)
WHERE x.id IN $path
RETURN p
UNION ALL
MATCH p = (x:Person)-[post:HOLDS]->(q:Post)
WHERE x.id IN $path AND q.division = $division
RETURN p
UNION ALL
MATCH p = (x:Person)-[r:OWNS|REPRESENTS|DIRECTS|CONTROLS*1..4]->(f:Company)<-[a:AWARDED]-(c:Contract)
WHERE x.id IN $path AND c.division = $division
RETURN p
UNION ALL
MATCH p = (x:Person)-[b:BENEFITS]->(g:Benefit)
WHERE x.id IN $path AND g.id IN $path
RETURN p
UNION ALL
MATCH p = (x:Person)-[l:LEASES]->(s:Asset)
WHERE x.id IN $path AND s.division = $division
RETURN p
UNION ALL
MATCH p = (x:Person)-[r:OWNS|REPRESENTS|DIRECTS|CONTROLS*1..4]->(f:Company)-[l:LEASES]->(s:Asset)
WHERE x.id IN $path AND s.division = $division
RETURN p
