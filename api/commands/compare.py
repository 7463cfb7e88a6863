"""The command that sets a strategy beside others."""

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import output
from api.commands.answers import (
    CertaintyOption,
    CsvOption,
    GenreOption,
    MinScoreOption,
    OnlyOption,
    SinceOption,
    StatusOption,
    UntilOption,
    print_answer,
    print_csv,
    print_lines,
    print_remarks,
    print_section,
)
from api.commands.options import JsonOption, StoreOption, open_runtime

if TYPE_CHECKING:
    from api.tables import Rows
    from graph.analysis.model import Comparison

AreaArgument = Annotated[str, typer.Argument(metavar="AREA", help="The strategy, area or body, by any of its names.")]
WithOption = Annotated[
    list[str] | None, typer.Option("--with", metavar="AREAS", help="Set it beside these areas; several by commas.")
]
WaveOption = Annotated[int | None, typer.Option("--wave", min=1, max=3, help="Set it beside this wave.")]
PublishedOption = Annotated[bool, typer.Option("--published", help="Set it beside all published strategies.")]
RowsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rows",
        metavar="KINDS",
        help="Rows of the matrix, by commas: foundations, challenges, sectors, departments, programmes, partners.",
    ),
]


def compare(
    area: AreaArgument,
    with_: WithOption = None,
    wave: WaveOption = None,
    published: PublishedOption = False,
    rows: RowsOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    genre: GenreOption = None,
    certainty: CertaintyOption = None,
    status: StatusOption = None,
    only: OnlyOption = None,
    min_score: MinScoreOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Set a strategy beside others: what is shared, what is only here, what is missing, what has a precedent.

    Without --with, --wave or --published it is set beside the published strategies of Wave 1.

    Examples:

      strategy-graph compare lancashire

      strategy-graph compare lancashire --with west-midlands,greater-manchester --rows sectors,departments

      strategy-graph compare Lancashire --published --csv
    """
    from api.questions import CompareParams, answer_compare, make_params
    from api.tables import matrix_rows

    params = make_params(
        CompareParams, area=area, wave=wave, published=published, rows=rows, since=since, until=until, genre=genre,
        certainty=certainty, status=status, only=only, min_score=min_score, **{"with": with_},
    )  # fmt: skip
    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        found = answer_compare(view, params)
    if as_json:
        print_answer(found)
    elif as_csv:
        print_csv(matrix_rows(found))
    else:
        _print_comparison(found)


def _print_comparison(found: "Comparison") -> None:
    from api.tables import Rows, finding_rows, matrix_rows, nearest_rows, precedent_rows, similar_rows

    labels = {item.id: item.label for item in found.areas}
    own = labels[found.area]
    read = {item.area: item for item in found.coverage}
    coverage = tuple(
        (place, labels[area], len(read[area].documents), read[area].propositions, read[area].says)
        for place, area in enumerate(found.matrix.columns, start=1)
    )
    heads = ("column", "strategy", "documents", "propositions", "to bear in mind")
    print_section("What was read", Rows(heads, coverage, ("column", "documents", "propositions")), most=40)
    print_section("Propositions by row and strategy", _narrow(matrix_rows(found, shares=False)), most=60)
    print_section("Shared", finding_rows(found.shared))
    print_section(f"Only {own}", finding_rows(found.distinctive))
    print_section(f"Missing in {own}", finding_rows(found.missing))
    print_section("What Government has agreed to elsewhere", precedent_rows(found.precedents), most=20)
    print_section("Nearest propositions elsewhere", nearest_rows(found), most=20)
    print_section("Most similar strategies", similar_rows(found.similar))
    print_lines([item.says for item in found.editions])
    print_remarks(found.notes, truncated=found.truncated)


def _narrow(table: "Rows") -> "Rows":
    """Number the columns of a matrix that a person sees, so that it fits a terminal; what is piped keeps the names."""
    if not output.is_watched():
        return table
    numbers = tuple(str(place) for place in range(1, len(table.heads) - 1))
    signs = {0: "·", "": "–"}
    rows = tuple((*row[:2], *(signs.get(value, value) for value in row[2:])) for row in table.rows)
    return dataclasses.replace(table, heads=(*table.heads[:2], *numbers), rows=rows, right=numbers)
