"""What must hold of a batch before it is stored; the one place that says so."""

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from graph.errors import BadBatch
from graph.model import Entity, Evidence, GraphBatch, Mention, Passage, Properties, PropertyValue, Relation
from graph.ontology import Ontology, load_ontology

INT_BITS = 63  # what both engines keep exactly


def validate_batch(batch: GraphBatch, ontology: Ontology | None = None) -> None:
    """Raise BadBatch where a batch breaks an invariant of the model; the message names the item and the value.

    Checked: ids are there and unique; passages belong to the document; quotes are their passage's words; a relation
    joins entities of the batch as the ontology allows and has evidence or sources; scores lie in 0..1; values can be
    stored (text is valid Unicode, numbers are finite and fit 64 bits). Cost: O(size of the batch).
    """
    problem = next(find_problems(batch, ontology or load_ontology()), None)
    if problem is not None:
        raise BadBatch(f"document {batch.document.id} ({batch.document.source}): {problem}; nothing of it was stored")


def find_problems(batch: GraphBatch, ontology: Ontology) -> Iterator[str]:
    """Yield, in words, each way in which a batch breaks the model; none for a good one."""
    passages = {passage.id: passage for passage in batch.passages}
    entities = {entity.id: entity for entity in batch.entities}
    texts = {passage.id: passage.text for passage in batch.passages}
    yield from _document_problems(batch)
    yield from _double_ids("passage", (passage.id for passage in batch.passages))
    yield from _double_ids("entity", (entity.id for entity in batch.entities))
    yield from _double_ids("relation", (relation.id for relation in batch.relations))
    ordinals = {passage.ordinal for passage in batch.passages}
    if len(ordinals) < len(passages):
        yield "two passages have the same ordinal; number them in reading order"
    for passage in batch.passages:
        yield from _passage_problems(passage, batch.document.id)
    for entity in batch.entities:
        yield from find_entity_problems(entity, ontology)
    for mention in batch.mentions:
        if mention.entity_id not in entities or not _is_sound(mention, mention.text, texts):
            yield from _mention_problems(mention, texts, entities)
    for relation in batch.relations:
        yield from _relation_problems(relation, texts, entities, ontology)
    for unsure in batch.unsure:
        if unsure.passage_id not in passages:
            yield f"unsure name {unsure.name!r} points at passage {unsure.passage_id!r}, which the batch does not have"


def _document_problems(batch: GraphBatch) -> Iterator[str]:
    document = batch.document
    if not document.id or "\0" in document.id:
        yield f"the document has the id {document.id!r}; make one with make_document_id"
    texts = [document.id, document.title, document.source, document.reader, document.genre, document.kind]
    texts += [document.published or "", document.describes or "", document.sha256, document.rules]
    texts += chain.from_iterable((item.item, item.detail) for item in batch.dropped)
    texts += chain.from_iterable((item.name, item.reason, *item.candidates) for item in batch.unsure)
    if not all(map(_is_unicode, texts)):
        yield "a text of the document holds a lone surrogate; decode the source as Unicode first"


def _double_ids(kind: str, ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for item_id in ids:
        if not item_id:
            yield f"a {kind} has no id; make one with make_id"
        elif item_id in seen:
            yield f"{kind} id {item_id!r} occurs twice; ids are unique in a batch"
        elif "\0" in item_id or not _is_unicode(item_id):
            yield f"{kind} id {item_id!r} is not valid Unicode, or holds a NUL"
        seen.add(item_id)


def _passage_problems(passage: Passage, document_id: str) -> Iterator[str]:
    if passage.document_id != document_id:
        yield f"passage {passage.id!r} belongs to document {passage.document_id!r}"
    if passage.ordinal < 0 or (passage.page is not None and passage.page < 1):
        yield f"passage {passage.id!r} has ordinal {passage.ordinal}, page {passage.page}; they count from 0 and 1"
    header = passage.cell.header if passage.cell else ""
    texts = [passage.text, passage.label, header, *passage.path, *(edit.source for edit in passage.edits)]
    if not all(map(_is_unicode, texts)):
        yield f"passage {passage.id!r} holds a lone surrogate; decode the source as Unicode first"
    for edit in passage.edits:
        if not 0 <= edit.start <= edit.end <= len(passage.text):
            size = len(passage.text)
            yield f"passage {passage.id!r} has an edit at {edit.start}:{edit.end}, outside its {size} characters"


def find_entity_problems(entity: Entity, ontology: Ontology) -> Iterator[str]:
    """Yield, in words, what is wrong with an entity by itself."""
    if entity.type not in ontology.entities:
        known = ", ".join(ontology.entities)
        yield f"entity {entity.id!r} has type {entity.type!r}, which ontology.toml does not know; known: {known}"
    if not entity.name.strip() or not _is_unicode(entity.name):
        yield f"entity {entity.id!r} has the name {entity.name!r}; a name is valid Unicode and not empty"
    if entity.properties:
        yield from _property_problems(f"entity {entity.id!r}", entity.properties)


def _property_problems(owner: str, properties: Properties) -> Iterator[str]:
    for key, value in properties.items():
        if not key or not _is_unicode(key) or not _can_be_stored(value):
            allowed = "text, finite numbers, true or false, tuples of text"
            yield f"{owner} has the property {key!r} = {value!r}; allowed: {allowed}"


def _can_be_stored(value: PropertyValue) -> bool:
    if isinstance(value, str):
        return _is_unicode(value)
    if isinstance(value, bool):
        return True
    if isinstance(value, int):
        return value.bit_length() <= INT_BITS
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, tuple) and all(isinstance(item, str) and _is_unicode(item) for item in value)


def _mention_problems(mention: Mention, texts: Mapping[str, str], entities: Mapping[str, Entity]) -> Iterator[str]:
    if mention.entity_id not in entities:
        yield f"mention {mention.text!r} names entity {mention.entity_id!r}, which the batch does not have"
    yield from _quote_problems(
        "mention", mention.passage_id, mention.start, mention.end, mention.text, mention.score, texts
    )


def _is_sound(item: Mention | Evidence, quote: str, texts: Mapping[str, str]) -> bool:
    """Say quickly whether `_quote_problems` finds nothing, which holds of nearly every item."""
    text = texts.get(item.passage_id)
    is_quote = text is not None and 0 <= item.start < item.end <= len(text) and text[item.start : item.end] == quote
    return is_quote and 0 <= item.score <= 1


def _quote_problems(
    owner: str, passage_id: str, start: int, end: int, quote: str, score: float, texts: Mapping[str, str]
) -> Iterator[str]:
    text = texts.get(passage_id)
    if text is None:
        yield f"{owner} points at passage {passage_id!r}, which the batch does not have"
    elif not (0 <= start < end <= len(text) and text[start:end] == quote):
        there = text[max(0, start) : max(0, end)]
        yield f"{owner} quotes {quote!r} from passage {passage_id!r} at {start}:{end}, where {there!r} stands"
    if not 0 <= score <= 1:
        yield f"{owner} {quote!r} has score {score}; scores lie in 0..1"


def _relation_problems(
    relation: Relation, texts: Mapping[str, str], entities: Mapping[str, Entity], ontology: Ontology
) -> Iterator[str]:
    owner = f"relation {relation.id!r} ({relation.type})"
    source, target = entities.get(relation.source_id), entities.get(relation.target_id)
    if source is None or target is None:
        missing = relation.source_id if source is None else relation.target_id
        yield f"{owner} has the end {missing!r}, which is not an entity of the batch"
    elif not ontology.allows(relation.type, source.type, target.type):
        yield f"{owner} runs from {source.type} to {target.type}, which ontology.toml does not allow"
    if not relation.evidence and not relation.sources:
        yield f"{owner} has neither evidence nor sources"
    if not all(source and _is_unicode(source) for source in relation.sources):
        yield f"{owner} has an empty or invalid source among {relation.sources!r}"
    for item in relation.evidence:
        if not _is_sound(item, item.quote, texts):
            yield from _quote_problems(owner, item.passage_id, item.start, item.end, item.quote, item.score, texts)
    if relation.properties:
        yield from _property_problems(owner, relation.properties)


def _is_unicode(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
