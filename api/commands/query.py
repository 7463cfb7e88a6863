"""The command that asks a Neo4j store in Cypher."""

import json
from typing import Annotated

import typer

from api.commands.options import JsonOption, StoreOption, open_runtime
from api.commands.output import print_rows, say
from api.errors import ExitCode, Misuse


def query(
    cypher: Annotated[str, typer.Argument(metavar="CYPHER", help="A query that only reads.")],
    store: StoreOption = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="Value of $NAME, as JSON or else as text."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, help="Most rows to print.")] = 100,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, max=600, help="Seconds the server may take.")] = 10.0,
    as_json: JsonOption = False,
) -> None:
    """Ask a Neo4j store in Cypher. The server's plan is checked first: only reading is let through.

    The embedded store has no Cypher; it offers `search`, `show`, `compare`, `partners`, `hmg` and `paths`, and
    `export` and `copy` bring its graph elsewhere. Exit code 3 where there are more rows than `--limit`.

    Examples:

      strategy-graph query "MATCH (p:Proposition)-[:ASKS]->(d:Department) RETURN d.name, count(p) AS n ORDER BY n DESC"

      strategy-graph query "MATCH (e:Entity {id: $id})--(o:Entity) RETURN DISTINCT o.name" --param id=sector:aerospace
    """
    from graph.stores.neo4j import Neo4jStore

    values = dict(map(_read_parameter, parameters or ()))
    with open_runtime(store=store) as runtime:
        opened = runtime.require_store()
        if not isinstance(opened, Neo4jStore):
            raise Misuse(
                f"{opened.url} is an embedded store, which has no Cypher; ask it with search, show, compare, partners, "
                "hmg or paths, or bring its graph to Neo4j with `strategy-graph copy --from "
                f"{opened.url} --to bolt://HOST`"
            )
        found = opened.query(cypher, values, max_rows=limit, timeout_s=timeout)
    if as_json:
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print_rows(found.columns, [[_show(value) for value in row] for row in found.rows])
    if found.truncated:
        say(f"there are more than {limit} rows; raise --limit to see them")
        raise typer.Exit(ExitCode.PARTIAL)


def _read_parameter(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise Misuse(f"--param {text!r} is not NAME=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _show(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
