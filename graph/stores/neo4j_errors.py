"""Neo4j's failures in the project's words: what happened to which server, and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.errors import StoreError, StoreUnavailable

if TYPE_CHECKING:
    from neo4j.exceptions import DriverError, Neo4jError

FULL = "most often since its disk is full; free some space there and start it anew"
FULL_SIGNS = ("No space left", "File too large", "Could not append transaction")

PER_TRANSACTION = "db.memory.transaction.max"
MEMORY_LIMITS = (PER_TRANSACTION, "dbms.memory.transaction.total.max")

# By the beginning of a status code; the first match wins.
UNAVAILABLE = {
    "Neo.ClientError.Security.AuthenticationRateLimit": "refuses the login for now, after too many wrong passwords; "
    "mend STRATEGY_GRAPH_NEO4J_PASSWORD and try again in a minute",
    "Neo.ClientError.Security.CredentialsExpired": "wants its first password changed; do so in Neo4j Browser or with "
    "ALTER CURRENT USER SET PASSWORD",
    "Neo.ClientError.Security.Unauthorized": "refuses this user or password; set STRATEGY_GRAPH_NEO4J_USER and "
    "STRATEGY_GRAPH_NEO4J_PASSWORD (or _PASSWORD_FILE)",
    "Neo.ClientError.Database.DatabaseNotFound": "has no such database; set STRATEGY_GRAPH_NEO4J_DATABASE",
    "Neo.ClientError.Transaction.TransactionTimedOut": "took too long and was stopped; ask for less or try again",
    "Neo.TransientError.Transaction.LockClient": "took too long and was stopped; ask for less or try again",
    "Neo.TransientError.General.OutOfMemory": "has too little memory; raise server.memory.heap.max_size",
    "Neo.TransientError.General.DatabaseUnavailable": "keeps its database shut, starting or stopped; see its log",
    "Neo.TransientError": "is busy or changing its leader; try again",
    "Neo.DatabaseError.Transaction.TransactionLogError": f"cannot write its log, {FULL}",
    "Neo.DatabaseError.Transaction.TransactionCommitFailed": f"could not store this, {FULL}",
    "Neo.DatabaseError.Transaction.TransactionStartFailed": "has stopped its database after a failure, most often "
    "a full disk; look at its log, mend the cause and start it anew",
    "Neo.ClientError.Cluster": "did not take the write, since another member leads; use a neo4j:// address",
}
REFUSED = {
    "Neo.ClientError.Statement.AccessMode": "may only be read through this connection",
    "Neo.ClientError.General.WriteOnReadOnly": "is read-only; open another database, or make this one writable",
    "Neo.ClientError.General.ForbiddenOnReadOnly": "is read-only; open another database, or make this one writable",
    "Neo.ClientError.Security.Forbidden": "does not allow this to the user; grant the right, or use another user",
    "Neo.ClientError.Schema.ConstraintValidation": "refuses an id that something else has; `strategy-graph check` "
    "says what is wrong",
}


def _explain(error: Exception, url: str) -> StoreError:
    from neo4j.exceptions import ConfigurationError, Neo4jError

    if isinstance(error, Neo4jError):
        code = error.code or ""
        if setting := _memory_limit(error):
            return StoreUnavailable(f"{url} has too little memory for this; raise {setting}, or ask for less ({code})")
        for begin, remedy in UNAVAILABLE.items():
            if code.startswith(begin):
                return StoreUnavailable(f"{url} {remedy} ({code})")
        for begin, remedy in REFUSED.items():
            if code.startswith(begin):
                return StoreError(f"{url} {remedy} ({code})")
        if code.startswith("Neo.DatabaseError") and any(sign in (error.message or "") for sign in FULL_SIGNS):
            return StoreUnavailable(f"{url} cannot write, {FULL} ({code})")
        return StoreError(f"{url} failed ({code}: {error.message})")
    if isinstance(error, ConfigurationError):
        return StoreError(f"{url} cannot be used as an address ({error})")
    return StoreUnavailable(
        f"{url} cannot be reached or does not answer ({_first_line(error)}); start the server, or check the address"
    )


def _memory_limit(error: Exception) -> str | None:
    """Return the setting whose limit a transaction reached, None where it failed of something else."""
    return next((setting for setting in MEMORY_LIMITS if f" {setting} threshold reached" in str(error)), None)


def may_pass(error: "DriverError | Neo4jError") -> bool:
    """Say whether the same may succeed later: the server says so, and means no limit of a single transaction."""
    return error.is_retryable() and _memory_limit(error) != PER_TRANSACTION


def _first_line(error: Exception) -> str:
    """Return the first line of a message; of a driver's report on several addresses the first."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Raise StoreError, or StoreUnavailable where waiting or a changed setting may help, for any failure of Neo4j."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except (DriverError, Neo4jError) as error:
        raise _explain(error, url) from error
