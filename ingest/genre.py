"""What kind of paper a document is: minutes, board paper, strategy, sector deal, letter, ..."""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from graph.errors import RuleError
from graph.model import PassageKind, ReadDocument

_FILE = "rules/genres.toml"
_FIRST = 12


class _Rule(NamedTuple):
    name: str
    in_title: bool
    pattern: re.Pattern[str]
    needs: tuple[str, ...]  # where a text in small letters has none of them, the pattern is not tried

    def fits(self, text: str, small: str) -> bool:
        return (not self.needs or any(part in small for part in self.needs)) and self.pattern.search(text) is not None


@cache
def _genres() -> tuple[_Rule, ...]:
    raw = tomllib.loads(resources.files("ingest").joinpath(_FILE).read_text(encoding="utf-8"))
    found = []
    for number, row in enumerate(raw["genre"], 1):
        if set(row) - {"needs"} != {"name", "in", "pattern"} or row["in"] not in ("title", "head"):
            raise RuleError(f"{_FILE}, rule {number}: needs name, pattern and in = title or head; has {sorted(row)}")
        rule = _Rule(row["name"], row["in"] == "title", re.compile(row["pattern"]), tuple(row.get("needs", ())))
        found.append(rule)
    return tuple(found)


def find_genre(read: ReadDocument) -> str:
    """Return the genre that title, status and first lines show, `slides` for a slide deck, or an empty string."""
    first = read.passages[:_FIRST]
    headings = [passage.text for passage in first if passage.kind is PassageKind.HEADING and passage.page in (None, 1)]
    title = "\n".join([read.document.title, read.metadata.get("status", ""), *headings[:3]])
    head = "\n".join([title, *(passage.text[:400] for passage in first)])
    return _match(title, head) or ("slides" if read.document.reader.startswith("pptx") else "")


@lru_cache(maxsize=16)  # two stages ask of the same document
def _match(title: str, head: str) -> str:
    texts = ((head, head.lower()), (title, title.lower()))
    return next((rule.name for rule in _genres() if rule.fits(*texts[rule.in_title])), "")


_CALLS_ITSELF_DRAFT = re.compile(
    r"(?i)\b(?:this draft|draft (?:for|of|text|strategy|local industrial)|working draft|consultation draft)\b"
)


def is_draft(read: ReadDocument, genre: str) -> bool:
    """Say whether what a paper says is a draft strategy's word; a page that asks for views on a draft is not it."""
    head = [
        read.document.title,
        read.metadata.get("status", ""),
        *(passage.text[:300] for passage in read.passages[:6]),
    ]
    return genre != "consultation" and _CALLS_ITSELF_DRAFT.search(" ".join(head)) is not None
