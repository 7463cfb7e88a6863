"""Nouns that stand for something named before: "the LEP", "your Department", "the Fund"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import Mention, Passage, Unsure
from ingest.names.rules import AnaphorRule, load_anaphor_rules
from ingest.names.types import Target
from ingest.words import find_words, first_words

_GOVERNMENT = "dept:hmg"
_HEAD = 8  # the first passages of a letter, with its addressee
_ASKED_YOU = re.compile(
    r"\b(?:ask|urge|invite|request|press|call (?:up)?on|(?:would|should) like) (?P<noun>you)(?= to\b)"
)
_OFFICE = re.compile(r"(?:The )?(?:Parliamentary (?:Under-)?)?$")
_REACH = 40  # passages back in which a name can still be meant by a noun


@dataclass(frozen=True, slots=True)
class Antecedents:
    """What nouns can stand for: `owners` and `subject` of the document, and its mentions in reading order."""

    owners: tuple[str, ...]
    subject: str | None
    targets: Mapping[str, Target]
    speaking: str | None = None  # the department of the only minister who speaks in a debate


class Anaphora:
    """Finds nouns that stand for a name, and says for which."""

    def __init__(self) -> None:
        self._rules = {noun: rule for rule in load_anaphor_rules() for noun in rule.nouns}
        self._nouns = first_words(self._rules)
        nouns = "|".join(re.escape(noun) for noun in sorted(self._rules, key=len, reverse=True))
        self._pattern = re.compile(rf"\b(?:[Tt]he|[Tt]his|[Yy]our|[Mm]y|[Oo]ur) (?P<noun>{nouns})\b(?! [A-Z]|-|/[A-Z])")
        self._heads = ("the ", "The ", "this ", "This ", "our ", "Our ", "your ", "Your ", "my ", "My ")

    def find(
        self, passages: Sequence[Passage], mentions: Mapping[str, Sequence[Mention]], around: Antecedents
    ) -> Iterator[Mention | Unsure]:
        """Yield a mention for each noun with one antecedent, an `Unsure` for each with several, nothing without any."""
        recent: list[tuple[int, int, str]] = []
        around = replace(around, speaking=_find_speaking(passages, mentions, around.targets))
        for passage in passages:
            here = mentions.get(passage.id, ())
            spans = [(mention.start, mention.end) for mention in here]
            events: list[tuple[int, Mention | re.Match[str]]] = [(mention.start, mention) for mention in here]
            events += [
                (match.start(), match)
                for match in self._matches(passage.text)
                if not any(start < match.end() and match.start("noun") < end for start, end in spans)
            ]
            if len(events) > 1:
                events.sort(key=lambda event: event[0])
            for at, event in events:
                if isinstance(event, Mention):
                    recent.append((passage.ordinal, at, event.entity_id))
                    continue
                found = self._resolve(event, passage, recent, around)
                if isinstance(found, Mention):
                    recent.append((passage.ordinal, at, found.entity_id))
                if found:
                    yield found

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        words = find_words(text)
        if not self._nouns.isdisjoint(words):
            yield from self._pattern.finditer(text)
        if "you" in words:
            yield from _ASKED_YOU.finditer(text)

    def _resolve(
        self, match: re.Match[str], passage: Passage, recent: Sequence[tuple[int, int, str]], around: Antecedents
    ) -> Mention | Unsure | None:
        if match["noun"] == "you":
            start, rule_id = match.start("noun"), "anaphor.you"
            departments = [id_ for id_, target in around.targets.items() if target.type == "Department"]
            candidates = _addressed([id_ for id_ in departments if id_ != _GOVERNMENT], recent)
        else:
            start, rule_id = match.start(), f"anaphor.the-{match['noun'].lower().replace(' ', '-')}"
            candidates = self._candidates(self._rules[match["noun"]], match, passage, recent, around)
        if not candidates:
            return None
        quote = passage.text[start : match.end()]
        if len(candidates) > 1:
            return Unsure(quote, candidates, passage.id, "several bodies named near by")
        return Mention(candidates[0], passage.id, start, match.end(), quote, rule_id, 0.7)

    def _candidates(
        self,
        rule: AnaphorRule,
        match: re.Match[str],
        passage: Passage,
        recent: Sequence[tuple[int, int, str]],
        around: Antecedents,
    ) -> tuple[str, ...]:
        """Who is meant: the document's own, else the name nearest before, else the only one of its kind."""
        fits = [entity_id for entity_id, target in around.targets.items() if self._fits(rule, target, match["noun"])]
        if match.group()[:4].lower() == "your" and "Department" in rule.types:
            return _addressed(fits, recent)
        if around.speaking in fits and "Department" in rule.types:
            return (around.speaking,)
        own = [entity_id for entity_id in (around.subject, *around.owners) if entity_id in fits]
        near = next(
            (
                entity_id
                for ordinal, _, entity_id in reversed(recent)
                if entity_id in fits and passage.ordinal - ordinal <= _REACH
            ),
            None,
        )
        same_passage = next((e for o, _, e in reversed(recent) if o == passage.ordinal and e in fits), None)
        if own and rule.types[0] in ("LEP", "CombinedAuthority", "Strategy"):
            return (own[0],)
        if same_passage:
            return (same_passage,)
        if own:
            return (own[0],)
        if near:
            return (near,)
        return tuple(fits[:1]) if len(fits) == 1 else ()

    def _fits(self, rule: AnaphorRule, target: Target, noun: str) -> bool:
        if target.type not in rule.types or target.id == _GOVERNMENT:
            return False
        if noun in ("County Council", "City Council", "Borough Council", "District Council"):
            return noun in target.name
        if noun in ("LIS", "Local Industrial Strategy"):
            return target.id.startswith("lis:")
        return not rule.words or any(word in target.name for word in rule.words)


def _find_speaking(
    passages: Sequence[Passage], mentions: Mapping[str, Sequence[Mention]], targets: Mapping[str, Target]
) -> str | None:
    """Return the department of the one minister with whose office a speech begins: "The Minister for X (Name): …"."""
    found = {
        mention.entity_id
        for passage in passages
        for mention in mentions.get(passage.id, ())[:1]
        if mention.rule == "pattern.minister"
        and _OFFICE.match(passage.text[: mention.start])
        and passage.text[mention.end : mention.end + 2].lstrip()[:1] in ("(", ":", "")
        and targets[mention.entity_id].type == "Department"
    }
    return found.pop() if len(found) == 1 else None


def _addressed(fits: Sequence[str], recent: Sequence[tuple[int, int, str]]) -> tuple[str, ...]:
    """The departments that a letter's head names: one is meant by "your Department", of several none is sure."""
    head = {entity_id for ordinal, _, entity_id in recent if ordinal < _HEAD and entity_id in fits}
    return tuple(sorted(head))
