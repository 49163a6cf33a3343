// title = { zh = "资金来源", en = "Where money came from" }
// answers.zh = "到某人、企业或机构账户的钱，按时间倒推一步步从哪里来。"
// answers.en = "Where money on somebody's accounts came from, payment by payment, each earlier than the one after it."
// method = "trails"
// order = "time"
// example = 'shunteng query money-backward --param payee=榕川县金和建筑工程有限公司 --param max_hops=2 --param within=7'
// [parameters.payee]
// type = "accounts"
// zh = "收款人、企业、机构或其账户"
// en = "who was paid, or an account"
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
MATCH p = (a:Account)<-[r:PAID*1..6]-(b:Account)
WHERE a.id IN $payee
  AND all(i IN range(1, size(r) - 1) WHERE r[i - 1].paid_at > r[i].paid_at)
  AND r[0].paid_at <= r[size(r) - 1].paid_at + $within
RETURN p
