"""How the commands of the three questions print: JSON as HTTP answers it, CSV, or headed tables."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import output
from api.commands.output import print_rows, say

if TYPE_CHECKING:
    from api.tables import Rows

CsvOption = Annotated[bool, typer.Option("--csv", help="Print the table as CSV.")]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Only documents of this date or later: 2019-12."),
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only documents of this date or earlier.")
]
GenreOption = Annotated[
    list[str] | None, typer.Option("--genre", metavar="GENRE", help='Only documents of this genre: "board paper".')
]
CertaintyOption = Annotated[
    str | None, typer.Option("--certainty", metavar="firm|tentative", help="Only firm, or only tentative propositions.")
]
StatusOption = Annotated[
    str | None,
    typer.Option("--status", metavar="published|draft", help="Only published, or only other strategies."),
]
OnlyOption = Annotated[
    list[str] | None, typer.Option("--only", metavar="AREA", help="Only these areas; several by commas.")
]
MinScoreOption = Annotated[
    float | None, typer.Option("--min-score", metavar="0..1", help="Leave out of ranked lists what scores less.")
]
WavesOption = Annotated[
    list[int] | None, typer.Option("--wave", min=1, max=3, help="Only strategies of this wave; may be given again.")
]


def print_answer(answer: object) -> None:
    """Print an answer as indented JSON: the object that HTTP answers."""
    from graph.analysis.model import to_json

    typer.echo(json.dumps(to_json(answer), ensure_ascii=False, indent=2, sort_keys=True))


def print_csv(table: "Rows") -> None:
    """Print a table as CSV."""
    from api.tables import to_csv

    typer.echo(to_csv(table), nl=False)


def print_section(title: str, table: "Rows", *, most: int = 12) -> None:
    """Print a headed table of at most `most` rows; how many more there are is said beside the result."""
    typer.echo(f"\n{title}")
    if not table.rows:
        typer.echo("  nothing found")
        return
    print_rows(table.heads, [_fitting(row) for row in table.rows[:most]], right=table.right)
    if len(table.rows) > most:
        say(f"{title}: {len(table.rows) - most} more; --json has all")


def print_lines(lines: Sequence[str]) -> None:
    """Print sentences, each on a line of its own."""
    for line in lines:
        typer.echo(" ".join(line.split()))


def print_remarks(notes: Sequence[str], *, truncated: bool) -> None:
    """Say beside the result what a reader must bear in mind."""
    for note in notes:
        say(f"note: {note}")
    if truncated:
        say("note: a limit was reached; more is there than was looked at")


def _fitting(row: Sequence[str | int | float]) -> list[str | int | float]:
    """Shorten long texts for a table that a person sees; what is piped stays whole."""
    if not output.is_watched():
        return list(row)
    return [_clip(value) if isinstance(value, str) else value for value in row]


def _clip(text: str, longest: int = 160) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest].rsplit(' ', 1)[0]} …"
