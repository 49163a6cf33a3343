// title = { zh = "经各层的股东", en = "Owners through layers" }
// answers.zh = "沿持股逐层向上，直接和间接持有企业的人和企业，持股多者在前。"
// answers.en = "Who holds shares in a firm, layer by layer upwards, the largest share first."
// method = "patterns"
// order = "strength"
// example = 'shunteng query owners --param firm=榕川县金和建筑工程有限公司'
// [parameters.firm]
// type = "node"
// zh = "企业"
// en = "the firm"
// kinds = ["Company"]
// [parameters.max_hops]
// type = "whole"
// zh = "最多几层"
// en = "at most so many layers"
// low = 1
// high = 6
// default = 6
MATCH p = (holder)-[r:OWNS*1..6]->(f:Company)
WHERE f.id = $firm
RETURN p
