"""The words people use for kin, in Chinese and English, by the kin word each of them stands for.

A pattern (see `KinWord.parsed`) fits where all its marks do; the one with most marks is taken. What
no pattern fits is said in pieces: 嫂子的父亲, elder brother's wife's father.
"""

TERMS = """
S|配偶|spouse
Sm|丈夫|husband
Sf|妻子|wife
U|父亲或母亲|parent
Um|父亲|father
Uf|母亲|mother
U:adoption|养父或养母|adoptive parent
Um:adoption|养父|adoptive father
Uf:adoption|养母|adoptive mother
U:step|继父或继母|step-parent
Um:step|继父|stepfather
Uf:step|继母|stepmother
D|子女|child
Dm|儿子|son
Df|女儿|daughter
D:adoption|养子女|adopted child
Dm:adoption|养子|adopted son
Df:adoption|养女|adopted daughter
D:step|继子女|stepchild
Dm:step|继子|stepson
Df:step|继女|stepdaughter
UU|祖父母或外祖父母|grandparent
UUm|祖父或外祖父|grandfather
UUf|祖母或外祖母|grandmother
UmU|祖父或祖母|paternal grandparent
UmUm|祖父|paternal grandfather
UmUf|祖母|paternal grandmother
UfU|外祖父或外祖母|maternal grandparent
UfUm|外祖父|maternal grandfather
UfUf|外祖母|maternal grandmother
UUU|曾祖辈|great-grandparent
UUUm|曾祖辈男性|great-grandfather
UUUf|曾祖辈女性|great-grandmother
UmUmUm|曾祖父|great-grandfather
UmUmUf|曾祖母|great-grandmother
UmUfUm|曾外祖父|great-grandfather
UmUfUf|曾外祖母|great-grandmother
UfUmUm|外曾祖父|great-grandfather
UfUmUf|外曾祖母|great-grandmother
UfUfUm|外曾外祖父|great-grandfather
UfUfUf|外曾外祖母|great-grandmother
DD|孙子女或外孙子女|grandchild
DDm|孙子或外孙|grandson
DDf|孙女或外孙女|granddaughter
DmD|孙子女|son's child
DmDm|孙子|son's son
DmDf|孙女|son's daughter
DfD|外孙子女|daughter's child
DfDm|外孙|daughter's son
DfDf|外孙女|daughter's daughter
DDD|曾孙辈|great-grandchild
DDDm|曾孙辈男性|great-grandson
DDDf|曾孙辈女性|great-granddaughter
DmDmDm|曾孙|great-grandson
DmDmDf|曾孙女|great-granddaughter
DmDfDm|曾外孙|great-grandson
DmDfDf|曾外孙女|great-granddaughter
DfDDm|外曾孙|great-grandson
DfDDf|外曾孙女|great-granddaughter
UD|兄弟姐妹|sibling
UD+|哥哥或姐姐|elder sibling
UD-|弟弟或妹妹|younger sibling
UDm|兄弟|brother
UDm+|哥哥|elder brother
UDm-|弟弟|younger brother
UDf|姐妹|sister
UDf+|姐姐|elder sister
UDf-|妹妹|younger sister
UD:step|继兄弟姐妹|stepsibling
UDm:step|继兄弟|stepbrother
UDm+:step|继兄|elder stepbrother
UDm-:step|继弟|younger stepbrother
UDf:step|继姐妹|stepsister
UDf+:step|继姐|elder stepsister
UDf-:step|继妹|younger stepsister
UD:adoption|养兄弟姐妹|adoptive sibling
UDm:adoption|养兄弟|adoptive brother
UDm+:adoption|养兄|elder adoptive brother
UDm-:adoption|养弟|younger adoptive brother
UDf:adoption|养姐妹|adoptive sister
UDf+:adoption|养姐|elder adoptive sister
UDf-:adoption|养妹|younger adoptive sister
UUD|父母的兄弟姐妹|uncle or aunt
UUDm|伯叔或舅父|uncle
UUDf|姑母或姨母|aunt
UmUD|父亲的兄弟姐妹|father's sibling
UmUDm|伯父或叔父|father's brother
UmUDm+|伯父|father's elder brother
UmUDm-|叔父|father's younger brother
UmUDf|姑母|father's sister
UfUD|母亲的兄弟姐妹|mother's sibling
UfUDm|舅父|mother's brother
UfUDf|姨母|mother's sister
UDD|侄子女或外甥子女|nephew or niece
UDDm|侄子或外甥|nephew
UDDf|侄女或外甥女|niece
UDmD|侄子女|brother's child
UDmDm|侄子|brother's son
UDmDf|侄女|brother's daughter
UDfD|外甥或外甥女|sister's child
UDfDm|外甥|sister's son
UDfDf|外甥女|sister's daughter
UUDD|堂表兄弟姐妹|cousin
UUDDm|堂表兄弟|male cousin
UUDDf|堂表姐妹|female cousin
UmUDmD|堂兄弟姐妹|father's brother's child
UmUDmDm|堂兄弟|cousin (father's brother's son)
UmUDmDm+|堂兄|elder cousin (father's brother's son)
UmUDmDm-|堂弟|younger cousin (father's brother's son)
UmUDmDf|堂姐妹|cousin (father's brother's daughter)
UmUDmDf+|堂姐|elder cousin (father's brother's daughter)
UmUDmDf-|堂妹|younger cousin (father's brother's daughter)
UmUDfD|表兄弟姐妹|father's sister's child
UmUDfDm|表兄弟|cousin (father's sister's son)
UmUDfDm+|表兄|elder cousin (father's sister's son)
UmUDfDm-|表弟|younger cousin (father's sister's son)
UmUDfDf|表姐妹|cousin (father's sister's daughter)
UmUDfDf+|表姐|elder cousin (father's sister's daughter)
UmUDfDf-|表妹|younger cousin (father's sister's daughter)
UfUDD|表兄弟姐妹|cousin on the mother's side
UfUDDm|表兄弟|male cousin on the mother's side
UfUDDm+|表兄|elder male cousin on the mother's side
UfUDDm-|表弟|younger male cousin on the mother's side
UfUDDf|表姐妹|female cousin on the mother's side
UfUDDf+|表姐|elder female cousin on the mother's side
UfUDDf-|表妹|younger female cousin on the mother's side
UUUD|祖辈的兄弟姐妹|great-uncle or great-aunt
UmUmUDm|伯祖父或叔祖父|great-uncle
UmUmUDm+|伯祖父|great-uncle
UmUmUDm-|叔祖父|great-uncle
UmUmUDf|姑祖母|great-aunt
UmUfUDm|舅祖父|great-uncle
UmUfUDf|姨祖母|great-aunt
UfUmUDm|外伯祖父或外叔祖父|great-uncle
UfUmUDm+|外伯祖父|great-uncle
UfUmUDm-|外叔祖父|great-uncle
UfUmUDf|外姑祖母|great-aunt
UfUfUDm|外舅祖父|great-uncle
UfUfUDf|外姨祖母|great-aunt
UDDD|侄孙或甥孙辈|great-nephew or great-niece
UDmDmDm|侄孙|great-nephew
UDmDmDf|侄孙女|great-niece
UDmDfDm|侄外孙|great-nephew
UDmDfDf|侄外孙女|great-niece
UDfDDm|甥孙|great-nephew
UDfDDf|甥孙女|great-niece
UUUDD|父母的堂表兄弟姐妹|parent's cousin
UmUmUDmDm|堂伯或堂叔|father's cousin
UmUmUDmDm+|堂伯|father's elder cousin
UmUmUDmDm-|堂叔|father's younger cousin
UmUmUDmDf|堂姑|father's cousin
UmUmUDfDm|表伯或表叔|father's cousin
UmUmUDfDm+|表伯|father's elder cousin
UmUmUDfDm-|表叔|father's younger cousin
UmUmUDfDf|表姑|father's cousin
UmUfUDDm|表伯或表叔|father's cousin
UmUfUDDm+|表伯|father's elder cousin
UmUfUDDm-|表叔|father's younger cousin
UmUfUDDf|表姑|father's cousin
UfUmUDmDm|堂舅|mother's cousin
UfUmUDmDf|堂姨|mother's cousin
UfUmUDfDm|表舅|mother's cousin
UfUmUDfDf|表姨|mother's cousin
UfUfUDDm|表舅|mother's cousin
UfUfUDDf|表姨|mother's cousin
UUDDD|堂表兄弟姐妹的子女|cousin's child
UmUDmDmDm|堂侄|cousin's son
UmUDmDmDf|堂侄女|cousin's daughter
UmUDmDfDm|堂外甥|cousin's son
UmUDmDfDf|堂外甥女|cousin's daughter
UmUDfDmDm|表侄|cousin's son
UmUDfDmDf|表侄女|cousin's daughter
UmUDfDfDm|表外甥|cousin's son
UmUDfDfDf|表外甥女|cousin's daughter
UfUDDmDm|表侄|cousin's son
UfUDDmDf|表侄女|cousin's daughter
UfUDDfDm|表外甥|cousin's son
UfUDDfDf|表外甥女|cousin's daughter
UUUDDD|从堂或从表兄弟姐妹|second cousin
UmUmUDmDmDm|从堂兄弟|second cousin
UmUmUDmDmDm+|从堂兄|elder second cousin
UmUmUDmDmDm-|从堂弟|younger second cousin
UmUmUDmDmDf|从堂姐妹|second cousin
UmUmUDmDmDf+|从堂姐|elder second cousin
UmUmUDmDmDf-|从堂妹|younger second cousin
US|继父或继母|parent's spouse
USm|继父|mother's husband
USf|继母|father's wife
SD|继子女|spouse's child
SDm|继子|spouse's son
SDf|继女|spouse's daughter
SU|配偶的父母|parent-in-law
SmU|公婆|husband's parent
SmUm|公公|husband's father
SmUf|婆婆|husband's mother
SfU|岳父母|wife's parent
SfUm|岳父|wife's father
SfUf|岳母|wife's mother
SUD|配偶的兄弟姐妹|spouse's sibling
SfUDm|内兄弟|wife's brother
SfUDm+|妻兄|wife's elder brother
SfUDm-|妻弟|wife's younger brother
SfUDf|妻姐妹|wife's sister
SfUDf+|妻姐|wife's elder sister
SfUDf-|妻妹|wife's younger sister
SmUDm|夫兄弟|husband's brother
SmUDm+|大伯子|husband's elder brother
SmUDm-|小叔子|husband's younger brother
SmUDf|夫姐妹|husband's sister
SmUDf+|大姑子|husband's elder sister
SmUDf-|小姑子|husband's younger sister
SUDS|配偶的兄弟姐妹的配偶|spouse's sibling's spouse
SfUDfSm|连襟|wife's sister's husband
SfUDmSf|内兄弟的妻子|wife's brother's wife
SfUDm+Sf|内嫂|wife's elder brother's wife
SfUDm-Sf|内弟媳|wife's younger brother's wife
SmUDmSf|妯娌|husband's brother's wife
SmUDfSm|夫姐妹的丈夫|husband's sister's husband
SUDD|配偶的侄甥|spouse's nephew or niece
SfUDmDm|内侄|wife's brother's son
SfUDmDf|内侄女|wife's brother's daughter
SfUDfDm|姨甥|wife's sister's son
SfUDfDf|姨甥女|wife's sister's daughter
SmUDmDm|夫侄|husband's brother's son
SmUDmDf|夫侄女|husband's brother's daughter
SmUDfDm|夫外甥|husband's sister's son
SmUDfDf|夫外甥女|husband's sister's daughter
DS|子女的配偶|child's spouse
DmSf|儿媳|son's wife
DfSm|女婿|daughter's husband
DSU|亲家|child's parent-in-law
DSUm|亲家公|child's father-in-law
DSUf|亲家母|child's mother-in-law
DDS|孙辈的配偶|grandchild's spouse
DDmSf|孙媳妇或外孙媳妇|grandson's wife
DDfSm|孙女婿或外孙女婿|granddaughter's husband
DmDmSf|孙媳妇|grandson's wife
DmDfSm|孙女婿|granddaughter's husband
DfDmSf|外孙媳妇|grandson's wife
DfDfSm|外孙女婿|granddaughter's husband
UDS|兄弟姐妹的配偶|sibling's spouse
UDmSf|嫂子或弟媳|brother's wife
UDm+Sf|嫂子|elder brother's wife
UDm-Sf|弟媳|younger brother's wife
UDfSm|姐夫或妹夫|sister's husband
UDf+Sm|姐夫|elder sister's husband
UDf-Sm|妹夫|younger sister's husband
UUDS|父母的兄弟姐妹的配偶|uncle's or aunt's spouse
UmUDmSf|伯母或婶母|father's brother's wife
UmUDm+Sf|伯母|father's elder brother's wife
UmUDm-Sf|婶母|father's younger brother's wife
UmUDfSm|姑父|father's sister's husband
UfUDmSf|舅母|mother's brother's wife
UfUDfSm|姨父|mother's sister's husband
UDDS|侄甥的配偶|nephew's or niece's spouse
UDmDmSf|侄媳妇|brother's son's wife
UDmDfSm|侄女婿|brother's daughter's husband
UDfDmSf|外甥媳妇|sister's son's wife
UDfDfSm|外甥女婿|sister's daughter's husband
UUDDS|堂表兄弟姐妹的配偶|cousin's spouse
UmUDmDm+Sf|堂嫂|cousin's wife
UmUDmDm-Sf|堂弟媳|cousin's wife
UmUDmDf+Sm|堂姐夫|cousin's husband
UmUDmDf-Sm|堂妹夫|cousin's husband
UmUDfDm+Sf|表嫂|cousin's wife
UmUDfDm-Sf|表弟媳|cousin's wife
UmUDfDf+Sm|表姐夫|cousin's husband
UmUDfDf-Sm|表妹夫|cousin's husband
UfUDDm+Sf|表嫂|cousin's wife
UfUDDm-Sf|表弟媳|cousin's wife
UfUDDf+Sm|表姐夫|cousin's husband
UfUDDf-Sm|表妹夫|cousin's husband
"""
