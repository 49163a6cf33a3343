// title = { zh = "一个村的历任职务", en = "A village's posts over time" }
// answers.zh = "一个村（或乡镇、县本级）的职务由谁、在何时担任，按时间排列。"
// answers.en = "Who held the posts of a village (or of a township or county itself) and when, in the order of time."
// method = "patterns"
// order = "time"
// example = 'shunteng query village-posts --param village=361025102206'
// [parameters.village]
// type = "node"
// zh = "区划代码，如 361025101201"
// en = "the division's code, such as 361025101201"
// kinds = ["Division"]
MATCH p = (d:Division)<-[l:AT]-(q:Post)<-[post:HOLDS]-(o:Person)
WHERE d.id = $village
RETURN p
