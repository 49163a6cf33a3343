"""Text in the two languages of the user's surface."""

import locale
import os
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or word, said in Chinese and in English."""

    zh: str
    en: str

    def said(self, language: Language) -> str:
        """Return the text in one language."""
        return self.zh if language == "zh" else self.en

    def filled(self, *args: object, **kwargs: object) -> "Text":
        """Fill the placeholders of both languages with the same values.

        >>> Text("{n} 行", "{n} rows").filled(n=3).en
        '3 rows'
        """
        return Text(self.zh.format(*args, **kwargs), self.en.format(*args, **kwargs))

    def as_json(self) -> dict[str, str]:
        """Return the form in which interfaces carry a text."""
        return {"zh": self.zh, "en": self.en}


def system_language() -> Language:
    """Return the language that the environment's locale asks for (English where it says none)."""
    named = (
        os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or locale.getlocale()[0]
        or ""
    )
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"
