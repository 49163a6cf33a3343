// The firm's awards in the village, payments under them, approvals; every official tied to the firm.
MATCH p = (c:Contract)-[a:AWARDED]->(f:Company)
WHERE f.id IN $supplier AND c.division = $division
RETURN p
UNION ALL
MATCH p = (c:Contract)-[a:AWARDED]->(f:Company)-[h:HAS_ACCOUNT]->(n:Account)<-[r:PAID]-(m:Account)
WHERE f.id IN $supplier AND c.division = $division AND r.contract = c.id
RETURN p
UNION ALL
MATCH p = (f:Company)<-[a:AWARDED]-(c:Contract)-[u:UNDER]->(m:Matter)<-[act:ACTED]-(o:Person)
WHERE f.id IN $supplier AND o.id IN $official AND c.division = $division AND act.step = 'approval'
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:OWNS|REPRESENTS|DIRECTS|CONTROLS*1..4]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id IN $supplier
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:OWNS|REPRESENTS|DIRECTS|CONTROLS*1..4]-(k:Person)<-[kin:KIN]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id IN $supplier AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (f:Company)-[s:SHARES]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id IN $supplier
RETURN p
UNION ALL
MATCH p = (f:Company)-[s:SHARES]-(k:Person)<-[kin:KIN]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id IN $supplier AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:OWNS|REPRESENTS|DIRECTS|CONTROLS*1..4]-(x:Person)-[s:SHARES]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id IN $supplier
RETURN p
UNION ALL
MATCH p = (f:Company)<-[r:OWNS|REPRESENTS|DIRECTS|CONTROLS*1..4]-(x:Person)-[s:SHARES]-(k:Person)<-[kin:KIN]-(o:Person)
  -[post:HOLDS]->(q:Post)
WHERE f.id IN $supplier AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (f:Company)-[h:HAS_ACCOUNT]->(n:Account)-[r:PAID]->(m:Account)<-[g:HAS_ACCOUNT]-(o:Person)
  -[post:HOLDS]->(q:Post)
WHERE f.id IN $supplier AND o.id IN $path
RETURN p
UNION ALL
MATCH p = (f:Company)-[h:HAS_ACCOUNT]->(n:Account)-[r:PAID]->(m:Account)<-[g:HAS_ACCOUNT]-(k:Person)
  <-[kin:KIN]-(o:Person)-[post:HOLDS]->(q:Post)
WHERE f.id IN $supplier AND k.id IN $path AND o.id IN $path AND kin.in_scope = true
RETURN p
