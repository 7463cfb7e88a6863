"""Full-text search on the server: literal words as the embedded store folds them, snippets made outside the engine."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.stores.base import Hit
from graph.stores.neo4j_rows import pair_words, split_words, to_entity, to_key
from graph.stores.neo4j_schema import ENTITY_TEXT, NAME_PAIRS, PASSAGE_TEXT
from graph.stores.text import entity_names, fold_name, make_snippet, near_length, rank_near

if TYPE_CHECKING:
    from neo4j import Transaction

ENTITY_WORDS, PASSAGE_WORDS = 200, 800  # that Lucene looks up, which takes 1,024 clauses; the rest is compared after
NAME_WEIGHT = 2
PAIRS, NEAR = 500, 300  # letter pairs that Lucene looks up, and names it gives to be compared letter by letter


def await_words(tx: "Transaction") -> None:
    """Wait until the full-text indexes know all that was committed."""
    tx.run("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()").consume()


def search_entities(tx: "Transaction", words: Sequence[str], *, entity_type: str | None, limit: int) -> list[Hit]:
    """Return entities whose names hold all words: a whole name first, then what documents name, by score and id."""
    tokens = _tokens(words)
    if not tokens:
        return []
    rows = tx.run(
        """CALL db.index.fulltext.queryNodes($index, $match) YIELD node AS e, score
           WHERE ($type IS NULL OR e.type = $type)
             AND all(w IN $rest WHERE e.words CONTAINS w OR coalesce(e.alias_words, '') CONTAINS w)
           WITH e, score, EXISTS { (e)<-[:NAMES]-(:Name {folded: $folded}) } AS whole
           ORDER BY whole DESC, e.documents > 0 DESC, score DESC, e.id LIMIT $limit
           RETURN properties(e), score""",
        index=ENTITY_TEXT,
        match=" ".join(f"+({_either(token)})" for token in _expand(tokens[:ENTITY_WORDS], is_whole=len(tokens))),
        rest=_rest(tokens, ENTITY_WORDS),
        type=entity_type,
        folded=to_key(fold_name(" ".join(words))),
        limit=limit,
    )
    hits = []
    for node, score in rows.values():
        entity = to_entity(node)
        snippet = make_snippet("; ".join(entity_names(entity)).strip("; "), words)
        hits.append(Hit("entity", entity.id, entity.name, snippet, score))
    return hits


def search_passages(tx: "Transaction", words: Sequence[str], *, limit: int) -> list[Hit]:
    """Return passages that hold all words, by score, then by id; titled by their document."""
    tokens = _tokens(words)
    if not tokens:
        return []
    rows = tx.run(
        """CALL db.index.fulltext.queryNodes($index, $match) YIELD node AS p, score
           WHERE all(w IN $rest WHERE p.words CONTAINS w)
           WITH p, score ORDER BY score DESC, p.id LIMIT $limit
           MATCH (d:Document {id: p.document})
           RETURN p.id, p.full_id, d.title, p.text, score, coalesce(d.full_id, d.id) ORDER BY score DESC, p.id""",
        index=PASSAGE_TEXT,
        match=" ".join(f"+({' '.join(forms)})" for forms in _expand(tokens[:PASSAGE_WORDS], is_whole=len(tokens))),
        rest=_rest(tokens, PASSAGE_WORDS),
        limit=limit,
    )
    return [
        Hit("passage", whole or key, title, make_snippet(text, words), score, document_id)
        for key, whole, title, text, score, document_id in rows.values()
    ]


def search_near(tx: "Transaction", name: str, *, limit: int) -> tuple[str, ...]:
    """Return known names close to a misspelt one, of the 300 that share most pairs of letters with it."""
    wanted = fold_name(name)
    least, most = near_length(wanted)
    rows = tx.run(
        """CALL db.index.fulltext.queryNodes($index, $match, {limit: $near}) YIELD node AS n
           RETURN n.name, coalesce(n.full_folded, n.folded)""",
        index=NAME_PAIRS,
        match=" ".join(map(_literally, pair_words(wanted)[:PAIRS])),
        near=NEAR,
    )
    return rank_near(
        name, ((shown, folded) for shown, folded in rows.values() if least <= len(folded) <= most), limit=limit
    )


def _literally(word: str) -> str:
    """Return a word as Lucene's query language reads it literally."""
    return "".join(char if char.isalnum() else f"\\{char}" for char in word)


def _tokens(words: Sequence[str]) -> list[str]:
    return [token for word in words for token in split_words(word)]


def _expand(tokens: Sequence[str], *, is_whole: int) -> list[list[str]]:
    """Return the forms of each token: itself, and for the last of `is_whole` tokens what begins with it."""
    forms = [[token] for token in tokens]
    if len(tokens) == is_whole and len(tokens[-1]) > 1:
        forms[-1].append(f"{tokens[-1]}*")
    return forms


def _either(forms: Sequence[str]) -> str:
    return " ".join(f"words:{form}^{NAME_WEIGHT} alias_words:{form}" for form in forms)


def _rest(tokens: Sequence[str], limit: int) -> list[str]:
    """Return what the words of a node must hold beyond the tokens that were looked up."""
    rest = [f" {token} " for token in tokens[limit:]]
    if rest and len(tokens[-1]) > 1:
        rest[-1] = rest[-1].rstrip(" ")
    return rest
