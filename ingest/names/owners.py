"""What a document is about, and whose it is: from its title, its first lines and what it names most."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from graph.model import Mention, Passage, PassageKind, ReadDocument
from ingest.names.types import Target
from ingest.registers import Registers

_SUBJECTS = ("Strategy", "SectorDeal")
_FIRST_PASSAGES, TITLE_PASSAGES = 12, 4
_FIRST_LINE, _PER_LINE, _IN_TITLE, _IN_HEADING, _SAYS_THIS, _SURE = 2.5, 0.15, 4.0, 1.0, 3.0, 3.0
_THIS = re.compile(
    r"(?i)\b(?:(?:this|our)\s+(?:\w+\s+)?"
    r"|(?:belongs\s+to|accompanies|goes\s+with|(?:annex|appendix|companion|supplement)\s+(?:to|of))"
    r"\s+(?:the|our)\s+(?:\w+\s+)?"
    r"|(?:enclos|attach|submit|present|commend)\w*\s+(?:to you\s+)?(?:a copy of\s+)?the\s+)$"
)
_ANNOUNCED = re.compile(r"(?i)\b(?:launch|publish|unveil|back|approv|agree|sign|set out)\w*\b")
_WEIGHTS = {"LEP": 1.0, "CombinedAuthority": 1.0, "LocalAuthority": 0.6, "Institution": 0.4, "Department": 0.8}
_SPEAKING = frozenset({"ministerial department", "collective"})
_TO_GOVERNMENT = frozenset({"letter", "hansard", "manifesto", "consultation response", "minutes", "board paper"})
SPOKEN = frozenset({"letter", "hansard", "manifesto", "news", "consultation response", "government response"})
_GOVERNMENT = "dept:hmg"
_OFTEN = 3  # mentions of the Government that make a paper without other owners its own
_MOST_OWNERS = 4
_HEADLINE, _RESPONDS, _SIGNS = 1.0, 2.0, 4.0
_BY_LINE = 40  # characters of a line besides the name that signs it
_FROM = re.compile(r"(?i)(?:from|by|submitted by|response (?:from|of|by)|submission (?:from|of|by)):?\s+(?:the )?")
AFTER_LOCAL_STRATEGIES = "2022"  # Government returned to them no more; later papers only look back at one
_PAPER = re.compile(
    r"(?:White Paper|Green Paper|Action Plan|Recovery Plan|Agreement)$"
)  # levers that put things forward too
_OF_A_DEAL = re.compile(
    r"\b(?:devolution|growth|city|town|investment) deals?\b|\bagreement\b"
)  # a paper on a deal cites a strategy
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
        "programme:strategic-economic-plan",
    )
)


class Owners:
    """Tells subject and owners by the register's PUBLISHES relations, the title, the first lines and the mentions."""

    def __init__(self, registers: Registers) -> None:
        publishers: dict[str, list[str]] = defaultdict(list)
        for relation in registers.relations:
            if relation.type in ("PUBLISHES", "LEADS"):
                publishers[relation.target_id].append(relation.source_id)
        self._areas: dict[str, tuple[str, ...]] = {}
        self.strategies: dict[str, Target] = {}
        for row in registers.rows.values():
            areas = row.properties.get("area_names")
            if row.type == "Strategy" and isinstance(areas, tuple):
                self._areas[row.id] = tuple(area.lower() for area in areas)
                self.strategies[row.id] = Target(row.id, row.type, row.name, row.kind)
        self.publishers = {subject: tuple(sorted(set(bodies))) for subject, bodies in sorted(publishers.items())}

    def find_subject(
        self,
        read: ReadDocument,
        mentions: Sequence[Mention],
        targets: Mapping[str, Target],
        in_title: Sequence[Target],
        *,
        genre: str,
        published: str | None,
    ) -> str | None:
        """Return the id of the strategy or deal that title, headings or first lines show the paper to be about.

        A paper that only cites strategies is about none of them: that is better than a wrong one.
        Args: in_title: what the document's title names, longest name first; a title need not stand in a passage."""
        ordinals = {passage.id: passage.ordinal for passage in read.passages}
        counts = Counter(mention.entity_id for mention in mentions)
        title = read.document.title.lower()
        scores: dict[str, float] = {}
        for mention in mentions:
            target = targets[mention.entity_id]
            is_paper = target.type == "Programme" and _PAPER.search(target.name) is not None
            if not (target.type in _SUBJECTS or is_paper) or target.id in _TOO_GENERAL:
                continue
            passage = read.passages[ordinals[mention.passage_id]]
            score = _FIRST_LINE - passage.ordinal * _PER_LINE if passage.ordinal < _FIRST_PASSAGES else 0.0
            if passage.kind is PassageKind.HEADING:
                score += _IN_TITLE if passage.level == 1 and passage.ordinal < TITLE_PASSAGES else _IN_HEADING
            if mention.text.lower() in title:
                score += _IN_TITLE
            if _THIS.search(passage.text[max(0, mention.start - 32) : mention.start]):
                score += _SAYS_THIS
            if genre == "news" and passage.ordinal < TITLE_PASSAGES and _ANNOUNCED.search(passage.text):
                score += _HEADLINE
            scores[target.id] = max(scores.get(target.id, 0.0), score + min(counts[target.id], 20) * 0.1)
        best = max(scores, key=lambda key: (scores[key], key), default=None)
        if best is not None and scores[best] >= _SURE:
            return best
        fits = (target.id for target in in_title if target.type in _SUBJECTS and target.id not in _TOO_GENERAL)
        titled = next(fits, None)
        if titled or genre in SPOKEN:
            return titled
        is_of_that_time = (published or "") < AFTER_LOCAL_STRATEGIES and not _OF_A_DEAL.search(title)
        local = self._local_subject(counts, title) if is_of_that_time else None
        return local or self._national_subject(read, counts, targets)

    def _national_subject(
        self, read: ReadDocument, counts: Mapping[str, int], targets: Mapping[str, Target]
    ) -> str | None:
        """Return the only strategy named whose publisher heads the pages: part of a paper, without its cover."""
        head = " / ".join([read.document.title, *(passage.text for passage in read.passages[:TITLE_PASSAGES])]).lower()
        heading = {
            key
            for key in counts
            if targets[key].type == "Department"
            and targets[key].name.lower().replace("&", "and") in head.replace("&", "and")
        }
        named = [
            key
            for key in sorted(counts)
            if targets[key].type == "Strategy"
            and key not in _TOO_GENERAL
            and heading & set(self.publishers.get(key, ()))
        ]
        return named[0] if len(named) == 1 else None

    def _local_subject(self, counts: Mapping[str, int], title: str) -> str | None:
        """Return the area's strategy that a working paper is for: the title's area's, else the only one it names.

        Minutes, slides, annexes and pipelines of an area seldom say their strategy in the title."""
        named = sorted(key for key in counts if key in self._areas)
        in_title = [key for key in named if any(area in title for area in self._areas[key])]
        publishing = [key for key in named if any(counts[body] for body in self.publishers.get(key, ()))]
        for found in (in_title, publishing, named):
            if len(found) == 1:
                return found[0]
        return None

    def find_owners(
        self,
        read: ReadDocument,
        mentions: Sequence[Mention],
        targets: Mapping[str, Target],
        subject: str | None,
        *,
        genre: str,
    ) -> tuple[str, ...]:
        """Return the ids of the bodies that 'we' stands for, likeliest first.

        Local bodies count by title, first lines and the register's publishers of the subject; of central government
        only departments and the Government at large speak as 'we', and not in papers written to them."""
        counts = Counter(mention.entity_id for mention in mentions)
        ordinals = {passage.id: passage.ordinal for passage in read.passages}
        publishers = self.publishers.get(subject or "", ())
        title = read.document.title.lower()
        to_government = genre in _TO_GOVERNMENT
        scores: dict[str, float] = {}
        for mention in mentions:
            target = targets[mention.entity_id]
            weight = _WEIGHTS.get(target.type, 0.0)
            if target.type == "Department" and (to_government or target.kind not in _SPEAKING):
                weight = 0.0
            if not weight:
                continue
            ordinal = ordinals[mention.passage_id]
            heads = ordinal == 0 or read.passages[ordinal].kind is PassageKind.HEADING
            leads = heads and ordinal < TITLE_PASSAGES and mention.start <= len("The ")
            is_response = genre == "consultation response"
            signs = is_response and _signs(read.passages[ordinal], mention)
            responds = signs or (is_response and _owns_title(target.type, mention.text.lower(), title))
            if target.type == "Institution" and target.id not in publishers and not (leads or responds):
                continue  # named often, but the paper is not said to be its own
            score = weight * (2.2 - ordinal * 0.1) if ordinal < _FIRST_PASSAGES else 0.0
            score += 3.0 if len(mention.text) > 3 and _owns_title(target.type, mention.text.lower(), title) else 0.0
            score += _SIGNS if signs else 0.0
            score += _RESPONDS if responds else 0.0  # to what is another's, though its name be in the title too
            score += 2.5 if target.id in publishers else 0.0
            scores[target.id] = max(scores.get(target.id, 0.0), score + min(counts[target.id], 10) * 0.1)
        if not to_government and counts[_GOVERNMENT] >= _OFTEN and not _has_local(scores, targets):
            scores[_GOVERNMENT] = max(scores.get(_GOVERNMENT, 0.0), 1.6)
        for body in publishers:
            if not _has_local(scores, targets):
                scores.setdefault(body, 1.6)
        ranked = sorted((body for body in scores if scores[body] >= 1.5), key=lambda body: (-scores[body], body))
        return tuple(ranked[:_MOST_OWNERS])


def _signs(passage: Passage, mention: Mention) -> bool:
    """Say whether a line at the head of a paper is hardly more than a name: "X Chamber, 24 January 2020"."""
    if passage.ordinal >= TITLE_PASSAGES or passage.text.endswith("."):
        return False
    is_line = len(passage.text) - len(mention.text) < _BY_LINE and mention.start <= len("From the ")
    return is_line or _FROM.fullmatch(passage.text, 0, mention.start) is not None


def _owns_title(type_: str, name: str, title: str) -> bool:
    """Say whether a title gives a paper to whom it names: an institution in it may be only what the paper is about."""
    if type_ == "Institution":
        return (
            re.search(rf"^(?:the )?{re.escape(name)}\b|\b(?:by|from|of) (?:the )?{re.escape(name)}\b", title)
            is not None
        )
    return name in title


def _has_local(scores: Mapping[str, float], targets: Mapping[str, Target]) -> bool:
    return any(
        score >= 1.5 and body in targets and targets[body].type != "Department" for body, score in scores.items()
    )
