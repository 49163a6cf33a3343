// title = { zh = "为亲属审批的事项", en = "Approvals decided for kin" }
// answers.zh = "此人审批的、对象是其本人、回避范围内亲属或他们的企业的事项。"
// answers.en = "Matters that a person approved whose subject is himself, kin in scope, or a firm of theirs."
// method = "patterns"
// order = "time"
// example = 'shunteng query approvals-for-kin --param official=朱勇峰'
// [parameters.official]
// type = "node"
// zh = "审批人"
// en = "who approved"
// kinds = ["Person"]
MATCH p = (o:Person)-[act:ACTED]->(m:Matter)<-[s:SUBJECT_OF]-(o:Person)
WHERE o.id = $official AND act.step = 'approval'
RETURN p
UNION ALL
MATCH p = (o:Person)-[act:ACTED]->(m:Matter)<-[s:SUBJECT_OF]-(k:Person)<-[kin:KIN]-(o:Person)
WHERE o.id = $official AND act.step = 'approval' AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (o:Person)-[act:ACTED]->(m:Matter)<-[s:SUBJECT_OF]-(f:Company)<-[r:OWNS|REPRESENTS|DIRECTS]-(o:Person)
WHERE o.id = $official AND act.step = 'approval'
RETURN p
UNION ALL
MATCH p = (o:Person)-[act:ACTED]->(m:Matter)<-[s:SUBJECT_OF]-(f:Company)<-[r:OWNS|REPRESENTS|DIRECTS]-(k:Person)<-[kin:KIN]-(o:Person)
WHERE o.id = $official AND act.step = 'approval' AND kin.in_scope = true
RETURN p
UNION ALL
MATCH p = (o:Person)-[act:ACTED]->(m:Matter)<-[s:SUBJECT_OF]-(f:Company)<-[r:CONTROLS]-(k:Person)<-[kin:KIN]-(o:Person)
WHERE o.id = $official AND act.step = 'approval' AND kin.in_scope = true AND r.layers > 1
RETURN p
