"""What commands print: results to standard output, everything else to standard error; plain where no one looks."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.table import Table

    from graph.stores.base import Counts


def say(text: str) -> None:
    """Print a line for the person at the terminal, apart from the result."""
    typer.echo(text, err=True)


def print_model(answer: "BaseModel") -> None:
    """Print one answer as indented JSON."""
    typer.echo(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False, indent=2, sort_keys=True))


def print_models(answers: Sequence["BaseModel"]) -> None:
    """Print a list of answers as one indented JSON array."""
    rows = [answer.model_dump(mode="json") for answer in answers]
    typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, sort_keys=True))


def print_rows(heads: Sequence[str], rows: Sequence[Sequence[str | int | float]], *, right: Sequence[str] = ()) -> None:
    """Print a table: drawn for a person, tab-separated without a frame when piped."""
    if not is_watched():
        for row in [heads, *rows]:
            typer.echo("\t".join(" ".join(str(value).split()) for value in row))
        return
    from rich.console import Console
    from rich.text import Text

    table = _table()
    for head in heads:
        table.add_column(head, justify="right" if head in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(value)) for value in row))
    Console().print(table)


def print_counts(counts: "Counts") -> None:
    """Print how much a store holds."""
    rows: list[list[str | int]] = [["documents", counts.documents], ["passages", counts.passages]]
    rows += [["mentions", counts.mentions], ["dropped", counts.dropped], ["unsure", counts.unsure]]
    for label, by_type in (
        ("entities named", counts.mentioned),
        ("entities known", counts.entities),
        ("relations quoted", counts.quoted),
        ("relations known", counts.relations),
    ):
        rows.append([label, sum(by_type.values())])
        rows += [[f"  {name}", number] for name, number in sorted(by_type.items())]
    print_rows(["what", "number"], rows, right=["number"])


def _table() -> "Table":
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")


def is_watched() -> bool:
    """Say whether results go to a terminal, where a table is drawn."""
    return sys.stdout.isatty()


@contextmanager
def progress(label: str, items: Sequence[object]) -> Iterator[Callable[[str], None]]:
    """Show a bar on standard error while the block runs; the given function moves it on by one and names the item."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[item]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=len(items), item="")
        yield lambda item: bar.update(task, advance=1, item=escape(item[-60:]))
