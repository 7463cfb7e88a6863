"""Neo4j's failures in the project's words: what happened to which server, and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import StoreError, StoreUnavailable

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
    "Neo.TransientError.General.MemoryPool": "has too little memory for this; raise dbms.memory.transaction.total.max",
    "Neo.TransientError.General.OutOfMemory": "has too little memory; raise server.memory.heap.max_size",
    "Neo.TransientError": "is busy or changing its leader; try again",
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
        for begin, remedy in UNAVAILABLE.items():
            if code.startswith(begin):
                return StoreUnavailable(f"{url} {remedy} ({code})")
        for begin, remedy in REFUSED.items():
            if code.startswith(begin):
                return StoreError(f"{url} {remedy} ({code})")
        if "space" in (error.message or "") and code.startswith("Neo.DatabaseError"):
            return StoreError(f"{url} has no room left on its disk; free some space and load the document again")
        return StoreError(f"{url} failed ({code}: {error.message})")
    if isinstance(error, ConfigurationError):
        return StoreError(f"{url} cannot be used as an address ({error})")
    return StoreUnavailable(
        f"{url} cannot be reached or does not answer ({_first_line(error)}); start the server, or check the address"
    )


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
