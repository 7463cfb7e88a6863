"""Propositions from labelled stretches: "What: …", "Ask: …" under a heading, or a box of labels and values."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from graph.model import PassageKind
from ingest.propositions.asks import find_ask
from ingest.propositions.clauses import Trigger, find_clauses
from ingest.propositions.grids import Grid
from ingest.propositions.rules import PropositionRules
from ingest.propositions.status import find_status
from ingest.propositions.types import Draft, Form, Reading, Span

_NOT_SCOPE = frozenset({"name", "why"})  # who is named as evidence takes no part
_COVER = re.compile(
    r"(?i)\b(?:report|author|meeting|contact|published|agenda|recommendations?|officers?|classification|document)\b|^(?:to|from)$"
)
_TELLING = frozenset({"why", "how", "lead", "partners", "ask", "money", "place", "departments"})
_BELOW = 2  # level of points that say more of the point above
_FEWEST, _LONGEST_LABEL = 2, 60
_NUMBERED = re.compile(
    r"(?:Proposal|Proposition|Project|Initiative|Action|Commitment|Pledge|Priority) (?:\d{1,2}|[A-Z])\s*[:.–—-]\s+"
    r"(?P<name>[A-Z][^.:;]{4,90}?)[.:]\s+(?=[A-Z])"
)
_LABELLED = re.compile(r"([A-Z][A-Za-z ]{1,38}?)\s*(?::|\s[–—-])\s+(?=\S)")


def find_label(text: str, rules: PropositionRules) -> str | None:
    """Return the role that a label names, or None."""
    stripped = text.strip()
    if len(stripped) > 40:
        return None
    return next((role for role, pattern in rules.labels.items() if pattern.match(stripped)), None)


def read_label(text: str, rules: PropositionRules) -> tuple[str, int] | None:
    """Return the role of the label that a text begins with ("Lead: X") and where what it labels begins."""
    match = _LABELLED.match(text)
    role = find_label(match.group(1), rules) if match else None
    return (role, match.end()) if match and role else None


def find_boxes(grid: Grid, reading: Reading, rules: PropositionRules, *, tentative: bool) -> list[Draft]:
    """Return the propositions of a table of label and value: a new one begins where a label comes again."""
    if not 2 <= grid.columns <= 3:
        return []
    groups: list[dict[str, list[Span]]] = [{}]
    headed = _roles_of_labels(grid, rules)
    for number in range(1, grid.rows + 1):
        row = grid.row(number)
        label = row[0][1].text if len(row) >= 2 else ""
        role = find_label(label, rules) or headed.get(label) if label else None
        if role is None:
            continue
        if role in groups[-1] or (role == "name" and groups[-1]):
            groups.append({})
        groups[-1].setdefault(role, []).append(reading.whole(row[1][1].ordinal))
    found = (make_draft(group, reading, rules, tentative=tentative) for group in groups)
    return [draft for draft in found if draft]


def _roles_of_labels(grid: Grid, rules: PropositionRules) -> Mapping[str, str]:
    """Return the roles of a box's own labels ("Who would lead", "Likely cost") by what such columns are headed.

    Only where the labels together are those of a proposition: the box at the head of a paper has a summary too.
    """
    labels = [row[0][1].text for number in range(1, grid.rows + 1) if len(row := grid.row(number)) >= 2]
    roles = {
        label: role
        for label in labels
        if len(label) <= _LONGEST_LABEL and (role := find_label(label, rules) or _find_role(label, rules))
    }
    kinds = set(roles.values())
    is_cover = any(_COVER.search(label) for label in labels)
    return roles if kinds & {"what", "ask"} and len(kinds & _TELLING) >= _FEWEST and not is_cover else {}


def _find_role(label: str, rules: PropositionRules) -> str | None:
    return next((role for role, pattern in rules.roles.items() if pattern.search(label.strip(" :"))), None)


def iter_labelled(
    reading: Reading, rules: PropositionRules, *, tentative: bool
) -> Iterator[tuple[Draft, frozenset[int]]]:
    """Yield propositions of labelled stretches under one heading, with the ordinals of the passages they use."""
    for heading, group in (*_labelled_groups(reading, rules), *_headed_groups(reading, rules)):
        named = {"name": [heading], **group} if heading else group
        draft = make_draft(named, reading, rules, tentative=tentative) if len(group) >= 2 else None
        if draft:
            yield draft, frozenset(span.passage for spans in group.values() for span in spans)


def iter_numbered(
    reading: Reading, rules: PropositionRules, *, tentative: bool
) -> Iterator[tuple[Draft, frozenset[int]]]:
    """Yield "Proposal 1: A logistics institute. It would stand …": paragraphs that number and name what they propose.

    One alone is a cross-reference as likely as not; a run of two and more is a list of propositions.
    """
    found = []
    for ordinal, passage in enumerate(reading.passages):
        match = _NUMBERED.match(passage.text) if passage.kind in (PassageKind.PARAGRAPH, PassageKind.ITEM) else None
        if match and not find_clauses(passage.text, match.start("name"), match.end("name"), rules.verbs):
            found.append((ordinal, match))
    for ordinal, match in found if len(found) > 1 else ():
        whole = reading.whole(ordinal)
        what = Span(ordinal, match.start("name"), whole.end)
        asked = [Span(ordinal, *sentence) for sentence in reading.sentences(ordinal) if sentence[0] > match.end("name")]
        asks = tuple(span for span in asked if find_ask(span, reading, rules, owned_by_government=False))
        status = find_status(reading.text(what), rules, None)
        draft = Draft(
            form=Form.LABELLED,
            rule="labelled.numbered",
            what=what,
            name=Span(ordinal, match.start("name"), match.end("name")),
            parts={"ask": asks} if asks else {},
            trigger=Trigger.ASKS if asks else Trigger.WILL,
            status=status.of_draft(tentative),
            scope=(what,),
        )
        yield draft, frozenset({ordinal})


Group = tuple[Span | None, Mapping[str, Sequence[Span]]]  # the heading above and stretches by role


def _labelled_groups(reading: Reading, rules: PropositionRules) -> Iterator[Group]:
    """Yield groups of "What: …", "Who: …"; a new one begins where a label comes again."""
    for heading, members in _sections(reading, rules):
        groups: list[dict[str, list[Span]]] = [{}]
        for role, span in members:
            if role in groups[-1]:
                groups.append({})
            groups[-1].setdefault(role, []).append(span)
        yield from ((heading, group) for group in groups)


def _headed_groups(reading: Reading, rules: PropositionRules) -> Iterator[Group]:
    """Yield groups of stretches under "What we will do", "Why", "Who" as headings that come again and again.

    Such headings once are chapters. Where points stand under "What we will do", each is a proposition of its own.
    """
    roles = {
        ordinal: role
        for ordinal, passage in enumerate(reading.passages)
        if passage.kind in (PassageKind.HEADING, PassageKind.PARAGRAPH) and (role := find_label(passage.text, rules))
    }
    repeated = Counter(roles.values())
    if len(repeated) < _FEWEST or max(repeated["what"], repeated["ask"]) < _FEWEST:
        return
    heading: Span | None = None
    group: dict[str, list[Span]] = {}
    under: str | None = None
    for ordinal, passage in enumerate(reading.passages):
        is_label = ordinal in roles
        if (is_label and roles[ordinal] in group) or (passage.kind is PassageKind.HEADING and not is_label):
            yield from _whole_groups(heading, group, reading)
            group = {}
        if is_label:
            under = roles[ordinal]
        elif passage.kind is PassageKind.HEADING:
            heading, under = reading.whole(ordinal), None
        elif under is not None and passage.kind in (PassageKind.PARAGRAPH, PassageKind.ITEM):
            group.setdefault(under, []).append(reading.whole(ordinal))
    yield from _whole_groups(heading, group, reading)


def _whole_groups(heading: Span | None, group: Mapping[str, Sequence[Span]], reading: Reading) -> Iterator[Group]:
    is_list = any(reading.passages[span.passage].kind is PassageKind.ITEM for span in group.get("what", ()))
    if not is_list:
        yield heading, group


def _sections(reading: Reading, rules: PropositionRules) -> Iterator[tuple[Span | None, list[tuple[str, Span]]]]:
    heading: Span | None = None
    members: list[tuple[str, Span]] = []
    for ordinal, passage in enumerate(reading.passages):
        if passage.kind is PassageKind.HEADING:
            yield heading, members
            heading, members = reading.whole(ordinal), []
        elif passage.kind is PassageKind.PARAGRAPH or (passage.kind is PassageKind.ITEM and passage.level < _BELOW):
            label = read_label(passage.text, rules)
            if label:
                members.append((label[0], Span(ordinal, label[1], len(passage.text))))
    yield heading, members


def make_draft(
    group: Mapping[str, Sequence[Span]], reading: Reading, rules: PropositionRules, *, tentative: bool
) -> Draft | None:
    """Return the proposition that labelled stretches make: it needs a `what` or an `ask`, and one label more."""
    parts = {
        role: kept
        for role, spans in sorted(group.items())
        if (kept := tuple(span for span in spans if not rules.empty_cell.match(reading.text(span))))
    }
    if len(parts) < 2 or not {"what", "ask"} & set(parts):
        return None
    what = (parts.get("what") or parts["ask"])[0]
    status = find_status(reading.text(what), rules, None)
    return Draft(
        form=Form.LABELLED,
        rule="labelled",
        what=what,
        name=parts.get("name", (None,))[0],
        parts=parts,
        trigger=Trigger.ASKS if "ask" in parts else Trigger.WILL,
        status=status.of_draft(tentative),
        scope=tuple(span for role, spans in parts.items() if role not in _NOT_SCOPE for span in spans),
    )
