"""Commands that ask a store: search, show, stats."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import JsonOption, StoreOption, open_runtime
from api.commands.output import print_counts, print_model, print_models, print_rows, say

if TYPE_CHECKING:
    from graph.analysis.facts import EntityFacts

LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="Most results to print.")]


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words that must all occur.")],
    store: StoreOption = None,
    entity_type: Annotated[
        str | None, typer.Option("--type", help="Only entities of this type, such as Proposition.")
    ] = None,
    limit: LimitOption = 20,
    as_json: JsonOption = False,
) -> None:
    """Find entities by name and passages by their words.

    Examples:

      strategy-graph search drone

      strategy-graph search "institute of technology" --type Institution --json
    """
    from api.answers import require_entity_type
    from api.schemas import HitOut

    if entity_type is not None:
        require_entity_type(entity_type)
    kinds = ("entity",) if entity_type else ("entity", "passage")
    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        hits = view.search(" ".join(words), kinds=kinds, entity_type=entity_type, limit=limit)
    if as_json:
        print_models([HitOut.from_domain(hit) for hit in hits])
    elif hits:
        print_rows(["kind", "title", "match", "id"], [[hit.kind, hit.title, hit.snippet, hit.id] for hit in hits])
    else:
        say("nothing found; fewer or shorter words find more")


def show(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="Id or name of an entity.")],
    store: StoreOption = None,
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Show what the graph says of an entity: its facts, its neighbours and the words behind each.

    Examples:

      strategy-graph show "Drone Zone"

      strategy-graph show BEIS --json
    """
    from api.answers import entity_facts, require_entity
    from api.schemas import FactsOut

    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        found = entity_facts(view, require_entity(view, entity), limit=limit)
    if as_json:
        print_model(FactsOut.from_domain(found))
    else:
        _print_facts(found)


def stats(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Count what the graph holds, by type.

    Examples:

      strategy-graph stats

      strategy-graph stats --store sqlite:///papers.db --json
    """
    from api.schemas import StatsOut

    with open_runtime(store=store) as runtime, runtime.require_store().view() as view:
        counts, version = view.counts(), view.version()
    if as_json:
        print_model(StatsOut.from_domain(counts, version))
        return
    print_counts(counts)


def _property_order(item: tuple[str, object]) -> tuple[int, str]:
    """Put what a proposition says before what is known about it."""
    first = ("what", "why", "how", "ask")
    return first.index(item[0]) if item[0] in first else len(first), item[0]


def _print_facts(found: "EntityFacts") -> None:
    entity = found.entity
    typer.echo(f"{entity.name} ({entity.type})\n{entity.id}")
    for key, value in sorted(entity.properties.items(), key=_property_order):
        typer.echo(f"  {key}: {'; '.join(value) if isinstance(value, tuple) else value}")
    for fact in found.facts:
        arrow = f"-- {fact.relation.type} -->" if fact.outgoing else f"<-- {fact.relation.type} --"
        typer.echo(f"\n{arrow} {fact.other.name} ({fact.other.type})")
        for quote in fact.quotes:
            where = f"{quote.document.title}{f', page {quote.passage.page}' if quote.passage.page else ''}"
            typer.echo(f'  "{quote.evidence.quote}"\n    {where} [{quote.evidence.rule}]')
        for source in fact.relation.sources:
            typer.echo(f"  source: {source}")
    if found.truncated:
        say("there are more relations; raise --limit to see them")
