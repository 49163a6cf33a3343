// title = { zh = "两人之间的亲属路径", en = "The kin path between two people" }
// answers.zh = "两人只经亲属关系相连的全部最短路径；步数多的亲属关系未必在回避范围内。"
// answers.en = "All shortest ways between two people over kin ties alone; kin many steps away are seldom in the avoidance scope."
// method = "shortest"
// example = 'shunteng query kin-path --param a=王仁杰 --param b=王磊天'
// [parameters.a]
// type = "node"
// zh = "一人"
// en = "one person"
// kinds = ["Person"]
// [parameters.b]
// type = "node"
// zh = "另一人"
// en = "the other person"
// kinds = ["Person"]
// [parameters.max_hops]
// type = "whole"
// zh = "最多几步"
// en = "at most so many steps"
// low = 1
// high = 8
// default = 6
MATCH p = allShortestPaths((a:Person)-[r:KIN*1..8]-(b:Person))
WHERE a.id = $a AND b.id = $b
RETURN p
