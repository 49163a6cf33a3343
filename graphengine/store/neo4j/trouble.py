"""What the driver and the server complain of, in words that say what to do; never a secret."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.store.neo4j.driver import exceptions

_CHECK_ADDRESS = Text(
    "确认服务器已启动、地址和端口无误，然后重试",
    "see that the server runs and that address and port are right, then try again",
)
_CREDENTIALS = Text(
    "检查环境变量 SHUNTENG_NEO4J_USER 和 SHUNTENG_NEO4J_PASSWORD",
    "check the environment variables SHUNTENG_NEO4J_USER and SHUNTENG_NEO4J_PASSWORD",
)
_BY_CODE: dict[str, tuple[Text, Text]] = {
    "Neo.ClientError.Security.AuthenticationRateLimit": (
        Text(
            "服务器因多次密码错误而暂时拒绝登录",
            "the server refuses logins for a while after too many wrong passwords",
        ),
        Text(
            "等一会儿，改正 SHUNTENG_NEO4J_PASSWORD 后再试",
            "wait a little, correct SHUNTENG_NEO4J_PASSWORD, then try again",
        ),
    ),
    "Neo.ClientError.Security.CredentialsExpired": (
        Text("服务器要求先修改初始密码", "the server wants its first password changed"),
        Text(
            "用 cypher-shell 登录 system 数据库，"
            "运行 ALTER CURRENT USER SET PASSWORD FROM ... TO ...",
            "log in to the database `system` with cypher-shell and run "
            "ALTER CURRENT USER SET PASSWORD FROM ... TO ...",
        ),
    ),
    "Neo.ClientError.Database.DatabaseNotFound": (
        Text("服务器上没有这个数据库", "the server has no such database"),
        Text(
            "检查 --database；社区版只有 neo4j 一个", "check --database; Community has only `neo4j`"
        ),
    ),
    "Neo.ClientError.Transaction.TransactionTimedOut": (
        Text("问题在限定时间内没有答完", "the question was not answered in its time"),
        Text(
            "缩小问题（跳数、时间、区划），或放宽时间",
            "ask for less (hops, dates, division), or allow more time",
        ),
    ),
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": (
        Text("问题在限定时间内没有答完", "the question was not answered in its time"),
        Text(
            "缩小问题（跳数、时间、区划），或放宽时间",
            "ask for less (hops, dates, division), or allow more time",
        ),
    ),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": (
        Text("服务器给事务的内存不够", "the server has too little memory for the transaction"),
        Text(
            "缩小问题，或调高服务器的 db.memory.transaction.max",
            "ask for less, or raise the server's db.memory.transaction.max",
        ),
    ),
}


@contextmanager
def in_words(address: str) -> Iterator[None]:
    """Turn what the driver raises inside into StoreError; `address` holds no user or password."""
    try:
        yield
    except (exceptions.Neo4jError, exceptions.DriverError, OSError) as error:
        raise _said(error, address) from error


def silent(address: str, seconds: float) -> StoreError:
    """Return the error of a server that took a question and says nothing."""
    return StoreError(
        Text(
            f"{address} 在 {seconds:g} 秒内没有回应",
            f"{address} said nothing for {seconds:g} seconds",
        ),
        _CHECK_ADDRESS,
    )


def _said(error: Exception, address: str) -> StoreError:
    code = getattr(error, "code", None) or ""
    if code in _BY_CODE:
        return StoreError(*_BY_CODE[code])
    if isinstance(error, exceptions.AuthError):
        return StoreError(
            Text(
                f"{address} 不接受这个用户名或密码",
                f"{address} does not accept the user or the password",
            ),
            _CREDENTIALS,
        )
    if isinstance(error, exceptions.ConfigurationError) or _is_a_web_server(error):
        return unfit(address)
    if _is_of_tls(error, address):
        return _untrusted(address)
    if isinstance(error, exceptions.Neo4jError):
        return _refused(address, code)
    return StoreError(
        Text(f"连不上 {address}，或连接中断", f"{address} cannot be reached, or hung up"),
        _CHECK_ADDRESS,
    )


def _is_a_web_server(error: Exception) -> bool:
    """Tell whether the driver met the port of Neo4j's web page: it says so in its text alone."""
    return isinstance(error, exceptions.ServiceUnavailable) and "HTTP" in str(error.__cause__)


def _is_of_tls(error: Exception, address: str) -> bool:
    """Tell whether encryption failed; where servers are routed to, the driver keeps the reason."""
    encrypted = "+s" in address.partition("://")[0]
    return encrypted and isinstance(error, (exceptions.ServiceUnavailable, ssl.SSLError))


def _untrusted(address: str) -> StoreError:
    return StoreError(
        Text(f"与 {address} 的加密连接没有建立", f"no encrypted connection to {address}"),
        Text(
            "确认服务器已启动并启用 TLS，其证书受本机信任；自签证书用 bolt+ssc:// 或 neo4j+ssc://",
            "see that the server runs and offers TLS with a certificate that this machine trusts; "
            "for a self-signed one use bolt+ssc:// or neo4j+ssc://",
        ),
    )


def unfit(address: str, agent: str = "") -> StoreError:
    """Return the error of a server that is no Neo4j 5 or newer."""
    zh, en = (f"（{agent}）", f" ({agent})") if agent else ("", "")
    return StoreError(
        Text(f"{address} 不是 Neo4j 5 或更新的版本{zh}", f"{address} is no Neo4j 5 or newer{en}"),
        Text("请连接 Neo4j 5 服务器的 Bolt 端口", "name the Bolt port of a Neo4j 5 server"),
    )


def _refused(address: str, code: str) -> StoreError:
    return StoreError(
        Text(
            f"{address} 拒绝了请求：{code or '-'}",
            f"{address} refused the request: {code or 'no code given'}",
        ),
        Text("请按此代码查看服务器日志", "look this code up in the server's log, then try again"),
    )
