"""Commands on the registers: list, search, show, credits."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import JsonOption, RegistersOption, open_runtime
from api.commands.output import print_rows, say

if TYPE_CHECKING:
    from ingest.registers import RegisterRelation, RegisterRow, Registers

app = typer.Typer(help="List and search the known bodies, programmes, places and strategies.", no_args_is_help=True)

TypeOption = Annotated[str | None, typer.Option("--type", help="Only rows of this entity type, such as Department.")]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="Most rows to print.")]


@app.command("list")
def list_rows(row_type: TypeOption = None, registers: RegistersOption = None, as_json: JsonOption = False) -> None:
    """List the rows of one type, or, without --type, the types with their numbers.

    Examples:

      strategy-graph registers list

      strategy-graph registers list --type LEP

      strategy-graph registers list --type Programme --json
    """
    found = _load(registers, row_type)
    if row_type is None and not as_json:
        counts: dict[str, int] = {}
        for row in found.rows.values():
            counts[row.type] = counts.get(row.type, 0) + 1
        print_rows(["type", "rows"], [[name, counts[name]] for name in sorted(counts)], right=["rows"])
        say("--type TYPE lists the rows of a type")
        return
    _print([row for row in found.rows.values() if row_type in (None, row.type)], as_json=as_json)


@app.command("search")
def search_rows(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words that a name or alias must hold.")],
    row_type: TypeOption = None,
    limit: LimitOption = 20,
    registers: RegistersOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find rows by words of their name, their aliases or their id; the nearest first.

    Examples:

      strategy-graph registers search dcms

      strategy-graph registers search composites centre --type Institution --json
    """
    from ingest.registers import find_rows

    found = find_rows(_load(registers, row_type), " ".join(words), row_type=row_type)
    _print(found[:limit], as_json=as_json)
    if not found:
        say("nothing found; fewer or shorter words find more")
    elif len(found) > limit:
        say(f"{len(found) - limit} more; --limit shows them")


@app.command("show")
def show_row(
    row_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a row, or a name that one row alone has.")],
    registers: RegistersOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show all that a row says, its relations, what came before and after it, and where it comes from.

    Examples:

      strategy-graph registers show dept:beis

      strategy-graph registers show "Offshore Wind Sector Deal" --json
    """
    from ingest.registers import require_row

    found = _load(registers)
    row = require_row(found, row_id)
    if as_json:
        typer.echo(json.dumps(_whole_row(found, row), ensure_ascii=False, indent=2, sort_keys=True))
    else:
        _print_whole_row(found, row)


@app.command("credits")
def show_credits() -> None:
    """Print whose data the registers hold, under which licences, and what must be said where they are shown.

    Examples:

      strategy-graph registers credits
    """
    from ingest.registers import read_credits

    typer.echo(read_credits())


def _load(registers: RegistersOption, row_type: str | None = None) -> "Registers":
    if row_type is not None:
        from api.answers import require_entity_type

        require_entity_type(row_type)
    with open_runtime(registers=registers) as runtime:
        return runtime.registers


def _print(rows: "Sequence[RegisterRow]", *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            typer.echo(json.dumps(_row(row), ensure_ascii=False, sort_keys=True))
    else:
        print_rows(
            ["name", "type", "kind", "from", "to", "id"],
            [[row.name, row.type, row.kind, row.start or "", row.end or "", row.id] for row in rows],
        )


def _row(row: "RegisterRow") -> dict[str, object]:
    return {
        "id": row.id,
        "type": row.type,
        "kind": row.kind,
        "name": row.name,
        "aliases": row.aliases,
        "start": row.start,
        "end": row.end,
        "properties": dict(row.properties),
        "sources": row.sources,
        "unverified": row.unverified,
        "file": row.file,
        "line": row.line,
    }


def _relation(relation: "RegisterRelation") -> dict[str, object]:
    return {
        "type": relation.type,
        "source": relation.source_id,
        "target": relation.target_id,
        "date": relation.date,
        "properties": dict(relation.properties),
        "sources": relation.sources,
    }


def _whole_row(registers: "Registers", row: "RegisterRow") -> dict[str, object]:
    from ingest.registers import find_relations, find_succession

    out, into = find_relations(registers, row.id)
    chain = find_succession(registers, row.id)
    return {
        **_row(row),
        "relations_out": [_relation(relation) for relation in out],
        "relations_in": [_relation(relation) for relation in into],
        "succession": [{"id": step.row.id, "date": step.date, "depth": step.depth} for step in chain],
    }


def _print_whole_row(registers: "Registers", row: "RegisterRow") -> None:
    from ingest.registers import find_relations, find_succession

    fields: list[list[str]] = [["id", row.id], ["name", row.name], ["type", row.type], ["kind", row.kind]]
    fields += [["from", row.start or ""], ["to", row.end or ""], ["also called", "; ".join(row.aliases)]]
    for key, value in sorted(row.properties.items()):
        fields.append([key.replace("_", " "), "; ".join(value) if isinstance(value, tuple) else str(value)])
    fields += [["row", f"{row.file}, line {row.line}"], ["sources", "; ".join(row.sources)]]
    fields.append(["unverified", "; ".join("the whole row" if mark == "row" else mark for mark in row.unverified)])
    print_rows(["field", "value"], [field for field in fields if field[1]])
    out, into = find_relations(registers, row.id)
    lines = [_describe(registers, relation, relation.target_id, "->") for relation in out]
    lines += [_describe(registers, relation, relation.source_id, "<-") for relation in into]
    if lines:
        typer.echo()
        print_rows(["", "relation", "name", "id", "date", "detail"], lines)
    chain = find_succession(registers, row.id)
    if len(chain) > 1:
        typer.echo()
        print_rows(
            ["succession", "from", "to", "id"],
            [
                [
                    f"{'*' if step.depth == 0 else ''}{step.row.name}",
                    step.row.start or "",
                    step.row.end or "",
                    step.row.id,
                ]
                for step in chain
            ],
        )


def _describe(registers: "Registers", relation: "RegisterRelation", other_id: str, arrow: str) -> list[str]:
    detail = "; ".join(str(value) for _, value in sorted(relation.properties.items()))
    return [arrow, relation.type, registers.rows[other_id].name, other_id, relation.date or "", detail]
