// title = { zh = "两者之间的资金往来", en = "Money between two parties" }
// answers.zh = "两个人、企业或机构的账户之间直接往来的全部款项。"
// answers.en = "Every payment directly between the accounts of two people, firms or bodies."
// method = "patterns"
// order = "time"
// example = 'shunteng query money-between --param a=白岭村村民委员会 --param b=榕川县金和建筑工程有限公司'
// [parameters.a]
// type = "accounts"
// zh = "一方"
// en = "one party"
// kinds = ["Account", "Person", "Company", "PublicBody"]
// [parameters.b]
// type = "accounts"
// zh = "另一方"
// en = "the other party"
// kinds = ["Account", "Person", "Company", "PublicBody"]
MATCH p = (a:Account)-[r:PAID]-(b:Account)
WHERE a.id IN $a AND b.id IN $b
RETURN p
