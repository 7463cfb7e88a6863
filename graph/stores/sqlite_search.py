"""Full-text search in the embedded store: literal words, bm25, snippets made outside the engine."""

import sqlite3
from collections.abc import Sequence

from graph.stores.base import Hit
from graph.stores.text import fold_name, make_snippet

NAME_WEIGHT, ALIAS_WEIGHT = 2.0, 1.0


def search_entities(db: sqlite3.Connection, words: Sequence[str], *, entity_type: str | None, limit: int) -> list[Hit]:
    """Return entities whose names hold all words: a whole name first, then what documents name, then by bm25 and id."""
    rows = db.execute(
        f"""WITH found(key, score) AS MATERIALIZED (
                SELECT rowid, -bm25(entity_text, {NAME_WEIGHT}, {ALIAS_WEIGHT})
                FROM entity_text WHERE entity_text MATCH :match)
            SELECT e.id, e.name, x.aliases, f.score,
                   EXISTS(SELECT 1 FROM alias a WHERE a.folded = :folded AND a.entity = e.key) AS whole
            FROM found f JOIN entity e ON e.key = f.key JOIN entity_text x ON x.rowid = f.key
            WHERE :type IS NULL OR e.type = :type
            ORDER BY whole DESC, e.documents > 0 DESC, f.score DESC, e.id LIMIT :limit""",
        {"match": _to_match(words), "folded": fold_name(" ".join(words)), "type": entity_type, "limit": limit},
    )
    return [
        Hit("entity", entity_id, name, make_snippet("; ".join([name, *aliases.split("\n")]).strip("; "), words), score)
        for entity_id, name, aliases, score, _ in rows
    ]


def search_passages(db: sqlite3.Connection, words: Sequence[str], *, limit: int) -> list[Hit]:
    """Return passages that hold all words, by bm25, then by id; titled by their document."""
    rows = db.execute(
        """WITH found(key, score) AS MATERIALIZED (
               SELECT rowid, -bm25(passage_text) FROM passage_text WHERE passage_text MATCH :match)
           SELECT p.id, d.title, p.text, f.score, d.id FROM found f JOIN passage p ON p.key = f.key
           JOIN document d ON d.key = p.document ORDER BY f.score DESC, p.id LIMIT :limit""",
        {"match": _to_match(words), "limit": limit},
    )
    return [
        Hit("passage", passage_id, title, make_snippet(text, words), score, document_id)
        for passage_id, title, text, score, document_id in rows
    ]


def _to_match(words: Sequence[str]) -> str:
    """Return an FTS5 query that holds each word as a quoted string; `find_words` leaves no quote in a word."""
    *whole, last = [f'"{word}"' for word in words]
    return " AND ".join([*whole, f"({last} OR {last}*)" if len(words[-1]) > 1 else last])
