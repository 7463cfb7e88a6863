"""Names that only the whole document makes known: by their neighbours, in quotes, by what they are said to be.

The witness is the document itself: a word that it also writes in small letters is no name.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from graph.model import Passage, PassageKind
from ingest.names.rules import (
    load_list_rules,
    load_open_rules,
    load_standing_nouns,
    load_unlisted_rules,
    load_words,
)
from ingest.names.scan import select
from ingest.names.types import Hit, Target, make_target
from ingest.words import find_words, first_words

_NAME = r"(?P<name>[A-Z][\w&'-]*\w(?: [A-Z][\w&'-]*\w){0,3})(?![\w-]| [A-Z0-9&(]|'s? [A-Z])"
_SINGLE = r"(?P<name>[A-Z][a-z]{4,})(?![\w'-]| [A-Z0-9&(]| and [A-Z])"
_QUOTED = re.compile(r"['\"](?<!\w.)(?P<name>[A-Z][\w-]*(?: (?:of|the|and|for|to|in)| [A-Z][\w-]*){1,5})['\"](?!\w)")
_FROM_TO = re.compile(r"\bfrom ([A-Z][a-z]{4,}) to ([A-Z][a-z]{4,})(?![\w'-]| [A-Z0-9&(])")
_CAMEL = re.compile(r"(?P<name>[A-Z](?<![\w@./-].)[a-z]{2,}[A-Z][a-z]{2,}\w*)(?![\w/.]*\.\w)")
_SAID_TO_BE = re.compile(r" (?:programme|scheme|initiative|campaign|fund|pilot|project|pass|challenge|competition)s?\b")
_PROJECT = re.compile(r"(?<![\w-])(?P<name>(?:Project|Operation) [A-Z][a-z]{3,})\b(?! [A-Z])")
# A plan that a text names again and again by its kind alone is the plan of that text.
_PLAN = re.compile(
    r"\b[Tt]he (?P<name>(?:Investment|Implementation|Delivery|Infrastructure|Action|Recovery|Growth) "
    r"(?:Plan|Prospectus))\b(?! [A-Z])"
)
_PROJECTS, _PLANS = frozenset({"project", "operation"}), frozenset({"plan", "prospectus"})  # what those two need
_SPREAD = ("list.", "unlisted.", "pattern.quoted")
# One item of a cell that lists names: between its ends, commas, semicolons, slashes and line ends.
_CELL_ITEM = re.compile(
    r"(?:^|[;,/\n])\s*(?:the |The )?"
    r"(?P<name>[A-Z][\w&'-]*\w(?: (?:of|and|for|the|&|on|upon|le)(?= [A-Z])| [A-Z][\w&'-]*){0,5})"
    r"(?=\s*(?:\([^)]*\)\s*)?(?:[;,/\n]|\.?$))"
)
_LOWER = re.compile(r"(?<![\w'])[a-z]{3,}")


def find_small_words(passages: Sequence[Passage]) -> frozenset[str]:
    """Return the words of three letters and more that the document writes in small letters somewhere."""
    return frozenset(_LOWER.findall("\n".join(passage.text for passage in passages)))


class Unlisted:
    """Finds what neither registers nor patterns know, with the whole document as witness."""

    def __init__(self) -> None:
        lists, open_rules, words, rules = load_list_rules(), load_open_rules(), load_words(), load_unlisted_rules()
        self._dull = (
            lists.plain | lists.countries | open_rules.generic | open_rules.concepts | words.starters | words.verbs
        )
        self._heads = frozenset(open_rules.tails) | {"Summit", "Show", "Stadium", "Garden", "Conference", "Ministerial"}
        self._events = lists.not_last
        self._countries = lists.countries
        self._first_names = rules.first_names
        self._standing_for = load_standing_nouns()
        self._roles = lists.plain
        self._openers = rules.not_first | words.starters
        nouns = "|".join(sorted(lists.apposition, key=len, reverse=True))
        before = {
            "Place": rules.place_before,
            "Institution": rules.body_before,
            "Programme": rules.lever_before,
        }
        self._cued = [
            (
                first_words(words_),
                re.compile(rf"\b(?:{'|'.join(words_)}) {article}{_NAME}"),
                type_,
                f"unlisted.{type_.lower()}",
            )
            for type_, words_ in before.items()
            for article in ("" if type_ == "Place" else "(?:the )?",)
        ]
        near = ("in", "at", "near", "around", "outside")
        self._cued += [
            (first_words(near), re.compile(rf"\b(?:{'|'.join(near)}) {_SINGLE}"), "Place", "unlisted.place"),
            (
                first_words(["with"]),
                re.compile(rf", with (?:the )?{_NAME}(?=,)"),
                "Institution",
                "unlisted.institution",
            ),
        ]
        self._agent_words = first_words(rules.body_after)
        self._nouns = first_words(lists.apposition)
        self._agent = re.compile(rf"{_NAME.replace('{0,3}', '{1,3}')} (?:{'|'.join(rules.body_after)})\b")
        self._described = re.compile(
            rf"\b(?:an?|the|new) (?:[\w-]+ ){{0,3}}?(?P<noun>{nouns})(?: [a-z]+){{0,4}}, {_NAME}(?=,)"
        )
        self._apposition = lists.apposition
        self._columns = [
            (re.compile(rf"(?i)(?<!\w)(?:{'|'.join(headings)})(?!\w)"), type_)
            for headings, type_ in ((rules.body_columns, "Institution"), (rules.place_columns, "Place"))
        ]

    def find(
        self, passages: Sequence[Passage], hits: Sequence[Sequence[Hit]], small: frozenset[str]
    ) -> list[list[Hit]]:
        """Return the hits of each passage and the unlisted names; a word that the text also writes small is none."""
        found = [list(here) for here in hits]
        whole = "\n".join(passage.text for passage in passages)
        for passage, here in zip(passages, found, strict=True):
            if passage.kind is not PassageKind.HEADING:
                for hit in (*self._candidates(passage.text, whole, small), *self._in_column(passage, small)):
                    if not _overlaps(hit, here):
                        here.append(hit)
        return [select(here) for here in self._spread(passages, found, whole)]

    def _candidates(self, text: str, whole: str, small: frozenset[str]) -> Iterator[Hit]:
        words = find_words(text)
        for needed, pattern, type_, rule in self._cued:
            for match in pattern.finditer(text) if not needed.isdisjoint(words) else ():
                if type_ == "Place" and match["name"].split()[-1] in self._heads:
                    continue  # a fair, a campus, a union: not a place
                if self._is_name(match["name"], small, single=type_ != "Institution"):
                    yield _hit(match, "name", type_, rule)
        for match in _FROM_TO.finditer(text) if "from " in text else ():
            if all(self._is_name(match[group], small, single=True) for group in (1, 2)):
                yield _hit(match, 1, "Place", "unlisted.place")
                yield _hit(match, 2, "Place", "unlisted.place")
        for match in self._agent.finditer(text) if not self._agent_words.isdisjoint(words) else ():
            last = match["name"].split()[-1]
            if last not in self._events and self._is_name(match["name"], small, single=False):
                yield _hit(match, "name", "Institution", "unlisted.agent")
        for match in self._described.finditer(text) if not self._nouns.isdisjoint(words) else ():
            if self._is_name(match["name"], small, single=True):
                yield _hit(match, "name", self._apposition[match["noun"]], "unlisted.described")
        for match in _CAMEL.finditer(text):
            if all(part.lower() in small for part in re.findall("[A-Z][a-z]+", match["name"])):
                continue  # two words that lost their blank
            type_ = "Programme" if _SAID_TO_BE.match(text, match.end()) else "Institution"
            yield _hit(match, "name", type_, "unlisted.camel")
        for match in _PROJECT.finditer(text) if not _PROJECTS.isdisjoint(words) else ():
            if self._is_name(match["name"].split()[1], small, single=True):
                yield _hit(match, "name", "Programme", "unlisted.project")
        for match in _PLAN.finditer(text) if not _PLANS.isdisjoint(words) else ():
            if len(re.findall(rf"\b[Tt]he {match['name']}\b", whole)) > 1:
                yield _hit(match, "name", "Programme", "unlisted.plan")
        for match in _QUOTED.finditer(text) if "'" in text or '"' in text else ():
            name = match["name"]
            is_title = any(word not in self._dull for word in name.split()) and name.split()[-1][0].isupper()
            if is_title and re.search(rf"(?<!['\"]){re.escape(name)}\b", whole):
                yield _hit(match, "name", "Programme", "unlisted.quoted")

    def _in_column(self, passage: Passage, small: frozenset[str]) -> Iterator[Hit]:
        """Names of a cell that lists them under "Partners" or "Location": each capitalised item is one."""
        heading = passage.cell.header if passage.cell and not passage.cell.is_header else ""
        type_ = next((type_ for pattern, type_ in self._columns if heading and pattern.search(heading)), None)
        for item in _CELL_ITEM.finditer(passage.text) if type_ else ():
            if self._is_name(item["name"], small, single=True) and item["name"].split()[-1] not in self._roles:
                yield _hit(item, "name", type_ or "", "unlisted.column")

    def _is_name(self, name: str, small: frozenset[str], *, single: bool) -> bool:
        words = name.split()
        if name.lower() in self._standing_for:
            return False  # "the Combined Authority" stands for a name
        if (len(words) == 1 and not single) or words[0] in self._first_names or words[0] in self._openers:
            return False
        if (name.isupper() and len(words) == 1) or name in self._countries:
            return False
        telling = [word for word in words if word not in self._dull and word.lower() not in small]
        return bool(telling) and (len(words) > 1 or len(name) > 4)

    def _spread(self, passages: Sequence[Passage], found: list[list[Hit]], whole: str) -> list[list[Hit]]:
        """Mark the other mentions of names that were known by their company once."""
        seen: Counter[str] = Counter()
        targets: dict[str, Target] = {}
        for here in found:
            for hit in here:
                seen[hit.text] += 1
                if hit.rule.startswith(_SPREAD) and len(hit.text) > 3:
                    targets.setdefault(hit.text, hit.targets[0])
        for name in sorted(targets):
            if whole.count(name) <= seen[name]:
                continue
            pattern = re.compile(rf"(?<![\w&-])(?<![A-Z]\w )(?<![a-z] [A-Z]\w\w ){re.escape(name)}(?![\w-]| [A-Z])")
            for passage, here in zip(passages, found, strict=True):
                for match in pattern.finditer(passage.text) if name in passage.text else ():
                    hit = Hit(match.start(), match.end(), name, (targets[name],), "unlisted.again", score=0.5)
                    if not _overlaps(hit, here):
                        here.append(hit)
        return found


def _hit(match: re.Match[str], group: str | int, type_: str, rule: str) -> Hit:
    return Hit(match.start(group), match.end(group), match[group], (make_target(type_, match[group]),), rule, score=0.5)


def _overlaps(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(other.start < hit.end and hit.start < other.end for other in others)
