"""The words of Cypher: which of them only read, which are refused and why."""

from dataclasses import dataclass

from graphengine.language import Text

_KEYWORDS = """
ALL AND AS ASC ASCENDING BY CALL CASE CONTAINS DESC DESCENDING DISTINCT ELSE END ENDS FALSE IN IS
LIMIT MATCH NOT NULL OPTIONAL OR ORDER RETURN SKIP STARTS THEN TRUE UNION UNWIND WHEN WHERE WITH XOR
YIELD
"""
_ALSO_RESERVED = """
ACYCLIC ADD ALLSHORTESTPATHS ANY COLLECT COLUMN COUNT CYCLE DATABASE DATABASES DEFAULT DO EXISTS
EXTENSION FILTER FINISH FOR FROM FUNCTION FUNCTIONS GLOB GRAPH GRAPHS GROUP GROUPS HEADERS HINT IF
INCREMENT INDEX INF INFINITY INTERNAL JOIN KEY LET LIKE MACRO MAXVALUE MINVALUE MULTI_JOIN NAN NEXT
NO NODE NODES NONE NORMALIZED OF OFFSET ON ONLY PATH PATHS PRIMARY PROCEDURE PROCEDURES READ REDUCE
REL RELATIONSHIP REPEATABLE REPLACE RDFGRAPH SEQUENCE SHORTEST SHORTESTPATH SIMPLE SINGLE SUBQUERY
TABLE TABLES TO TRAIL TYPE TYPED UNIQUE USER USERS VALUE VECTOR WALK WRITE WSHORTEST
"""
KEYWORDS = frozenset(_KEYWORDS.split())
"""Words that the grammar of reading knows as such."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a group of words is refused and what to do instead."""

    why: Text
    remedy: Text


_WRITE = Refused(
    Text("{word} 会改动图，这里只能读", "{word} changes the graph; here it is only read"),
    Text(
        "用 MATCH … RETURN；要改数据，请改登记文件后重新 ingest 和 build",
        "use MATCH ... RETURN; to change data, correct the register files, then ingest and build",
    ),
)
_FILE = Refused(
    Text("{word} 会读写文件或网络", "{word} reads or writes files or the network"),
    Text(
        "数据用 shunteng ingest 导入，用 shunteng export 导出；名单用参数（$名称）传入",
        "bring data in by `shunteng ingest`, out by `shunteng export`, lists as parameters ($name)",
    ),
)
_ADMIN = Refused(
    Text("{word} 属于数据库管理，不是查询", "{word} administers a database, it asks nothing"),
    Text("只用 MATCH … RETURN 提问", "ask with MATCH ... RETURN"),
)
_PLAN = Refused(
    Text("{word} 不回答问题，只说明执行方式", "{word} answers nothing, it explains how"),
    Text("去掉 {word}", "leave {word} out"),
)
_BATCH = Refused(
    Text("不允许自带事务的子查询", "subqueries in transactions of their own are not allowed"),
    Text("去掉 IN TRANSACTIONS", "leave IN TRANSACTIONS out"),
)


def _each(words: str, refused: Refused) -> dict[str, Refused]:
    return dict.fromkeys(words.split(), refused)


REFUSED = {
    **_each(
        "CREATE INSERT MERGE SET DELETE DETACH NODETACH REMOVE DROP FOREACH ALTER RENAME TRUNCATE",
        _WRITE,
    ),
    **_each("LOAD COPY IMPORT EXPORT ATTACH INSTALL UNINSTALL FORCE", _FILE),
    **_each(
        "USE SHOW TERMINATE GRANT DENY REVOKE START STOP BEGIN COMMIT ROLLBACK CHECKPOINT "
        "COMMENT ANALYZE DUMP ENABLE DEALLOCATE REALLOCATE DRYRUN PROJECT",
        _ADMIN,
    ),
    **_each("EXPLAIN PROFILE CYPHER LOGICAL", _PLAN),
    **_each("TRANSACTIONS TRANSACTION CONCURRENT PERIODIC USING", _BATCH),
}
"""Words that stand for what a reader never needs."""

RESERVED = KEYWORDS | REFUSED.keys() | frozenset(_ALSO_RESERVED.split())
"""Names that are quoted when they are said to an engine."""
