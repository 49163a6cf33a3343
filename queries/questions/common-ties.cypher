// title = { zh = "几个人的共同联系", en = "Common ties of several people" }
// answers.zh = "几个人或企业两两之间不超过若干步的全部路径，联系最紧的在前。"
// answers.en = "All ways within so many steps between any two of several people or firms, the strongest first."
// method = "ties"
// order = "strength"
// example = 'shunteng query common-ties --param people=贾敏芳,余振亮,榕川县信泰劳务有限公司 --param max_hops=2'
// [parameters.people]
// type = "nodes"
// zh = "两个以上的人或企业"
// en = "two people or firms, or more"
// kinds = ["Person", "Company", "PublicBody"]
// low = 2
// [parameters.max_hops]
// type = "whole"
// zh = "最多几步"
// en = "at most so many steps"
// low = 1
// high = 4
// default = 2
MATCH p = (a)-[r:MEMBER_OF|HOLDS|KIN|OWNS|CONTROLS|REPRESENTS|DIRECTS|HAS_ACCOUNT|PAID|AWARDED
    |BID|UNDER|ACTED|SUBJECT_OF|BENEFITS|LEASES|WORKED|POSSESSES|EMPLOYED_BY|SHARES
    |SAME_AS|REPORTED|DOCUMENTS*1..4]-(b)
WHERE a.id IN $people AND b.id IN $people AND a.id < b.id
RETURN p
