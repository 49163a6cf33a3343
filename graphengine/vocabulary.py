"""The words of the graph in one place: node kinds, relation kinds, registers.

Table schemas, exports, pages and the Cypher stores are all derived from here.
"""

from graphengine.kinds import NodeKind, Property, PropertyType, RelationKind
from graphengine.language import Text
from graphengine.node_kinds import NODE_KINDS
from graphengine.relation_kinds import RELATION_KINDS

__all__ = [
    "KIND_BY_PREFIX",
    "NODES",
    "NODE_KINDS",
    "REGISTERS",
    "RELATIONS",
    "RELATION_KINDS",
    "NodeKind",
    "Property",
    "PropertyType",
    "RelationKind",
]

NODES = {kind.name: kind for kind in NODE_KINDS}
RELATIONS = {kind.name: kind for kind in RELATION_KINDS}
KIND_BY_PREFIX = {kind.prefix: kind for kind in NODE_KINDS}

REGISTERS: dict[str, Text] = {
    "officials": Text("干部名册", "officials"),
    "households": Text("户籍册", "households"),
    "contractors": Text("企业名录", "contractors"),
    "payments": Text("资金流水", "payments"),
    "approvals": Text("审批记录", "approvals"),
    "shareholders": Text("股东高管", "shareholders"),
    "accounts": Text("账户", "accounts"),
    "contracts": Text("合同", "contracts"),
    "bids": Text("投标", "bids"),
    "benefits": Text("补贴发放", "benefits"),
    "relatives": Text("亲属申报", "relatives"),
    "leases": Text("集体资产租赁", "leases"),
    "reports": Text("群众举报", "reports"),
    "labour": Text("用工表", "labour"),
    "holdings": Text("财产与身份登记", "holdings"),
    "documents": Text("附件", "documents"),
}
