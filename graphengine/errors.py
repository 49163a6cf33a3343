"""One tree of errors; each says what happened and what to do, in both languages."""

from graphengine.language import Text


class ShuntengError(Exception):
    """An expected failure: the message is for the user, the remedy says what to do next."""

    def __init__(self, message: Text, remedy: Text) -> None:
        """Keep both texts; neither may carry a resident ID or a name."""
        super().__init__(message.en)
        self.message = message
        self.remedy = remedy


class WorkspaceError(ShuntengError):
    """The workspace is missing, locked, of another version or damaged."""


class SettingsError(ShuntengError):
    """The configuration holds an unknown name or a value out of bounds."""


class RegisterFileError(ShuntengError):
    """A whole register file is refused; nothing of it was loaded."""


class NotFoundError(ShuntengError):
    """What was asked for (a clue, a node, a rule) is not there."""


class AmbiguousError(ShuntengError):
    """A name stands for several nodes; the message lists their ids."""


class IntegrityError(ShuntengError):
    """A file or a line of the manifest is not what was recorded."""


class QuestionError(ShuntengError):
    """A question is not one of the library, or a parameter is missing, unknown or out of bounds."""


class StoreError(ShuntengError):
    """A graph store cannot be reached, is not whole, or gave up on a question."""


class CypherTextError(ShuntengError):
    """A free Cypher text is refused before any store sees it; the message says where and why."""


class ExchangeError(ShuntengError):
    """A graph or table from outside does not fit the vocabulary, or an extra is not installed."""
