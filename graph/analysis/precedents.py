"""For each ask: what Government has agreed to elsewhere for a proposition like it, or plainly that none was found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.analysis.index import Index
from graph.analysis.likeness import Likeness, total
from graph.analysis.model import Agreement, Meaning, Precedent, Ref, RowKind
from graph.analysis.profiles import Profile, asked_words
from graph.analysis.words import count_of, shorten
from graph.model import Relation

LEAST = 0.25  # a commitment less alike than this is no precedent
PUBLISHED = "published"

MEANINGS = (
    Meaning(
        "precedents",
        "What Government has already agreed to for a proposition like ours, in a published strategy, a sector deal or a national programme.",
        f"Commitments of departments to propositions elsewhere, ranked by likeness to the proposition that asks (see `nearest`); below {LEAST} none is called a precedent. Commitments in drafts do not count.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commitment:
    """A proposition that a department agreed to: `agreed_in` the published strategy, deal or programme."""

    proposition: str
    relation: Relation
    agreed_in: Ref | None
    published: str | None


def find_commitments(index: Index, profiles: Mapping[str, Profile]) -> tuple[Commitment, ...]:
    """Return what departments agreed to in published strategies, deals and programmes; drafts are left out."""
    found = []
    for profile in profiles.values():
        where = _agreed_in(index, profile)
        if where == "draft":
            continue
        agreed_in = index.ref(where) if where else None
        date = _date(index, profile, where)
        found += [Commitment(profile.id, relation, agreed_in, date) for relation in index.into(profile.id, "COMMITS")]
    return tuple(found)


def _agreed_in(index: Index, profile: Profile) -> str:
    """Return the id of the strategy, deal or programme in which a proposition was agreed, "draft", or nothing."""
    if profile.proposes:
        published = [
            item.source_id for item in profile.proposes if index.text(item.source_id, "lis_status") in ("", PUBLISHED)
        ]
        return published[0] if published else "draft"
    levers = profile.named(RowKind.PROGRAMME)
    deals = [key for key in levers if index.ref(key).type == "SectorDeal"]
    return next(iter([*deals, *levers]), "")


def _date(index: Index, profile: Profile, where: str) -> str | None:
    dates = sorted(
        date for item in profile.documents if item in index.documents and (date := index.documents[item].published)
    )
    return index.text(where, "published") or next(iter(dates), None)


def find_precedents(
    likeness: Likeness, ours: Iterable[str], commitments: Iterable[Commitment], *, limit: int, least: float = LEAST
) -> tuple[Precedent, ...]:
    """Return one precedent a proposition of ours that asks, those with the best agreement first, then by name."""
    own = frozenset(ours)
    elsewhere = [commitment for commitment in commitments if commitment.proposition not in own]
    searched = len({document for item in elsewhere for document in likeness.profiles[item.proposition].documents})
    found = [
        _precedent(likeness, likeness.profiles[proposition], elsewhere, limit, least, searched)
        for proposition in sorted(own)
        if asked_words(likeness.index, proposition) or likeness.profiles[proposition].card.ask
    ]
    return tuple(
        sorted(found, key=lambda item: (-(item.found[0].score if item.found else 0.0), item.name, item.proposition))
    )


def _precedent(
    likeness: Likeness, profile: Profile, elsewhere: Iterable[Commitment], limit: int, least: float, searched: int
) -> Precedent:
    index = likeness.index
    asks = index.out(profile.id, "ASKS")
    by_proposition: dict[str, list[Commitment]] = {}
    for commitment in elsewhere:
        by_proposition.setdefault(commitment.proposition, []).append(commitment)
    matches = likeness.nearest(profile.id, by_proposition, limit=limit, min_score=least)
    found = tuple(
        _agreement(likeness, profile.id, commitment) for match in matches for commitment in by_proposition[match.id][:1]
    )
    return Precedent(
        proposition=profile.id,
        name=profile.card.name,
        departments=tuple(index.ref(relation.target_id) for relation in asks),
        ask=profile.card.ask,
        found=found,
        searched_documents=searched,
        says=_says(index, found, searched),
        evidence=index.cite(asks) or profile.card.evidence,
    )


def _agreement(likeness: Likeness, proposition: str, commitment: Commitment) -> Agreement:
    index, card = likeness.index, likeness.profiles[commitment.proposition].card
    parts = likeness.parts(proposition, commitment.proposition)
    return Agreement(
        proposition=commitment.proposition,
        name=card.name,
        department=index.ref(commitment.relation.source_id),
        words=card.what or card.name,
        agreed_in=commitment.agreed_in,
        published=commitment.published,
        score=total(parts),
        parts=parts,
        evidence=index.cite([commitment.relation]) or card.evidence,
    )


def _says(index: Index, found: tuple[Agreement, ...], searched: int) -> str:
    if not found:
        return f"None found in {count_of(searched, 'document')} with commitments of Government."
    best = found[0]
    where = f" in the {best.agreed_in.name}" if best.agreed_in else ""
    date = f" ({best.published})" if best.published else ""
    return f"{best.department.name} agreed{where}{date}: “{shorten(best.words)}”"
