"""The command that finds partners for a proposition, or propositions for a body."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.answers import (
    CertaintyOption,
    CsvOption,
    GenreOption,
    MinScoreOption,
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
    from graph.analysis.model import PartnerAnswer, RoleAnswer

PropositionArgument = Annotated[
    str, typer.Argument(metavar="[PROPOSITION]", help="The proposition, by name or id.", show_default=False)
]
InOption = Annotated[str | None, typer.Option("--in", metavar="AREA", help="The area whose proposition is meant.")]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only partners of this kind: university, college, catapult, company."),
]
NearOption = Annotated[bool, typer.Option("--near", help="Only partners of the proposition's own area.")]
ForOption = Annotated[
    str | None, typer.Option("--for", metavar="BODY", help="The other way round: propositions for this body.")
]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="Most candidates.")]


def partners(
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
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Rank who could deliver a proposition, with the reasons; partners that it has already stand apart.

    Examples:

      strategy-graph partners "Drone Zone"

      strategy-graph partners "Drone Zone" --in lancashire --kind university --near

      strategy-graph partners --for "University of Central Lancashire"
    """
    from api.questions import PartnersParams, RolesParams, answer_partners, answer_roles, make_params
    from api.tables import candidate_rows

    shared: dict[str, object] = {
        "in": in_, "near": near, "limit": limit, "wave": wave, "since": since, "until": until, "genre": genre,
        "certainty": certainty, "status": status, "only": only, "min_score": min_score,
    }  # fmt: skip
    require_one(proposition, for_)
    found: PartnerAnswer | RoleAnswer
    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        if for_:
            found = answer_roles(view, make_params(RolesParams, body=for_, **shared))
        else:
            found = answer_partners(view, make_params(PartnersParams, proposition=proposition, kind=kind, **shared))
    if as_json:
        print_answer(found)
    elif as_csv:
        print_csv(candidate_rows(found))
    else:
        _print_candidates(found)


def require_one(proposition: str, body: str | None) -> None:
    """Raise Misuse unless exactly one of the two was given."""
    from api.errors import Misuse

    if bool(proposition) == bool(body):
        raise Misuse(
            'give a proposition (`partners "Drone Zone"`) or a body (`partners --for "University of Salford"`), one of '
            "them; "
            "`strategy-graph search WORDS --type Proposition` finds propositions"
        )


def _print_candidates(found: "PartnerAnswer | RoleAnswer") -> None:
    from api.tables import Rows, candidate_rows
    from graph.analysis.model import PartnerAnswer

    if isinstance(found, PartnerAnswer):
        typer.echo(found.proposition.name)
        rows = tuple((item.name, item.kind, item.role) for item in found.existing)
        print_section("Partners already in it", Rows(("name", "kind", "role"), rows), most=40)
        print_section("Suggested partners", candidate_rows(found), most=100)
        team = tuple((item.name, round(item.score, 2), item.says) for item in found.team_up)
        print_section("Areas to team up with", Rows(("area", "score", "in which sense"), team, ("score",)))
    else:
        typer.echo(found.body.name)
        print_section("Where it is a partner already", Rows(("proposition",), tuple((c.name,) for c in found.already)))
        print_section("Where it could take part", candidate_rows(found), most=100)
    print_remarks(found.notes, truncated=found.truncated)
