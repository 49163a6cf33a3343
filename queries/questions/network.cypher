// title = { zh = "周围的网络", en = "The network around a node" }
// answers.zh = "一个对象若干步之内的全部节点，近者在前；联系过多的节点只到达、不穿过。"
// answers.en = "Every node within so many steps, the nearest first; nodes with too many neighbours are reached, not walked through."
// method = "reach"
// example = 'shunteng query network --param node=榕川县金和建筑工程有限公司 --param max_hops=1'
// [parameters.node]
// type = "node"
// zh = "中心：节点编号、姓名或名称"
// en = "the centre: a node id or a name"
// [parameters.max_hops]
// type = "whole"
// zh = "最多几步"
// en = "at most so many steps"
// low = 1
// high = 4
// default = 1
MATCH p = (a)-[r:MEMBER_OF|HOLDS|KIN|OWNS|CONTROLS|REPRESENTS|DIRECTS|HAS_ACCOUNT|PAID|AWARDED
    |BID|UNDER|ACTED|SUBJECT_OF|BENEFITS|LEASES|WORKED|POSSESSES|EMPLOYED_BY|SHARES
    |SAME_AS|REPORTED|DOCUMENTS*1..4]-(b)
WHERE a.id = $node
RETURN p
