// title = { zh = "两者之间的全部联系", en = "All ties between two nodes" }
// answers.zh = "两者之间不超过若干步的全部路径，联系最紧的在前。"
// answers.en = "All ways between two nodes within so many steps, the strongest first."
// method = "ties"
// order = "strength"
// example = 'shunteng query ties --param a=肖勇 --param b=榕川县金和建筑工程有限公司 --param max_hops=3'
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
// high = 6
// default = 3
MATCH p = (a)-[r:MEMBER_OF|HOLDS|KIN|OWNS|CONTROLS|REPRESENTS|DIRECTS|HAS_ACCOUNT|PAID|AWARDED
    |BID|UNDER|ACTED|SUBJECT_OF|BENEFITS|LEASES|WORKED|POSSESSES|EMPLOYED_BY|SHARES
    |SAME_AS|REPORTED|DOCUMENTS*1..6]-(b)
WHERE a.id = $a AND b.id = $b
RETURN p
