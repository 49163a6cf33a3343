// title = { zh = "两者之间最短的联系", en = "The shortest ties between two nodes" }
// answers.zh = "两个人、企业或其他对象之间，经任何关系相连的全部最短路径（行政区划除外）。"
// answers.en = "All shortest ways between two people, firms or other nodes, over every relation but being at a place."
// method = "shortest"
// example = 'shunteng query shortest-ties --param a=肖勇 --param b=榕川县金和建筑工程有限公司'
// [parameters.a]
// type = "node"
// zh = "一端：节点编号、姓名或名称"
// en = "one end: a node id or a name"
// [parameters.b]
// type = "node"
// zh = "另一端"
// en = "the other end"
// [parameters.max_hops]
// type = "whole"
// zh = "最多几步"
// en = "at most so many steps"
// low = 1
// high = 8
// default = 6
MATCH p = allShortestPaths((a)-[r:MEMBER_OF|HOLDS|KIN|OWNS|CONTROLS|REPRESENTS|DIRECTS|HAS_ACCOUNT|PAID|AWARDED
    |BID|UNDER|ACTED|SUBJECT_OF|BENEFITS|LEASES|WORKED|POSSESSES|EMPLOYED_BY|SHARES
    |SAME_AS|REPORTED|DOCUMENTS*1..8]-(b))
WHERE a.id = $a AND b.id = $b
RETURN p
