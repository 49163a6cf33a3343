// title = { zh = "资金去向", en = "Where money went" }
// answers.zh = "从某人、企业或机构的账户付出的钱，按时间先后一步步去了哪里。"
// answers.en = "Where money from somebody's accounts went, payment by payment, each later than the one before."
// method = "trails"
// order = "time"
// example = 'shunteng query money-forward --param payer=白岭村村民委员会 --param max_hops=2 --param within=7'
// [parameters.payer]
// type = "accounts"
// zh = "付款人、企业、机构或其账户"
// en = "who paid, or an account"
// kinds = ["Account", "Person", "Company", "PublicBody"]
// [parameters.max_hops]
// type = "whole"
// zh = "最多几手"
// en = "at most so many payments"
// low = 1
// high = 6
// default = 3
// [parameters.within]
// type = "days"
// zh = "从第一笔到最后一笔最多几天"
// en = "at most so many days from the first payment to the last"
// low = 1
// high = 366
// default = 30
MATCH p = (a:Account)-[r:PAID*1..6]->(b:Account)
WHERE a.id IN $payer
  AND all(i IN range(1, size(r) - 1) WHERE r[i - 1].paid_at < r[i].paid_at)
  AND r[size(r) - 1].paid_at <= r[0].paid_at + $within
RETURN p
