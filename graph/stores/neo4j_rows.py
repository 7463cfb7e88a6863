"""Values of the model as properties of nodes and relations, and back.

A property whose key and value Neo4j keeps exactly stands by itself, for people who browse; the others, such as one
called `name`, stand together as JSON in `more`.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.model import (
    Cell,
    Document,
    DocumentStatus,
    Dropped,
    DropReason,
    Edit,
    Entity,
    Evidence,
    Passage,
    PassageKind,
    Properties,
    PropertyValue,
    Relation,
    Unsure,
)
from graph.stores.text import entity_names, letter_pairs

Row = dict[str, Any]  # properties of a node, or parameters of one row of a statement

KEY_CHARS = 250  # of an id that an index holds; an index takes about 8,000 bytes
WORD_CHARS = 200  # of a word that full-text search holds; its analyser would cut a word at 255
ENTITY_KEYS = frozenset(
    {"id", "full_id", "type", "name", "register", "documents", "rank", "head", "words", "alias_words", "more"}
)
EVIDENCE_KEYS = ("passages", "starts", "ends", "quotes", "rules", "scores")
RELATION_KEYS = frozenset({"id", "full_id", "type", "documents", "sources", "more", *EVIDENCE_KEYS})
DOCUMENT_KEYS = (
    "title", "source", "sha256", "reader", "status", "published", "kind", "genre", "describes", "rules",
)  # fmt: skip
CELL_KEYS = ("table", "row", "column", "header", "row_span", "column_span", "is_header")

_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}", re.ASCII)
_WORD = re.compile(r"[^\W_]+")

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def to_key(item_id: str) -> str:
    """Return an id as indexes hold it: itself, or its beginning and a hash where it is too long for one."""
    if len(item_id) <= KEY_CHARS:
        return item_id
    return f"{item_id[:KEY_CHARS]}…{hashlib.sha256(item_id.encode(errors='replace')).hexdigest()}"


def identity(item_id: str) -> Row:
    """Return the properties that hold an id."""
    key = to_key(item_id)
    return {"id": key} if key == item_id else {"id": key, "full_id": item_id}


def full_id(node: Mapping[str, Any]) -> str:
    """Return the whole id of a node or relation."""
    return str(node.get("full_id", node["id"]))


def split_words(text: str) -> list[str]:
    """Return the words of a text as search compares them: no case, no diacritics, very long ones by a hash."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower())
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return [word if len(word) <= WORD_CHARS else _shorten(word) for word in _WORD.findall(text.lower())]


def _shorten(word: str) -> str:
    return word[: WORD_CHARS // 2] + hashlib.sha256(word.encode()).hexdigest()


def join_words(text: str) -> str:
    """Return the words of a text with a space around each, as a property of a node."""
    return f" {' '.join(split_words(text))} "


def is_plain(key: str, reserved: frozenset[str]) -> bool:
    """Say whether a property stands by itself under its own key."""
    return key not in reserved and _PLAIN_KEY.fullmatch(key) is not None


def encode_properties(properties: Properties) -> str:
    """Return properties as JSON, keys sorted: equal properties give equal text."""
    return encode(dict(properties)) if properties else "{}"


def decode_properties(text: str) -> dict[str, PropertyValue]:
    """Return properties from their JSON; lists become tuples."""
    if text == "{}":
        return {}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(text).items()}


def spread(properties: Properties, reserved: frozenset[str]) -> Row:
    """Return properties as a node or relation holds them."""
    plain: Row = {}
    more: dict[str, PropertyValue] = {}
    for key, value in properties.items():
        if is_plain(key, reserved):
            plain[key] = list(value) if isinstance(value, tuple) else value
        else:
            more[key] = value
    return {**plain, "more": encode_properties(more)} if more else plain


def gather(node: Mapping[str, Any], reserved: frozenset[str]) -> dict[str, PropertyValue]:
    """Return the properties that `spread` laid out, by key."""
    found = {k: tuple(v) if isinstance(v, list) else v for k, v in node.items() if k not in reserved}
    return dict(sorted({**found, **decode_properties(node.get("more", "{}"))}.items()))


def document_row(
    document: Document, *, rank: int, digest: str, dropped: Sequence[Dropped], unsure: Sequence[Unsure]
) -> Row:
    """Return the properties of a document's node."""
    return {
        **identity(document.id),
        **{key: getattr(document, key) for key in DOCUMENT_KEYS},
        "rank": rank,
        "digest": digest,
        "dropped": [encode([item.item, item.reason, item.detail]) for item in dropped],
        "unsure": [encode([item.name, item.candidates, item.passage_id, item.reason]) for item in unsure],
    }


def to_document(node: Mapping[str, Any]) -> Document:
    """Return a document from its node."""
    values = {key: node.get(key) for key in DOCUMENT_KEYS}
    return Document(full_id(node), **{**values, "status": DocumentStatus(node["status"])})  # type: ignore[arg-type]


def to_dropped(text: str) -> Dropped:
    """Return a drop from its JSON."""
    item, reason, detail = json.loads(text)
    return Dropped(item, DropReason(reason), detail)


def to_unsure(text: str) -> Unsure:
    """Return an unsure name from its JSON."""
    name, candidates, passage_id, reason = json.loads(text)
    return Unsure(name, tuple(candidates), passage_id, reason)


def passage_row(passage: Passage) -> Row:
    """Return the properties of a passage's node."""
    row = {
        **identity(passage.id),
        "document": to_key(passage.document_id),
        "ordinal": passage.ordinal,
        "text": passage.text,
        "words": join_words(passage.text),
        "kind": passage.kind,
        "page": passage.page,
        "path": list(passage.path),
        "level": passage.level,
        "label": passage.label,
    }
    if passage.cell:
        row["cell"] = encode([getattr(passage.cell, name) for name in CELL_KEYS])
    if passage.edits:
        row["edits"] = encode([[edit.start, edit.end, edit.source] for edit in passage.edits])
    return row


def to_passage(node: Mapping[str, Any], document_id: str) -> Passage:
    """Return a passage from its node."""
    return Passage(
        full_id(node), document_id, node["ordinal"], node["text"], PassageKind(node["kind"]), node.get("page"),
        tuple(node["path"]), node["level"], node["label"],
        cell=Cell(*json.loads(node["cell"])) if "cell" in node else None,
        edits=tuple(Edit(*edit) for edit in json.loads(node.get("edits", "[]"))),
    )  # fmt: skip


def entity_row(entity: Entity, *, rank: int, head: str, documents: int) -> Row:
    """Return the properties of a merged entity: `rank` and `head` tell its first claim, by kind and document."""
    aliases = [word for name in entity_names(entity)[1:] for word in split_words(name)]
    row = {
        **spread(entity.properties, ENTITY_KEYS),
        **identity(entity.id),
        "type": entity.type,
        "name": entity.name,
        "register": entity.register,
        "documents": documents,
        "rank": rank,
        "head": head,
        "words": join_words(entity.name),
    }
    return {**row, "alias_words": f" {' '.join(aliases)} "} if aliases else row


def to_entity(node: Mapping[str, Any]) -> Entity:
    """Return an entity from its node."""
    return Entity(full_id(node), node["type"], node["name"], node["register"], gather(node, ENTITY_KEYS))


def name_row(folded: str, shown: str) -> Row:
    """Return the properties of a look-up name, with its pairs of letters as full-text search finds them."""
    key = to_key(folded)
    row: Row = {"folded": key, "name": shown, "pairs": " ".join(pair_words(folded))}
    return row if key == folded else {**row, "full_folded": folded}


def pair_words(folded: str) -> list[str]:
    """Return the pairs of neighbouring letters of a folded name, each once, as words without a space in them."""
    return sorted("_".join(re.split(r"\s", pair)) for pair in letter_pairs(folded))


def relation_row(relation: Relation, *, documents: int) -> Row:
    """Return the properties of a merged relation; evidence stands in lists side by side, for people who browse."""
    row = {**spread(relation.properties, RELATION_KEYS), **identity(relation.id), "documents": documents}
    if relation.sources:
        row["sources"] = list(relation.sources)
    if relation.evidence:
        columns = zip(*map(evidence_values, relation.evidence), strict=True)
        row |= {key: list(values) for key, values in zip(EVIDENCE_KEYS, columns, strict=True)}
    return row


def to_relation(values: Mapping[str, Any], relation_type: str, source_id: str, target_id: str) -> Relation:
    """Return a relation from its properties, type and ends."""
    evidence = zip(*(values.get(key, ()) for key in EVIDENCE_KEYS), strict=True)
    return Relation(
        full_id(values), relation_type, source_id, target_id, gather(values, RELATION_KEYS),
        tuple(Evidence(*item) for item in evidence), tuple(values.get("sources", ())),
    )  # fmt: skip


def evidence_values(item: Evidence) -> tuple[str, int, int, str, str, float]:
    """Return an evidence as a row of values."""
    return item.passage_id, item.start, item.end, item.quote, item.rule, float(item.score)


def claim_row(relation: Relation, *, document: str, rank: int) -> Row:
    """Return the properties of the node that keeps what one document says of a relation."""
    ids = [relation.id, relation.source_id, relation.target_id]
    keys = [to_key(item_id) for item_id in ids]
    row: Row = {
        "relation": keys[0], "source": keys[1], "target": keys[2], "document": document, "rank": rank,
        "type": relation.type, "properties": encode_properties(relation.properties),
        "sources": list(relation.sources), "evidence": encode([evidence_values(item) for item in relation.evidence]),
    }  # fmt: skip
    return row if keys == ids else {**row, "full_ids": ids}


def to_claimed(node: Mapping[str, Any]) -> Relation:
    """Return a relation as one document claims it."""
    relation_id, source_id, target_id = node.get("full_ids") or (node["relation"], node["source"], node["target"])
    return Relation(
        relation_id, node["type"], source_id, target_id, decode_properties(node["properties"]),
        tuple(Evidence(*item) for item in json.loads(node["evidence"])), tuple(node["sources"]),
    )  # fmt: skip


def storable(value: Any) -> Any:
    """Return a parameter that was asked for, texts without lone surrogates: no store holds one, so it finds nothing."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode(errors="replace").decode()
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    return [storable(item) for item in value] if isinstance(value, list | tuple) else value


def keys_of(ids: Iterable[str]) -> list[str]:
    """Return asked-for ids as indexes hold them, each once, in their order."""
    return list(dict.fromkeys(to_key(item_id) for item_id in ids))
