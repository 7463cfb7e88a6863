"""Relations between bodies, places, strategies and levers: by the words between two names, and by a register's fact
that the document states too.
"""

import dataclasses
import re
from collections.abc import Mapping, Sequence

from graph.model import Mention, Passage, Properties
from ingest.propositions.grids import is_header_row, read_grids
from ingest.propositions.types import BODIES, Reading, Span
from ingest.registers import RegisterRelation
from ingest.relations.collect import Collector
from ingest.relations.facts import RegisterFacts
from ingest.relations.rules import Column, Pattern, RelationRules

_BRACKETS = r"(?:\s*\([^)]*\))?"
_GLUE = re.compile(
    rf"(?i){_BRACKETS}(?: for (?:the )?(?:government|industry|sector))?"
    r"(?:,? (?:and|or|&)(?: by| a part of)?(?: its| the| of)?(?: the)?\s"
    r"|, (?:the |and the )?|; (?:and )?|/)"
)
_IT = re.compile(r"It(?= )")
_OPENING = 24  # characters before the name with which a sentence begins
_FILLS = 0.5  # share of its cell that a name takes where the row is about it
_REACH = 9  # how many names to the right a pattern looks


def add_patterns(reading: Reading, rules: RelationRules, collector: Collector) -> None:
    """Add what the words between two names of a sentence say."""
    patterns = _PatternsByTypes(rules.patterns)
    for ordinal, passage in enumerate(reading.passages):
        whole = reading.mentions_in(Span(ordinal, 0, len(passage.text)))
        if len(whole) < 2:
            continue
        before: Sequence[Mention] = ()  # names of the sentence before: "It" goes on about its first
        before_start = 0
        for start, end in reading.sentences(ordinal):
            mentions = [m for m in whole if m.start >= start and m.end <= end]
            it = _IT.match(passage.text, start, end)
            if it and before and before[0].start - before_start < _OPENING:
                mentions.insert(0, dataclasses.replace(before[0], start=start, end=it.end()))
            before, before_start = mentions or before, start if mentions else before_start
            if len(mentions) > 1:
                _in_sentence(Span(ordinal, start, end), mentions, reading, patterns, collector)


class _PatternsByTypes(dict[tuple[str, str], tuple[Pattern, ...]]):
    """The patterns that may join a pair of types, left and right, in their order; sought when first asked for."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        super().__init__()
        self._patterns = patterns

    def __missing__(self, pair: tuple[str, str]) -> tuple[Pattern, ...]:
        found = []
        for pattern in self._patterns:
            source, target = reversed(pair) if pattern.reversed else pair
            if source in pattern.source and target in pattern.target:
                found.append(pattern)
        self[pair] = tuple(found)
        return self[pair]


def _in_sentence(
    sentence: Span, mentions: Sequence[Mention], reading: Reading, patterns: _PatternsByTypes, collector: Collector
) -> None:
    text = reading.passages[sentence.passage].text
    types = [reading.type_of(m) for m in mentions]
    for left in range(len(mentions)):
        for right in range(left + 1, min(len(mentions), left + _REACH)):
            if mentions[right].start < mentions[left].end:
                continue
            between = text[mentions[left].end : mentions[right].start]
            if len(between) > 160:
                break
            for pattern in patterns[types[left], types[right]]:
                source, target = (right, left) if pattern.reversed else (left, right)
                if pattern.between.fullmatch(between) and not (
                    pattern.apart_from and pattern.apart_from.search(mentions[target].text)
                ):
                    for a in _listed(mentions, types, source, pattern.source, text, forward=pattern.reversed):
                        for b in _listed(mentions, types, target, pattern.target, text, forward=not pattern.reversed):
                            if mentions[a].entity_id != mentions[b].entity_id:
                                collector.add(
                                    pattern.type,
                                    mentions[a].entity_id,
                                    mentions[b].entity_id,
                                    sentence,
                                    f"pattern.{pattern.id}",
                                )
                    break


def _listed(
    mentions: Sequence[Mention], types: Sequence[str], index: int, allowed: frozenset[str], text: str, *, forward: bool
) -> list[int]:
    """Return `index` and the names joined to it by commas and "and", away from the words of the pattern."""
    found = [index]
    step = 1 if forward else -1
    at = index
    while 0 <= at + step < len(mentions):
        first, second = sorted((at, at + step))
        between = text[mentions[first].end : mentions[second].start]
        if (
            not _alike(types[at + step], types[index])
            or types[at + step] not in allowed
            or not _GLUE.fullmatch(between)
            or len(between) > 40
        ):
            break
        at += step
        found.append(at)
    return found


def add_columns(reading: Reading, rules: RelationRules, collector: Collector) -> None:
    """Add what a table says by its headings: "Body | Succeeded by", "Deal | Lead department"."""
    for grid in read_grids(reading.passages):
        for column in rules.columns:
            headed = [number for number, heading in grid.headings.items() if column.heading.match(heading.strip())]
            if not headed:
                continue
            for number in range(1, grid.rows + 1):
                row = dict(grid.row(number))
                earlier = {at: cell for at, cell in row.items() if at < min(headed) or min(headed) == 1}
                first = _first_named(earlier, column.source, reading, apart_from=headed)
                for at in headed if first and not is_header_row(grid.row(number)) else ():
                    if first and at in row:
                        _add_column(column, first, reading.whole(row[at].ordinal), reading, collector)


def _first_named(
    row: Mapping[int, Passage], types: frozenset[str], reading: Reading, *, apart_from: Sequence[int]
) -> Mention | None:
    names = (m for at, passage in sorted(row.items()) if at not in apart_from
             for m in reading.mentions_in(reading.whole(passage.ordinal)))  # fmt: skip
    lengths = {passage.id: len(passage.text) for passage in row.values()}
    fills = (m for m in names if m.end - m.start >= lengths[m.passage_id] * _FILLS)  # the row is about it
    return next((mention for mention in fills if reading.type_of(mention) in types), None)


def _add_column(column: Column, first: Mention, cell: Span, reading: Reading, collector: Collector) -> None:
    for mention in reading.mentions_in(cell):
        ends = (mention.entity_id, first.entity_id) if column.reversed else (first.entity_id, mention.entity_id)
        if collector.allows(column.type, *ends):
            collector.add(column.type, *ends, cell, f"column.{column.type.lower()}")


def _alike(one: str, other: str) -> bool:
    """Names share a list where they are of one type, or both are bodies: "At Harwell, the X Council" is no list."""
    return one == other or (one in BODIES and other in BODIES)


def add_stated(reading: Reading, facts: RegisterFacts, rules: RelationRules, collector: Collector) -> None:
    """Add register facts whose two ends stand in one passage beside a word that states them."""
    here = reading.entities
    known = {
        source_id: [relation for relation in facts.stated[source_id] if relation.target_id in here]
        for source_id in here
        if source_id in facts.stated
    }
    if not any(known.values()):
        return
    for ordinal, passage in enumerate(reading.passages):
        mentions = reading.mentions_in(Span(ordinal, 0, len(passage.text)))
        ids = {mention.entity_id for mention in mentions}
        for mention in mentions:
            for relation in known.get(mention.entity_id, ()):
                if relation.target_id in ids:
                    _add_stated(relation, mention, mentions, reading, ordinal, rules, collector)


def _add_stated(
    relation: RegisterRelation,
    source: Mention,
    mentions: Sequence[Mention],
    reading: Reading,
    ordinal: int,
    rules: RelationRules,
    collector: Collector,
) -> None:
    text = reading.passages[ordinal].text
    for start, end in _stretches(reading.sentences(ordinal), mentions, source, relation.target_id):
        if rules.cues[relation.type].search(text, start, end):
            span = Span(ordinal, start, end)
            properties: Properties = {"date": relation.date} if relation.date else {}
            collector.add(
                relation.type, source.entity_id, relation.target_id, span, "register.stated", score=0.9, **properties
            )
            return


def _stretches(
    sentences: Sequence[tuple[int, int]], mentions: Sequence[Mention], source: Mention, target_id: str
) -> list[tuple[int, int]]:
    """Return the sentences, or pairs of neighbouring ones, that hold both ends."""
    at = {m.start: next((i for i, (start, end) in enumerate(sentences) if start <= m.start < end), 0) for m in mentions}
    home = at[source.start]
    found = []
    for mention in mentions:
        if mention.entity_id == target_id and abs(at[mention.start] - home) <= 1:
            first, last = sorted((home, at[mention.start]))
            found.append((sentences[first][0], sentences[last][1]))
    return found
