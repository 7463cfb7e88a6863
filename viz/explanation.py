"""A document's text beside what was found in it: passage by passage, each fact with its rule.

A sentence from which no proposition or relation came is listed with the reason it was passed over, where one is known.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from graph.model import Entity, Evidence, GraphBatch, Passage, Relation
from viz.palette import style_of

FindSentences = Callable[[str], Iterable[tuple[int, int]]]
Reason = Callable[[Passage, int, int], str]


@dataclass(frozen=True, slots=True)
class FoundFact:
    """One fact at a passage: `label` says what it is, `text` the words it comes from."""

    kind: str  # "mention", "proposition" or "relation"
    type: str
    label: str
    rule: str
    start: int
    end: int
    text: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """A sentence that gave no proposition and no relation."""

    start: int
    end: int
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedPassage:
    """A passage with its facts in the order of the text."""

    passage: Passage
    facts: tuple[FoundFact, ...]
    silences: tuple[Silence, ...]


def explain_batch(
    batch: GraphBatch, *, find_sentences: FindSentences, reason: Reason | None = None
) -> tuple[ExplainedPassage, ...]:
    """Return every passage of a batch in reading order with what was found there.

    Args: find_sentences: ranges of the sentences of a text.  reason: why a sentence was passed over; "" where unknown.
    """
    facts: dict[str, list[FoundFact]] = {}
    for passage_id, fact in _iter_facts(batch):
        facts.setdefault(passage_id, []).append(fact)
    explained = []
    for passage in sorted(batch.passages, key=lambda passage: passage.ordinal):
        found = sorted(facts.get(passage.id, ()), key=_place)
        spoken = [fact for fact in found if fact.kind != "mention"]
        silences = tuple(
            Silence(start, end, passage.text[start:end], reason(passage, start, end) if reason else "")
            for start, end in find_sentences(passage.text)
            if not any(fact.start < end and start < fact.end for fact in spoken)
        )
        explained.append(ExplainedPassage(passage, tuple(found), silences))
    return tuple(explained)


def _place(fact: FoundFact) -> tuple[int, int, int, str]:
    return _ORDER[fact.kind], fact.start, -fact.end, fact.label


_ORDER = {"mention": 0, "proposition": 1, "relation": 2}
_FIELDS = ("what", "why", "how", "ask", "actor", "tentative", "status")


def _iter_facts(batch: GraphBatch) -> Iterable[tuple[str, FoundFact]]:
    entities = {entity.id: entity for entity in batch.entities}
    for mention in batch.mentions:
        entity = entities.get(mention.entity_id)
        if entity is not None and entity.type != "Proposition":
            label = f"{entity.name} ({entity.id})"
            fact = FoundFact("mention", entity.type, label, mention.rule, mention.start, mention.end, mention.text)
            yield mention.passage_id, fact
        elif entity is not None:
            place = (mention.start, mention.end, mention.text)
            yield mention.passage_id, _proposition(entity, mention.rule, place)
    for relation in batch.relations:
        for evidence in relation.evidence:
            yield evidence.passage_id, _relation(relation, evidence, entities)


def _proposition(entity: Entity, rule: str, place: tuple[int, int, str]) -> FoundFact:
    details = [(key, str(entity.properties[key])) for key in _FIELDS if entity.properties.get(key)]
    others = sorted(key for key in entity.properties if key not in _FIELDS and entity.properties[key])
    details += [(key, str(entity.properties[key])) for key in others]
    return FoundFact("proposition", entity.type, entity.name, rule, *place, tuple(details))


def _relation(relation: Relation, evidence: Evidence, entities: Mapping[str, Entity]) -> FoundFact:
    ends = [entities[end].name if end in entities else end for end in (relation.source_id, relation.target_id)]
    details = tuple((key, str(value)) for key, value in sorted(relation.properties.items()))
    label = f"{ends[0]} {relation.type} {ends[1]}"
    place = (evidence.start, evidence.end, evidence.quote)
    return FoundFact("relation", relation.type, label, evidence.rule, *place, details)


_STYLE = """body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:90rem;padding:0 1rem;color:#1b1b1b}
table{border-collapse:collapse;width:100%;table-layout:fixed}td{border-top:1px solid #ccc;padding:.5rem;
vertical-align:top;overflow-wrap:anywhere}td:first-child{width:7rem;color:#555}td:nth-child(2){width:50%}
mark{background:#eef3fa;border-bottom:2px solid}ul{margin:0;padding-left:1rem}.rule{color:#555;font-family:monospace}
.silence{color:#7a2e2e}.proposition{font-weight:600}.heading{font-weight:700}"""


def render_explanation(title: str, explained: Iterable[ExplainedPassage]) -> str:
    """Return a page of its own, without script or remote address, that shows text and facts side by side."""
    rows = "\n".join(_row(item) for item in explained)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body><h1>{escape(title)}</h1>\n"
        f"<table><tbody>\n{rows}\n</tbody></table></body></html>\n"
    )


def _row(item: ExplainedPassage) -> str:
    passage = item.passage
    kind = "heading" if passage.kind.value == "heading" else "text"
    facts = "".join(_fact_line(fact) for fact in item.facts)
    silences = "".join(
        f'<li class="silence">no fact: {escape(silence.reason or "no rule applies")}: “{escape(silence.text)}”</li>'
        for silence in item.silences
    )
    return (
        f"<tr><td>{escape(describe_place(passage))}</td>"
        f'<td class="{kind}">{_marked_text(item)}</td><td><ul>{facts}{silences}</ul></td></tr>'
    )


def describe_place(passage: Passage) -> str:
    """Return where a passage stands and what it is: `12 p3 cell 2,4`."""
    cell = passage.cell
    parts = [str(passage.ordinal), f"p{passage.page}" if passage.page else "", passage.kind.value]
    parts.append(f"table {cell.table} row {cell.row} column {cell.column}" if cell else passage.label)
    return " ".join(filter(None, parts))


def _marked_text(item: ExplainedPassage) -> str:
    """Return the passage's text with its mentions marked, of those that overlap the first and longest."""
    text, at, pieces = item.passage.text, 0, []
    for fact in item.facts:
        if fact.kind == "mention" and fact.start >= at:
            colour = style_of(fact.type).colour
            marked = f'<mark style="border-color:{colour}" title="{escape(fact.type)}">{escape(fact.text)}</mark>'
            pieces += [escape(text[at : fact.start]), marked]
            at = fact.end
    return "".join([*pieces, escape(text[at:])])


def _fact_line(fact: FoundFact) -> str:
    details = "".join(f"<li>{escape(key)}: {escape(value)}</li>" for key, value in fact.details)
    quote = f": “{escape(fact.text)}”" if fact.kind == "relation" else ""
    return (
        f'<li class="{fact.kind}">{escape(fact.type)} {escape(fact.label)}{quote} '
        f'<span class="rule">{escape(fact.rule)}</span>{f"<ul>{details}</ul>" if details else ""}</li>'
    )
