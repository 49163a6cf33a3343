"""The official driver, or words that say how to get it."""

import logging

from graphengine.errors import StoreError
from graphengine.language import Text

try:
    import neo4j
    from neo4j import exceptions
    from neo4j.api import BookmarkManager
except ModuleNotFoundError as error:
    raise StoreError(
        Text("没有安装 Neo4j 的驱动程序", "the driver of Neo4j is not installed"),
        Text("运行 pip install 'shunteng[neo4j]'", "run pip install 'shunteng[neo4j]'"),
    ) from error

logging.getLogger("neo4j").addHandler(logging.NullHandler())
"""What the driver has to say is raised; its own log stays silent unless somebody asks for it."""

__all__ = ["BookmarkManager", "exceptions", "neo4j"]
