// title = { zh = "两组人之间的关节", en = "People between two groups" }
// answers.zh = "两组人之间经亲属、同户、企业、受雇、共用联系方式和资金往来不超过若干步的全部路径，以及其中的关节：去掉某个人或某条联系，两组即断开。"
// answers.en = "All ways between two groups over kin, households, firms, employment, shared contacts and money within so many steps, and where they can be cut: the nodes and ties without which the groups would not hang together."
// method = "joints"
// order = "strength"
// example = 'shunteng query joints --param a=肖勇 --param b=榕川县金和建筑工程有限公司,榕川县远鑫投资有限公司'
// [parameters.a]
// type = "nodes"
// zh = "一组人或企业"
// en = "one group of people or firms"
// kinds = ["Person", "Company", "PublicBody"]
// [parameters.b]
// type = "nodes"
// zh = "另一组"
// en = "the other group"
// kinds = ["Person", "Company", "PublicBody"]
// [parameters.max_hops]
// type = "whole"
// zh = "最多几步"
// en = "at most so many steps"
// low = 1
// high = 6
// default = 3
MATCH p = (a)-[r:KIN|MEMBER_OF|OWNS|CONTROLS|REPRESENTS|DIRECTS|EMPLOYED_BY|SHARES|SAME_AS
    |HAS_ACCOUNT|PAID*1..6]-(b)
WHERE a.id IN $a AND b.id IN $b
RETURN p
