"""The settings of one county: `config.toml`, read strictly; unknown names are refused."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from graphengine.errors import SettingsError
from graphengine.language import Text

DEFAULT_CONFIG = """\
# 顺藤工作区设置 / settings of this Shunteng workspace
# 未列出的名称会被拒绝 / unknown names are refused

[resources]
# memory = "2GB"      # 每一步的内存上限 / memory limit of each stage
# threads = 2         # 线程数 / threads

[statistics]
# q = 0.10            # 错误发现率 / false discovery rate (Benjamini-Hochberg)

[kin]
# scope = "default"   # 回避范围：default、civil-servant，或关系列表 / avoidance scope

[stores]
# engine = "arrays"   # 默认引擎：arrays、neo4j 或 ladybug / which engine answers questions
# neo4j = "bolt://127.0.0.1:7687"  # 服务器地址；口令取自环境变量 / credentials: environment

# 规则参数 / parameters of a rule (`shunteng rule ID` lists them):
# [rules.kin-contract]
# min_share = 0.05
"""


EngineName = Literal["arrays", "neo4j", "ladybug"]
"""What can answer relationship questions, by the names that settings and commands use."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a county may set; `rules` maps a rule's id to its own values."""

    memory: str = "2GB"
    threads: int = 2
    q: float = 0.10
    scope: str = "default"
    engine: EngineName = "arrays"
    neo4j: str = ""
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


_SECTIONS: dict[str, dict[str, type]] = {
    "resources": {"memory": str, "threads": int},
    "statistics": {"q": float},
    "kin": {"scope": str},
    "stores": {"engine": str, "neo4j": str},
}


def read_settings(path: Path) -> Settings:
    """Return the settings of a file; raise SettingsError for unknown names and wrong types."""
    try:
        stated = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            Text(
                f"{path.name} 不是有效的 TOML：{error}", f"{path.name} is not valid TOML: {error}"
            ),
            Text("请按 TOML 语法修改", "correct it to TOML syntax"),
        ) from error
    rules = stated.pop("rules", {})
    values: dict[str, Any] = {}
    for section, content in stated.items():
        known = _SECTIONS.get(section)
        if known is None or not isinstance(content, dict):
            raise _unknown(path, section, (*_SECTIONS, "rules"))
        for name, value in content.items():
            values[name] = _checked(path, section, name, value)
    settings = Settings(**values, rules=rules)
    if settings.engine not in get_args(EngineName):
        raise _unknown(path, "stores.engine", get_args(EngineName))
    if not 0 < settings.q < 1 or settings.threads < 1:
        raise SettingsError(
            Text(
                "q 应在 0 与 1 之间，threads 至少为 1",
                "q lies between 0 and 1, threads is at least 1",
            ),
            Text(f"请修改 {path.name}", f"correct {path.name}"),
        )
    return settings


def _checked(path: Path, section: str, name: str, value: object) -> object:
    known = _SECTIONS[section]
    if name not in known:
        raise _unknown(path, f"{section}.{name}", tuple(f"{section}.{n}" for n in known))
    wanted = known[name]
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise SettingsError(
            Text(
                f"{path.name} 中 {section}.{name} 的类型不对",
                f"{path.name}: {section}.{name} has a wrong type",
            ),
            Text(f"应为 {wanted.__name__}", f"give a value of type {wanted.__name__}"),
        )
    return value


def _unknown(path: Path, name: str, known: tuple[str, ...]) -> SettingsError:
    return SettingsError(
        Text(f"{path.name} 中有未知的设置 {name}", f"{path.name}: unknown setting {name}"),
        Text(f"可用：{'、'.join(known)}", f"known: {', '.join(known)}"),
    )
