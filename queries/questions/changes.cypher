// title = { zh = "两个日期之间的变化", en = "What changed between two dates" }
// answers.zh = "一个对象在两个日期之间（含当日）开始或终止的关系，按时间排列；付款和补贴另有专门问题。"
// answers.en = "The relations of a node that began or ended between two dates (both included), in the order of time; money has questions of its own."
// method = "patterns"
// order = "time"
// example = 'shunteng query changes --param node=榕川县金和建筑工程有限公司 --param from_day=2020-01-01 --param to_day=2024-12-31'
// [parameters.node]
// type = "node"
// zh = "人员、企业或其他对象"
// en = "the person, firm or other node"
// [parameters.from_day]
// type = "date"
// zh = "起始日期"
// en = "the first day"
// [parameters.to_day]
// type = "date"
// zh = "截止日期"
// en = "the last day"
MATCH p = (a)-[r:KIN|MEMBER_OF|HOLDS|OWNS|CONTROLS|REPRESENTS|DIRECTS|HAS_ACCOUNT|AWARDED|BID
    |ACTED|SUBJECT_OF|LEASES|WORKED|POSSESSES|EMPLOYED_BY|REPORTED]-(b)
WHERE a.id = $node AND r.valid_from >= $from_day AND r.valid_from <= $to_day
RETURN p
UNION ALL
MATCH p = (a)-[r:KIN|MEMBER_OF|HOLDS|OWNS|CONTROLS|REPRESENTS|DIRECTS|HAS_ACCOUNT|AWARDED|BID
    |ACTED|SUBJECT_OF|LEASES|WORKED|POSSESSES|EMPLOYED_BY|REPORTED]-(b)
WHERE a.id = $node AND r.valid_to >= $from_day AND r.valid_to <= $to_day
RETURN p
