"""Questions in Cypher by a person: only reading, checked by the server's own plan, with a row and a time limit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.errors import BadQuery

if TYPE_CHECKING:
    from neo4j import Transaction

# Beginnings of the procedures a question may call; others may read files, open connections or manage the server.
PROCEDURES = ("db.index.fulltext.query", "db.labels", "db.relationshipTypes", "db.propertyKeys", "db.schema.")


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows of an answer: values as JSON knows them; `truncated` says that there are more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool


def run_query(
    read: "Callable[[Callable[[Transaction], Any]], Any]",
    text: str,
    parameters: Mapping[str, object],
    *,
    max_rows: int,
) -> QueryResult:
    """Return the answer to a text that only reads, by what runs a unit of reading; raise BadQuery for any other."""
    from neo4j.exceptions import ClientError, CypherSyntaxError

    def unit(tx: "Transaction") -> QueryResult:
        result = tx.run(text, dict(parameters))
        records = result.fetch(max_rows + 1)
        rows = tuple(tuple(map(to_plain, record.values())) for record in records[:max_rows])
        return QueryResult(tuple(result.keys()), rows, len(records) > max_rows)

    try:
        summary = read(lambda tx: tx.run(f"EXPLAIN {text}", dict(parameters)).consume())
        if summary.query_type != "r" or summary.plan is None:
            raise BadQuery("this query would write or change the schema; `query` only reads")
        for step, details in _steps(summary.plan):
            if step == "LoadCSV":
                raise BadQuery("LOAD CSV reads files and addresses, which `query` does not")
            if step == "ProcedureCall" and not details.startswith(PROCEDURES):
                name = details.partition("(")[0]
                raise BadQuery(f"`query` does not call {name}; allowed: those beginning with {', '.join(PROCEDURES)}")
        result: QueryResult = read(unit)
        return result
    except (CypherSyntaxError, ClientError) as error:
        if error.code is not None and error.code.startswith("Neo.ClientError.Statement."):
            first = (error.message or "").splitlines()[0]
            raise BadQuery(f"the server does not take this query: {first}") from error
        raise


def _steps(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the operators of a plan, each with what it says of itself."""
    yield plan["operatorType"].partition("@")[0], str(plan.get("args", {}).get("Details", ""))
    for child in plan.get("children", ()):
        yield from _steps(child)


def to_plain(value: object) -> object:
    """Return a value of an answer as JSON knows it: nodes and relations as maps, everything unknown as text."""
    from neo4j.graph import Node, Path, Relationship

    if isinstance(value, Node):
        return {"labels": sorted(value.labels), **{key: to_plain(item) for key, item in sorted(value.items())}}
    if isinstance(value, Relationship):
        return {"type": value.type, **{key: to_plain(item) for key, item in sorted(value.items())}}
    if isinstance(value, Path):
        return [
            to_plain(item) for pair in zip(value.nodes, [*value.relationships, None], strict=True) for item in pair
        ][:-1]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)
