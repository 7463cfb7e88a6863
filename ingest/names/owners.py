"""What a document is about, and whose it is: from its title, its first lines and what it names most."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from graph.model import Mention, PassageKind, ReadDocument
from ingest.names.types import Target
from ingest.registers import Registers

_BODIES = ("LEP", "CombinedAuthority", "LocalAuthority", "Department", "Institution")
_SUBJECTS = ("Strategy", "SectorDeal", "Programme")
_FIRST_PASSAGES = 12
_MOST_OWNERS = 4
_TOO_GENERAL = frozenset(
    (
        "programme:local-industrial-strategies",
        "programme:sector-deals",
        "programme:industrial-strategy",
        "programme:modern-industrial-strategy",
        "programme:growth-deal",
        "programme:enterprise-zones",
        "programme:city-deal",
        "programme:devolution-deal",
        "programme:growth-hub",
    )
)


class Owners:
    """Tells subject and owners by the register's PUBLISHES and LEADS relations and by the mentions of a document."""

    def __init__(self, registers: Registers) -> None:
        publishers: dict[str, list[str]] = defaultdict(list)
        for relation in registers.relations:
            if relation.type in ("PUBLISHES", "LEADS"):
                publishers[relation.target_id].append(relation.source_id)
        self._publishers = {subject: tuple(sorted(set(bodies))) for subject, bodies in sorted(publishers.items())}

    def find_subject(
        self, read: ReadDocument, mentions: Sequence[Mention], targets: Mapping[str, Target], in_title: Sequence[Target]
    ) -> str | None:
        """Return the id of the strategy, deal or programme that the title or the first lines name, or None.

        Args: in_title: what the document's title names, longest name first; a title need not stand in a passage."""
        rank = {passage.id: number for number, passage in enumerate(read.passages[:_FIRST_PASSAGES])}
        counts = Counter(mention.entity_id for mention in mentions)
        titles = {
            passage.id for passage in read.passages[:60] if passage.level == 1 and passage.kind is PassageKind.HEADING
        }
        title = read.document.title.lower()
        best: tuple[float, str] | None = None
        for mention in mentions:
            target = targets[mention.entity_id]
            if target.type not in _SUBJECTS:
                continue
            score = 0.0
            if mention.passage_id in rank:
                score = 3 - rank[mention.passage_id] * 0.2
            if mention.passage_id in titles or mention.text.lower() in title:
                score += 4
            if target.type != "Programme":
                score += 1
            if target.id in _TOO_GENERAL:
                score -= 3
            score += min(counts[target.id], 20) * 0.1
            if score >= 2.5 and (best is None or (score, target.id) > best):
                best = (score, target.id)
        if best is None or best[0] < 5:
            named = next(
                (target for target in in_title if target.type in _SUBJECTS and target.id not in _TOO_GENERAL), None
            )
            if named:
                return named.id
        return best[1] if best else None

    def find_owners(
        self, read: ReadDocument, mentions: Sequence[Mention], targets: Mapping[str, Target], subject: str | None
    ) -> tuple[str, ...]:
        """Return the ids of the bodies that 'we' stands for, likeliest first: publishers of the subject, bodies of the title."""
        rank = {passage.id: number for number, passage in enumerate(read.passages[:_FIRST_PASSAGES])}
        counts = Counter(mention.entity_id for mention in mentions)
        publishers = self._publishers.get(subject or "", ())
        title = read.document.title.lower()
        scores: dict[str, float] = {}
        for mention in mentions:
            target = targets[mention.entity_id]
            if target.type not in _BODIES:
                continue
            weight = 2.0 if target.type in ("LEP", "CombinedAuthority", "Department") else 0.5
            if mention.passage_id in rank:
                score = weight * (1.5 - rank[mention.passage_id] * 0.08)
                scores[target.id] = max(scores.get(target.id, 0.0), score)
            if mention.text.lower() in title:
                scores[target.id] = scores.get(target.id, 0.0) + 2
            scores.setdefault(target.id, 0.0)
        for body in scores:
            scores[body] += min(counts[body], 10) * 0.12 + (2.5 if body in publishers else 0.0)
        for body in publishers:
            scores.setdefault(body, 1.6)
        if not any(score >= 1.5 for score in scores.values()):
            self._by_count(counts, targets, scores)
        ranked = sorted(
            (body for body, score in scores.items() if score >= 1.5), key=lambda body: (-scores[body], body)
        )
        return tuple(ranked[:_MOST_OWNERS])

    def _by_count(self, counts: Mapping[str, int], targets: Mapping[str, Target], scores: dict[str, float]) -> None:
        """Without any body in title or first lines: the department, authority or partnership named most, if often."""
        bodies = [key for key in scores if targets[key].type in _BODIES[:4] and key != "dept:hmg" and counts[key] >= 5]
        if bodies:
            scores[max(bodies, key=lambda key: (counts[key], key))] = 1.5
