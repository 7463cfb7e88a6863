"""What changed from one document of a strategy to the next: propositions kept, changed, added and left out."""

import itertools
from collections.abc import Iterable, Mapping

from graph.analysis.index import Index, to_ref
from graph.analysis.likeness import Likeness
from graph.analysis.matrix import area_label
from graph.analysis.model import Card, Changed, Editions, Meaning, RowKind
from graph.analysis.profiles import Profile, is_collective
from graph.analysis.words import count_of
from graph.model import Document
from graph.stores.text import fold_name

SAME = 0.35  # from here on two propositions are taken for one
NAME, TIES = 0.25, 0.25  # what the same name, and the same departments, programmes, sectors and bodies add to wording
LEAST_WORDING = 0.05  # ties alone are no reason: two matters may ask one department
TIED = (RowKind.SECTOR, RowKind.DEPARTMENT, RowKind.PROGRAMME)
FIELDS = ("name", "what", "why", "how", "ask", "status", "money", "dates", "targets")
REPORTS = frozenset({"news", "statement", "hansard", "letter", "minutes", "consultation response", "manifesto"})

MEANINGS = (
    Meaning(
        "editions",
        "What moved from one document of the strategy to a later one.",
        f"Propositions of the two documents are paired, best first, each once, by a score of at least {SAME}: the "
        f"cosine of their wording (TF-IDF), {NAME} for the same name, and up to {TIES} for the part of the "
        "departments, programmes, sectors, partners and places of either that both have. A pair with the "
        "same texts is kept, one with other texts is changed. News, statements, letters and minutes are reports, "
        "not editions.",
    ),
)


def find_editions(likeness: Likeness, area_id: str) -> tuple[Editions, ...]:
    """Return what changed from each edition of a strategy to the next, by date; undated documents are left out."""
    index = likeness.index
    held = [
        document
        for document in index.documents.values()
        if document.describes == area_id and document.published and document.genre not in REPORTS
    ]
    members = {document.id: _members(likeness.profiles, area_id, document.id) for document in held}
    dated = sorted((item for item in held if members[item.id]), key=lambda item: (item.published or "", item.id))
    return tuple(
        _compare(likeness, area_id, earlier, later, members[earlier.id], members[later.id])
        for earlier, later in itertools.pairwise(dated)
    )


def _members(profiles: Mapping[str, Profile], area_id: str, document_id: str) -> tuple[str, ...]:
    return tuple(
        profile.id
        for profile in profiles.values()
        if document_id in profile.documents and any(relation.source_id == area_id for relation in profile.proposes)
    )


def _compare(
    likeness: Likeness,
    area_id: str,
    earlier: Document,
    later: Document,
    before: tuple[str, ...],
    after: tuple[str, ...],
) -> Editions:
    pairs = _pair(likeness, before, after)
    changes = [_change(likeness, one, two, score) for one, two, score in pairs]
    kept = tuple(change for change in changes if not change.fields)
    changed = tuple(change for change in changes if change.fields)
    old, new = {one for one, _, _ in pairs}, {two for _, two, _ in pairs}
    added = _cards(likeness, (item for item in after if item not in new))
    left_out = _cards(likeness, (item for item in before if item not in old))
    says = (
        f"{area_label(likeness.index, area_id)}, from “{earlier.title}” ({earlier.published}) to “{later.title}” "
        f"({later.published}): {count_of(len(kept), 'proposition')} kept, {len(changed)} changed, {len(added)} added, "
        f"{len(left_out)} no longer there."
    )
    return Editions(area_id, to_ref(earlier), to_ref(later), kept, changed, added, left_out, says)


def _pair(likeness: Likeness, before: tuple[str, ...], after: tuple[str, ...]) -> list[tuple[str, str, float]]:
    both = set(before) & set(after)
    scored = [(1.0, one, one) for one in sorted(both)]
    scored += [
        (score, one, two)
        for one in before
        for two in after
        if one not in both and two not in both and (score := _score(likeness, one, two)) >= SAME
    ]
    taken: set[tuple[str, str]] = set()
    pairs = []
    for score, one, two in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if ("before", one) not in taken and ("after", two) not in taken:
            taken |= {("before", one), ("after", two)}
            pairs.append((one, two, score))
    return pairs


def _score(likeness: Likeness, one: str, two: str) -> float:
    """Return how surely two propositions are one, 0 to 1."""
    cosine = likeness.wording.cosine(one, two)
    if cosine < LEAST_WORDING:
        return 0.0
    first, second = likeness.profiles[one], likeness.profiles[two]
    same_name = fold_name(first.card.name) == fold_name(second.card.name)
    held, others = _tied(likeness, first), _tied(likeness, second)
    ties = len(held & others) / len(held | others) if held | others else 0.0
    return round(min(1.0, cosine + NAME * same_name + TIES * ties), 6)


def _tied(likeness: Likeness, profile: Profile) -> frozenset[str]:
    """Return what a proposition names; kinds and collectives say nothing of it."""
    found = {key for kind in TIED for key in profile.named(kind)} | {*profile.partners, *profile.places}
    return frozenset(key for key in found if not is_collective(likeness.index, key))


def _change(likeness: Likeness, before: str, after: str, score: float) -> Changed:
    index: Index = likeness.index
    fields = []
    for key in FIELDS:
        one, two = (index.name(item) if key == "name" else index.text(item, key) for item in (before, after))
        if " ".join(one.split()).casefold() != " ".join(two.split()).casefold():
            fields.append((key, one, two))
    cards = [likeness.profiles[item].card for item in dict.fromkeys((before, after))]
    evidence = tuple(dict.fromkeys(citation for card in cards for citation in card.evidence))
    return Changed(before, after, cards[-1].name, round(score, 6), tuple(fields), evidence)


def _cards(likeness: Likeness, ids: Iterable[str]) -> tuple[Card, ...]:
    found = [likeness.profiles[item].card for item in ids]
    return tuple(sorted(found, key=lambda card: (card.name, card.id)))
