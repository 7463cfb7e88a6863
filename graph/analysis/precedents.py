"""For each ask: what Government has agreed to elsewhere for a proposition like it, or plainly that none was found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.analysis.index import Index
from graph.analysis.likeness import FULL_COSINE, Likeness, total
from graph.analysis.model import Agreement, Meaning, Part, Precedent, Ref, RowKind
from graph.analysis.profiles import Profile, is_collective
from graph.analysis.wording import Wording, make_wording
from graph.analysis.words import count_of, join, shorten
from graph.model import Relation

LIKENESS, LEVER, DEPARTMENT, ASK = 0.6, 0.15, 0.1, 0.15  # what each may add, together 1
INSTEAD = frozenset({"programme", "department"})  # parts of the likeness for which a precedent has its own
LEAST = 0.17  # read by hand over the bundled documents: below, what is found is no precedent
PUBLISHED = "published"

MEANINGS = (
    Meaning(
        "precedents",
        "What Government has already agreed to for a proposition like ours.",
        "Commitments of departments in published strategies, sector deals and national programmes (drafts do not "
        f"count), scored by {LIKENESS} of the likeness of the two propositions (see nearest), {LEVER} where both build "
        f"on one programme or deal, {DEPARTMENT} where the department asked is the one that agreed, and up to {ASK} "
        f"for words of the ask that the commitment shares (TF-IDF cosine); below {LEAST} none is called a precedent.",
    ),
)


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
    elsewhere: dict[str, Commitment] = {}
    for commitment in commitments:
        if commitment.proposition not in own:
            elsewhere.setdefault(commitment.proposition, commitment)
    asking = [item for item in sorted(own) if likeness.profiles[item].card.ask]
    search = _Search(likeness, elsewhere, _ask_wording(likeness, asking, elsewhere), limit, least)
    found = [search.precedent(likeness.profiles[item]) for item in asking]
    return tuple(
        sorted(found, key=lambda item: (-(item.found[0].score if item.found else 0), item.name, item.proposition))
    )


def _ask_wording(likeness: Likeness, asking: Iterable[str], elsewhere: Iterable[str]) -> Wording:
    asks = {f"ask {item}": likeness.profiles[item].card.ask for item in asking}
    texts = {item: likeness.profiles[item].text for item in elsewhere}
    return make_wording({**asks, **texts}, likeness.index.among)


@dataclass(frozen=True, slots=True)
class _Search:
    likeness: Likeness
    commitments: Mapping[str, Commitment]
    asks: Wording
    limit: int
    least: float

    def precedent(self, profile: Profile) -> Precedent:
        index = self.likeness.index
        relations = index.out(profile.id, "ASKS")
        scored = sorted(
            (pair for item in self.commitments if (pair := (self._score(profile, item), item))[0] >= self.least),
            key=lambda pair: (-pair[0], pair[1]),
        )
        found = tuple(self._agreement(profile, item) for item in self._without_repeats(item for _, item in scored))
        searched = len({document for item in self.commitments for document in self.likeness.profiles[item].documents})
        return Precedent(
            proposition=profile.id,
            name=profile.card.name,
            departments=tuple(dict.fromkeys(index.ref(relation.target_id) for relation in relations)),
            ask=profile.card.ask,
            found=found,
            searched_documents=searched,
            says=_says(found, searched),
            evidence=index.cite(relations) or profile.card.evidence,
        )

    def _without_repeats(self, ranked: Iterable[str]) -> list[str]:
        kept: list[str] = []
        for item in ranked:
            if len(kept) < self.limit and not any(self.likeness.repeats(item, better) for better in kept):
                kept.append(item)
        return kept

    def _score(self, profile: Profile, other: str) -> float:
        values = self.likeness.values(profile.id, other)
        own = LEVER * bool(self._same_levers(profile, other)) + DEPARTMENT * bool(self._same_department(profile, other))
        alike = sum(round(value * LIKENESS, 6) for name, value in values.items() if name not in INSTEAD)
        return round(alike + own + self._ask_value(profile, other), 6)

    def _parts(self, profile: Profile, other: str) -> tuple[Part, ...]:
        index = self.likeness.index
        parts = [
            replace(part, value=round(part.value * LIKENESS, 6), weight=round(part.weight * LIKENESS, 6))
            for part in self.likeness.parts(profile.id, other)
            if part.name not in INSTEAD
        ]
        levers = self._same_levers(profile, other)
        if levers:
            why = f"both build on {index.name(levers[0].target_id)}"
            parts.append(Part("programme", LEVER, LEVER, why, index.cite(levers)))
        relations = self._same_department(profile, other)
        if relations:
            why = f"{index.name(relations[-1].source_id)} is asked here and agreed there"
            parts.append(Part("department", DEPARTMENT, DEPARTMENT, why, index.cite(relations)))
        value = self._ask_value(profile, other)
        if value > 0:
            words = join(f"“{word}”" for word in self.asks.shared(f"ask {profile.id}", other))
            parts.append(Part("ask", value, ASK, f"words of the ask: {words}"))
        return tuple(parts)

    def _same_levers(self, profile: Profile, other: str) -> tuple[Relation, ...]:
        """Return what ties both to the first programme or deal, by id, that both build on."""
        ours, theirs = profile.named(RowKind.PROGRAMME), self.likeness.profiles[other].named(RowKind.PROGRAMME)
        lever = min(ours.keys() & theirs.keys(), default=None)
        return (*ours[lever].relations, *theirs[lever].relations) if lever is not None else ()

    def _same_department(self, profile: Profile, other: str) -> tuple[Relation, ...]:
        """Return the ask and the commitment of one department, HM Government as a whole left out."""
        index, relation = self.likeness.index, self.commitments[other].relation
        asked = tuple(item for item in index.out(profile.id, "ASKS") if item.target_id == relation.source_id)
        return (*asked, relation) if asked and not is_collective(index, relation.source_id) else ()

    def _ask_value(self, profile: Profile, other: str) -> float:
        return round(ASK * min(1.0, self.asks.cosine(f"ask {profile.id}", other) / FULL_COSINE), 6)

    def _agreement(self, profile: Profile, item: str) -> Agreement:
        index, card, commitment = self.likeness.index, self.likeness.profiles[item].card, self.commitments[item]
        parts = self._parts(profile, item)
        return Agreement(
            proposition=item,
            name=card.name,
            department=index.ref(commitment.relation.source_id),
            words=card.what or card.name,
            agreed_in=commitment.agreed_in,
            published=commitment.published,
            score=total(parts),
            parts=parts,
            evidence=index.cite([commitment.relation]) or card.evidence,
            area=card.area,
        )


def _says(found: tuple[Agreement, ...], searched: int) -> str:
    if not found:
        return f"None found in {count_of(searched, 'document')} with commitments of Government."
    best = found[0]
    agreed_in, where = best.agreed_in.name if best.agreed_in else "", "" if best.area else "nationally"
    where = ", ".join(part for part in (where, agreed_in, best.published or "") if part)
    return f"{best.department.name}{f' ({where})' if where else ''}: “{shorten(best.words)}”"
