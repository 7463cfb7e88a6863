"""Names and words as every store compares them: folding, literal query words, snippets, near names."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from graph.model import Entity, PropertyValue

ALIAS_KEY = "aliases"
SNIPPET_WORDS = 30
NEAR_CUTOFF = 0.6  # difflib's own default for close matches
NEAR_CANDIDATES = 50

_WORD = re.compile(r"[^\W_]+")


def fold_text(text: str) -> str:
    """Return `text` without case and diacritics; its length may differ."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold_name(name: str) -> str:
    """Return the form by which names are looked up: no case, accents, punctuation or leading "the"; & reads "and"."""
    folded = fold_text(name).replace("&", " and ")
    words = _WORD.findall(folded.replace("'", "").replace("’", ""))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words) or folded.strip()


def entity_names(entity: Entity) -> tuple[str, ...]:
    """Return the names an entity goes by, its own first, then its property `aliases`; each once."""
    aliases = entity.properties.get(ALIAS_KEY, ())
    more = (aliases,) if isinstance(aliases, str) else aliases if isinstance(aliases, tuple) else ()
    return tuple(dict.fromkeys([entity.name, *(alias for alias in more if alias.strip())]))


def show_values(value: PropertyValue) -> tuple[str, ...]:
    """Return the texts that a property's value is counted under: each text of a tuple, else the value as text."""
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return value if isinstance(value, tuple) else (str(value),)


def find_words(query: str) -> tuple[str, ...]:
    """Return the words of a query in order, each once whatever its case; signs, operators and quotes only separate."""
    words: dict[str, str] = {}
    for word in _WORD.findall(unicodedata.normalize("NFC", query)):
        words.setdefault(fold_text(word), word)
    return tuple(words.values())


def make_snippet(text: str, words: Sequence[str]) -> str:
    """Return up to 30 words of `text` where most of `words` are, matches in [ ]; the last word is a prefix."""
    spans = [match.span() for match in _WORD.finditer(text)]
    folded = [fold_text(word) for word in words]
    hits = [index for index, (start, end) in enumerate(spans) if _is_hit(fold_text(text[start:end]), folded)]
    if not spans:
        return text[:200]
    first, best = 0, 0
    for index in hits:
        begin = max(0, index - SNIPPET_WORDS // 4)
        found = {fold_text(text[slice(*spans[hit])]) for hit in hits if begin <= hit < begin + SNIPPET_WORDS}
        if len(found) > best:
            first, best = begin, len(found)
    last = min(len(spans), first + SNIPPET_WORDS) - 1
    start = 0 if first == 0 else spans[first][0]
    end = len(text) if last == len(spans) - 1 else spans[last][1]
    pieces, at = ["…" if start else ""], start
    for hit in (hit for hit in hits if first <= hit <= last):
        pieces += [text[at : spans[hit][0]], "[", text[slice(*spans[hit])], "]"]
        at = spans[hit][1]
    return "".join([*pieces, text[at:end], "…" if end < len(text) else ""])


def _is_hit(word: str, words: Sequence[str]) -> bool:
    return word in words or (bool(words) and word.startswith(words[-1]))


def near_length(folded: str) -> tuple[int, int]:
    """Return the least and greatest length that a folded name near `folded` may have."""
    return len(folded) // 2, 2 * len(folded) + 1


def rank_near(name: str, candidates: Iterable[tuple[str, str]], *, limit: int) -> tuple[str, ...]:
    """Return the names closest to a misspelt one, best first, ties by name.

    Args: candidates: (name, folded name) pairs, in any order, those within `near_length`.
    Cost: one set of letter pairs a candidate, difflib for the best 50.
    """
    wanted = fold_name(name)
    pairs = letter_pairs(wanted)
    scored = []
    for shown, folded in candidates:
        others = letter_pairs(folded)
        shared = len(pairs & others)
        if shared:
            scored.append((-2 * shared / (len(pairs) + len(others)), shown, folded))
    best: dict[str, float] = {}
    for _, shown, folded in sorted(scored)[:NEAR_CANDIDATES]:
        ratio = SequenceMatcher(None, wanted, folded, autojunk=False).ratio()
        if ratio >= NEAR_CUTOFF:
            best[shown] = max(ratio, best.get(shown, 0.0))
    return tuple(sorted(best, key=lambda shown: (-best[shown], shown))[:limit])


def letter_pairs(folded: str) -> set[str]:
    """Return the pairs of neighbouring letters of a folded name, its ends counting as spaces."""
    padded = f" {folded} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}
