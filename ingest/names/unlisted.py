"""Names that only the whole document makes known: villages after "at", names in quotes, and their further mentions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from graph.model import Passage, PassageKind
from ingest.names.rules import load_list_rules, load_open_rules, load_words
from ingest.names.scan import select
from ingest.names.types import Hit, Target, make_target

_AT = re.compile(r"\b(?:in|at|near) ([A-Z][a-z]{4,})(?![\w'-]| [A-Z0-9&(]| and [A-Z])")
_QUOTED = re.compile(r"(?<!\w)['\"]([A-Z][\w-]*(?: (?:of|the|and|for|to|in)| [A-Z][\w-]*){1,5})['\"](?!\w)")
_FROM_TO = re.compile(r"\bfrom ([A-Z][a-z]{4,}) to ([A-Z][a-z]{4,})(?![\w'-]| [A-Z0-9&(])")
# A plan that a text names again and again by its kind alone is the plan of that text.
_PLAN = re.compile(
    r"\b[Tt]he ((?:Investment|Implementation|Delivery|Infrastructure|Action|Recovery|Growth) (?:Plan|Prospectus))\b"
    r"(?! [A-Z])"
)
_SPREAD = ("list.", "unlisted.", "pattern.quoted")


class Unlisted:
    """Finds what neither registers nor patterns know, with the whole document as witness."""

    def __init__(self) -> None:
        lists, open_rules, words = load_list_rules(), load_open_rules(), load_words()
        self._dull = (
            lists.plain | lists.countries | open_rules.generic | open_rules.concepts | words.starters | words.verbs
        )

    def find(self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]]) -> list[list[Hit]]:
        """Return the hits of each passage and the unlisted names; a word that the text also writes small is none."""
        found = [list(here) for here in hits]
        whole = "\n".join(passage.text for passage in passages)
        for passage, here in zip(passages, found, strict=True):
            if passage.kind is PassageKind.HEADING:
                continue
            more = [hit for hit in self._candidates(passage.text, whole) if not _overlaps(hit, here)]
            here += more
        return [select(here) for here in self._spread(passages, found, whole)]

    def _candidates(self, text: str, whole: str) -> Iterator[Hit]:
        for match in _AT.finditer(text):
            if match[1] not in self._dull and not re.search(rf"\b{match[1].lower()}", whole):
                target = make_target("Place", match[1])
                yield Hit(match.start(1), match.end(1), match[1], (target,), "unlisted.place", score=0.5)
        for match in _FROM_TO.finditer(text):
            for group in (1, 2):
                if match[group] not in self._dull and not re.search(rf"\b{match[group].lower()}", whole):
                    target = make_target("Place", match[group])
                    yield Hit(
                        match.start(group), match.end(group), match[group], (target,), "unlisted.place", score=0.5
                    )
        for match in _PLAN.finditer(text):
            if len(re.findall(rf"\b[Tt]he {match[1]}\b", whole)) > 1:
                yield Hit(
                    match.start(1),
                    match.end(1),
                    match[1],
                    (make_target("Programme", match[1]),),
                    "unlisted.plan",
                    score=0.5,
                )
        for match in _QUOTED.finditer(text):
            name = match[1]
            if all(word in self._dull for word in name.split()) or name.split()[-1][0].islower():
                continue
            if len(re.findall(rf"(?<!['\"]){re.escape(name)}\b", whole)) > 0:
                target = make_target("Programme", name)
                yield Hit(match.start(1), match.end(1), name, (target,), "unlisted.quoted", score=0.5)

    def _spread(self, passages: Sequence[Passage], found: list[list[Hit]], whole: str) -> list[list[Hit]]:
        """Mark the other mentions of names that were known by their company once."""
        seen: Counter[str] = Counter()
        targets: dict[str, Target] = {}
        for here in found:
            for hit in here:
                seen[hit.text] += 1
                if hit.rule.startswith(_SPREAD) and len(hit.text) > 3:
                    targets.setdefault(hit.text, hit.targets[0])
        for name in sorted(targets):
            if whole.count(name) <= seen[name]:
                continue
            pattern = re.compile(rf"(?<![\w&-])(?<![A-Z]\w )(?<![a-z] [A-Z]\w\w ){re.escape(name)}(?![\w-]| [A-Z])")
            for passage, here in zip(passages, found, strict=True):
                for match in pattern.finditer(passage.text) if name in passage.text else ():
                    hit = Hit(match.start(), match.end(), name, (targets[name],), "unlisted.again", score=0.5)
                    if not _overlaps(hit, here):
                        here.append(hit)
        return found


def _overlaps(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(other.start < hit.end and hit.start < other.end for other in others)
