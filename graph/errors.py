"""Errors of the whole project: one root, a class for each thing a caller does differently.

`SkipItem` says "set this item aside, go on"; every other `KgError` says "stop the run". HTTP statuses and exit codes
are mapped in `api/errors.py` alone. A message names what failed and where, the value, what is allowed, what to do.
"""

from collections.abc import Sequence


class KgError(Exception):
    """Root of all errors that this project raises on purpose."""


class SkipItem(KgError):
    """One item cannot be used; the rest of the run goes on and ends `partial`."""


class UnreadableDocument(SkipItem):
    """A file cannot be read, or may not be: `path` which, `reason` why, `remedy` what to do."""

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        self.path, self.reason, self.remedy = path, reason, remedy
        super().__init__(f"{path}: {reason}; {remedy}")


class OntologyError(KgError):
    """`ontology.toml` contradicts itself, or a batch contradicts it."""


class RuleError(KgError):
    """A rule file has an unknown key, a bad pattern or a type the ontology does not know."""


class RegisterError(KgError):
    """A register row is bad: `file` and `line` say where."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        self.file, self.line = file, line
        super().__init__(f"{file}, line {line}: {problem}")


class BadBatch(KgError):
    """A graph batch breaks an invariant of the model (a relation without evidence, a quote that is not there)."""


class StoreError(KgError):
    """The store refuses or fails; nothing of the running transaction was kept."""


class StoreUnavailable(StoreError):
    """The store cannot be reached now; the same call may work later."""


class BadQuery(KgError):
    """A question in Cypher that cannot be answered, or may not be asked."""


class UnknownEntity(KgError):
    """No entity has this id or name: `near` holds known names close to it."""

    def __init__(self, value: str, near: Sequence[str] = ()) -> None:
        self.value, self.near = value, tuple(near)
        hint = f"; near: {', '.join(self.near)}" if self.near else "; try `strategy-graph search`"
        super().__init__(f"no entity {value!r} in this graph{hint}")


class AmbiguousEntity(KgError):
    """A name stands for several entities: `choices` holds their ids."""

    def __init__(self, value: str, choices: Sequence[str]) -> None:
        self.value, self.choices = value, tuple(choices)
        super().__init__(f"{value!r} could be {', '.join(self.choices)}; name one by its id")


class NothingToCompare(KgError):
    """A question has nothing to work on: `what` says of whom, `remedy` what to load."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(f"nothing to compare: {what}; {remedy}")


class UnknownDocument(KgError):
    """No document has this id."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id
        super().__init__(f"no document {document_id!r} in this store; `strategy-graph documents list` shows them")


class ExportError(KgError):
    """An export cannot be written where it was asked; what stood there is unchanged."""
