"""The command that shows what is asked of Government."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.answers import (
    CertaintyOption,
    CsvOption,
    GenreOption,
    OnlyOption,
    SinceOption,
    StatusOption,
    UntilOption,
    WavesOption,
    print_answer,
    print_csv,
    print_remarks,
    print_section,
)
from api.commands.options import JsonOption, StoreOption, open_runtime

if TYPE_CHECKING:
    from graph.analysis.model import HmgAnswer

DepartmentOption = Annotated[
    str | None, typer.Option("--department", metavar="NAME", help="Only this department, by any of its names.")
]
ThemeOption = Annotated[
    str | None, typer.Option("--theme", metavar="NAME", help="Only this foundation, Grand Challenge or sector.")
]
AreaOption = Annotated[str | None, typer.Option("--area", metavar="AREA", help="Only what this area asks.")]
TodayOption = Annotated[bool, typer.Option("--today", help="Say who holds each department's work today.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Say who held it then, as 2019-12.")]


def hmg(
    department: DepartmentOption = None,
    theme: ThemeOption = None,
    area: AreaOption = None,
    today: TodayOption = False,
    as_of: AsOfOption = None,
    wave: WavesOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    genre: GenreOption = None,
    certainty: CertaintyOption = None,
    status: StatusOption = None,
    only: OnlyOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what is asked of each department and by whom, who is asked together, who leads what and who holds it.

    Examples:

      strategy-graph hmg --today

      strategy-graph hmg --department BEIS --theme skills

      strategy-graph hmg --as-of 2019-12 --csv
    """
    from api.questions import HmgParams, answer_hmg, make_params
    from api.tables import ask_rows

    params = make_params(
        HmgParams, department=department, theme=theme, area=area, today=today, as_of=as_of, wave=wave, since=since,
        until=until, genre=genre, certainty=certainty, status=status, only=only,
    )  # fmt: skip
    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        found = answer_hmg(view, params)
    if as_json:
        print_answer(found)
    elif as_csv:
        print_csv(ask_rows(found))
    else:
        _print_links(found)


def _print_links(found: "HmgAnswer") -> None:
    from api.tables import Rows, ask_rows, department_rows, holder_rows, lead_rows, several_rows, together_rows

    print_section("Departments", department_rows(found), most=40)
    print_section("Asks", ask_rows(found), most=40)
    print_section("Asks that need several departments", several_rows(found))
    print_section("Asked together", together_rows(found))
    print_section("What departments lead", lead_rows(found))
    if found.holders:
        print_section(f"Who holds it on {found.holders[0].on}", holder_rows(found), most=40)
    never = tuple((item.name, item.says) for item in found.never_asked)
    print_section("Never asked", Rows(("department", "why it could be"), never))
    print_remarks(found.notes, truncated=found.truncated)
