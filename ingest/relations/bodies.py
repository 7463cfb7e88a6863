"""Relations between bodies, places, strategies and levers: by the words between two names, and by a register's fact
that the document states too.
"""

import re
from collections.abc import Mapping, Sequence

from graph.model import Mention, Passage
from ingest.propositions.grids import is_header_row, read_grids
from ingest.propositions.types import BODIES, Reading, Span
from ingest.registers import RegisterRelation, Registers
from ingest.relations.collect import Collector
from ingest.relations.rules import Column, Pattern, RelationRules
from ingest.sentences import find_sentences

_BRACKETS = r"(?:\s*\([^)]*\))?"
_GLUE = re.compile(
    rf"(?i){_BRACKETS}(?:,? (?:and|or|&|and the|and a part of the|and by the)(?: its| the| of)?(?: the)?\s"
    rf"|, (?:the |and the )?|; (?:and )?|/)$|^{_BRACKETS}\s*(?:,|and|&|;|/)\s*(?:and\s*)?(?:the\s*|its\s*)?$"
)
_FILLS = 0.5  # share of its cell that a name takes where the row is about it
_REACH = 9  # how many names to the right a pattern looks


def add_patterns(reading: Reading, rules: RelationRules, collector: Collector) -> None:
    """Add what the words between two names of a sentence say."""
    for ordinal, passage in enumerate(reading.passages):
        whole = reading.mentions_in(Span(ordinal, 0, len(passage.text)))
        if len(whole) < 2:
            continue
        for start, end in find_sentences(passage.text):
            mentions = [m for m in whole if m.start >= start and m.end <= end]
            if len(mentions) > 1:
                _in_sentence(Span(ordinal, start, end), mentions, reading, rules.patterns, collector)


def _in_sentence(
    sentence: Span, mentions: Sequence[Mention], reading: Reading, patterns: Sequence[Pattern], collector: Collector
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
            for pattern in patterns:
                source, target = (right, left) if pattern.reversed else (left, right)
                if (
                    types[source] in pattern.source
                    and types[target] in pattern.target
                    and pattern.between.fullmatch(between)
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
            or not _GLUE.search(between)
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
            for number in range(1, grid.rows + 1):
                row = dict(grid.row(number))
                first = _first_named(row, column.source, reading, apart_from=headed)
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


def add_stated(reading: Reading, registers: Registers, rules: RelationRules, collector: Collector) -> None:
    """Add register facts whose two ends stand in one passage beside a word that states them."""
    known: dict[str, list[tuple[str, str, str | None]]] = {}
    here = set(reading.entities)
    for relation in registers.relations:
        if relation.source_id in here and relation.target_id in here and _can_be_stated(relation, registers, rules):
            known.setdefault(relation.source_id, []).append((relation.type, relation.target_id, relation.date))
    if not known:
        return
    for ordinal, passage in enumerate(reading.passages):
        mentions = reading.mentions_in(Span(ordinal, 0, len(passage.text)))
        ids = {m.entity_id for m in mentions}
        for mention in mentions:
            for type_, target_id, date in known.get(mention.entity_id, ()):
                if target_id not in ids:
                    continue
                for start, end in _stretches(passage.text, mentions, mention, target_id):
                    if rules.cues[type_].search(passage.text, start, end):
                        properties = {"date": date} if date else {}
                        collector.add(
                            type_,
                            mention.entity_id,
                            target_id,
                            Span(ordinal, start, end),
                            "register.stated",
                            score=0.9,
                            **properties,
                        )
                        break


def _can_be_stated(relation: RegisterRelation, registers: Registers, rules: RelationRules) -> bool:
    """Bodies only: that Oxford lies in Oxfordshire is no news; a department that lives on was not succeeded."""
    source = registers.rows[relation.source_id]
    if relation.type not in rules.cues or source.type in ("Place", "Sector"):
        return False
    return relation.type != "SUCCEEDED_BY" or source.end is not None


def _stretches(text: str, mentions: Sequence[Mention], source: Mention, target_id: str) -> list[tuple[int, int]]:
    """Return the sentences, or pairs of neighbouring ones, that hold both ends."""
    sentences = find_sentences(text)
    at = {m.start: next((i for i, (start, end) in enumerate(sentences) if start <= m.start < end), 0) for m in mentions}
    home = at[source.start]
    found = []
    for mention in mentions:
        if mention.entity_id == target_id and abs(at[mention.start] - home) <= 1:
            first, last = sorted((home, at[mention.start]))
            found.append((sentences[first][0], sentences[last][1]))
    return found
