"""Ids are made, not random: the same parts give the same id on every machine."""

import hashlib
import json
import re
import unicodedata

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def make_id(kind: str, *parts: str | int) -> str:
    """Return `kind:<20 hex digits>` of the NFC-normalised parts, hashed as a JSON array: parts cannot run together."""
    normal = [unicodedata.normalize("NFC", part) if isinstance(part, str) else part for part in parts]
    array = ", ".join(map(_encode, (kind, *normal)))  # encoding a list at once takes longer: its encoder is made anew
    digest = hashlib.sha256(f"[{array}]".encode()).hexdigest()
    return f"{kind}:{digest[:20]}"


def make_relation_id(type_: str, source_id: str, target_id: str) -> str:
    """Return the id of an edge: the same whoever states it, a register or a document."""
    return make_id("rel", type_, source_id, target_id)


def make_slug(name: str) -> str:
    """Return `name` in lower-case ASCII letters, digits and hyphens; empty where it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("&", " and ")
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def make_document_id(content: bytes) -> str:
    """Return the id of a document: `doc:` and 20 hex digits of the SHA-256 of its bytes."""
    return f"doc:{hashlib.sha256(content).hexdigest()[:20]}"
