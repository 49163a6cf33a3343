"""The library of relationship questions: every `.cypher` file of `queries/questions`."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.store.question import Question, read_question

FOLDER = Path(__file__).parent / "questions"
_NEAR = 5


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions by name; raise QuestionError where a file is not one."""
    return tuple(read_question(path) for path in sorted(FOLDER.glob("*.cypher")))


def question(name: str) -> Question:
    """Return the question of a name; raise NotFoundError, with names that are near it."""
    known = {q.name: q for q in questions()}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=_NEAR, cutoff=0.5) or sorted(known)
    raise NotFoundError(
        Text("问题库中没有这个问题", "the library has no such question"),
        Text(f"可用：{'、'.join(near)}", f"there are: {', '.join(near)}"),
    )
