"""Commands that write an answer as a report to table: report compare, partners, hmg."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.answers import (
    CertaintyOption,
    GenreOption,
    MinScoreOption,
    OnlyOption,
    SinceOption,
    StatusOption,
    UntilOption,
    WavesOption,
)
from api.commands.compare import AreaArgument, PublishedOption, RowsOption, WaveOption, WithOption
from api.commands.hmg import AreaOption, AsOfOption, DepartmentOption, ThemeOption, TodayOption
from api.commands.options import StoreOption, open_runtime
from api.commands.output import say
from api.commands.partners import (
    ForOption,
    InOption,
    KindOption,
    LimitOption,
    NearOption,
    PropositionArgument,
    require_one,
)

if TYPE_CHECKING:
    from graph.analysis.model import Comparison, HmgAnswer, PartnerAnswer, RoleAnswer
    from graph.stores.base import View
    from viz.report.formats import ReportFormat

app = typer.Typer(
    help="Write an answer as a report for a board: Word, web page, Markdown or workbook.", no_args_is_help=True
)

ToOption = Annotated[
    Path, typer.Option("--to", metavar="FILE", help="File to write; its ending is the format: docx, html, md or xlsx.")
]


@app.command("compare")
def report_compare(
    area: AreaArgument,
    to: ToOption,
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
) -> None:
    """Write how a strategy stands beside others: chart, shared, distinctive, missing, precedents, quoted evidence.

    Examples:

      strategy-graph report compare lancashire --to lancashire.docx

      strategy-graph report compare lancashire --with west-midlands --to lancashire.html
    """
    from api.questions import CompareParams, answer_compare, make_params

    report_format = require_format(to)
    params = make_params(
        CompareParams, area=area, wave=wave, published=published, rows=rows, since=since, until=until, genre=genre,
        certainty=certainty, status=status, only=only, min_score=min_score, **{"with": with_},
    )  # fmt: skip
    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        _write(view, answer_compare(view, params), to, report_format)


@app.command("partners")
def report_partners(
    to: ToOption,
    proposition: PropositionArgument = "",
    in_: InOption = None,
    kind: KindOption = None,
    near: NearOption = False,
    for_: ForOption = None,
    limit: LimitOption = 10,
    wave: WavesOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    genre: GenreOption = None,
    certainty: CertaintyOption = None,
    status: StatusOption = None,
    only: OnlyOption = None,
    min_score: MinScoreOption = None,
    store: StoreOption = None,
) -> None:
    """Write who could deliver a proposition and why, or with --for what a body could help to deliver.

    Examples:

      strategy-graph report partners "Drone Zone" --in lancashire --to drone-zone.docx

      strategy-graph report partners --for "University of Central Lancashire" --to uclan.md
    """
    from api.questions import PartnersParams, RolesParams, answer_partners, answer_roles, make_params

    report_format = require_format(to)
    require_one(proposition, for_)
    shared: dict[str, object] = {
        "in": in_, "near": near, "limit": limit, "wave": wave, "since": since, "until": until, "genre": genre,
        "certainty": certainty, "status": status, "only": only, "min_score": min_score,
    }  # fmt: skip
    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        if for_:
            _write(view, answer_roles(view, make_params(RolesParams, body=for_, **shared)), to, report_format)
            return
        params = make_params(PartnersParams, proposition=proposition, kind=kind, **shared)
        _write(view, answer_partners(view, params), to, report_format)


@app.command("hmg")
def report_hmg(
    to: ToOption,
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
) -> None:
    """Write what is asked of each department, who is asked together, who leads what and who holds it.

    Examples:

      strategy-graph report hmg --today --to asks.docx

      strategy-graph report hmg --department BEIS --to beis.xlsx
    """
    from api.questions import HmgParams, answer_hmg, make_params

    report_format = require_format(to)
    params = make_params(
        HmgParams, department=department, theme=theme, area=area, today=today, as_of=as_of, wave=wave, since=since,
        until=until, genre=genre, certainty=certainty, status=status, only=only,
    )  # fmt: skip
    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        _write(view, answer_hmg(view, params), to, report_format)


def require_format(to: Path) -> "ReportFormat":
    """Return the format that a file's ending names; raise Misuse with those there are."""
    from api.errors import Misuse
    from viz.report.formats import ReportFormat

    ending = to.suffix.lower().removeprefix(".")
    found = next((item for item in ReportFormat if item.value == ending), None)
    if found is None:
        known = ", ".join(ReportFormat)
        raise Misuse(f"--to {to}: the ending of the file says how a report is written; known: {known}")
    return found


def _write(
    view: "View", found: "Comparison | PartnerAnswer | RoleAnswer | HmgAnswer", to: Path, report_format: "ReportFormat"
) -> None:
    from api.errors import Misuse
    from api.reports import make_report

    content = make_report(view, found, report_format)
    try:
        to.write_bytes(content)
    except OSError as error:
        raise Misuse(
            f"{to} cannot be written ({error.strerror}); give --to a path in a folder you may write"
        ) from error
    say(f"written: {to}")
