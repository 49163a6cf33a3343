// title = { zh = "谁控制企业", en = "Who controls a firm" }
// answers.zh = "谁直接或经其他企业持股、任职、代表或控制这家企业。"
// answers.en = "Who owns, runs, represents or controls a firm, directly or through other firms."
// method = "patterns"
// order = "strength"
// example = 'shunteng query controllers --param firm=榕川县金和建筑工程有限公司'
// [parameters.firm]
// type = "node"
// zh = "企业"
// en = "the firm"
// kinds = ["Company"]
MATCH p = (holder)-[r:OWNS|REPRESENTS|DIRECTS]->(f:Company)
WHERE f.id = $firm
RETURN p
UNION ALL
MATCH p = (holder)-[r:CONTROLS]->(f:Company)
WHERE f.id = $firm AND r.layers > 1
RETURN p
