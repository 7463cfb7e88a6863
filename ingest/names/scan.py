"""What one passage names: register names, open-class names, short forms; first as they stand, then as decided."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

from spacy.tokens import Doc

from graph.model import Passage, PassageKind
from ingest.names.coordination import find_coordinated
from ingest.names.cues import Cues, Site, Verdict, find_chains, is_locality
from ingest.names.lists import ListNames
from ingest.names.patterns import OpenPatterns
from ingest.names.rules import load_open_rules, load_words
from ingest.names.types import Form, Hit, Target, make_target
from ingest.words import find_words, first_words

_BODY_TYPES = frozenset(
    (
        "Department",
        "Institution",
        "LEP",
        "CombinedAuthority",
        "LocalAuthority",
        "SectorDeal",
        "Programme",
        "Strategy",
        "GrandChallenge",
    )
)
_RANKS = {"coordination": 0, "acronym": 1, "register": 2, "pattern": 3, "place": 4, "list": 5, "unlisted": 6}
# Imprint and licence: what they name says nothing of the document's subject.
_BOILERPLATE = re.compile(
    r"Open Government Licen[cs]e|nationalarchives\.gov|© Crown|Crown copyright|Printed (?:in the UK|on paper)"
    r"|ISBN(?<!\wISBN)\b|Controller of (?:His|Her) Majesty"
)
_BODY_NOUNS = frozenset(
    {"local", "enterprise", "partnership", "mayoral", "combined", "county", "city", "district", "borough"}
    | {"metropolitan", "authority", "council", "commerce", "zones", "deals"}
)
_MINISTER = re.compile(
    r"\b(?:Secretar(?:y|ies)|Ministers?) (?:of State )?(?:for|of) (?:the )?"
    r"(?P<name>(?>[A-Z]\w+(?: Up)?(?:(?:, | and |, and )[A-Z]\w+(?: [A-Z]\w+)*)*))(?! [A-Z])"
)
_LONG_NAME = 3  # words that stand together in no other sense than as the name
_NEEDED_FOUNDATIONS = 3
_START = attrgetter("start")
_DIRECTED = re.compile(r"\b(?:[A-Z][\w&-]+|&|and) $")


@dataclass(slots=True)
class PassageHits:
    """The hits of one passage: `sure` count as they stand, `open_` only if the document names the same in full."""

    sure: list[Hit] = field(default_factory=list)
    open_: list[Hit] = field(default_factory=list)
    short: set[tuple[int, int]] = field(default_factory=set)

    def is_short(self, hit: Hit) -> bool:
        """Say whether `hit` is an acronym, which does not name its target in full."""
        return (hit.start, hit.end) in self.short


class Scanner:
    """Finds and weighs the hits of passages."""

    def __init__(self, lexicon: Mapping[str, Form]) -> None:
        self._lexicon = lexicon
        self._patterns = OpenPatterns(lexicon)
        self._cues = Cues()
        self._lists_by_company = ListNames()
        self._words = load_words()
        self._open = load_open_rules()
        titles = "|".join(self._words.titles)
        self._person = re.compile(
            rf"\b(?:(?:{titles})\.? )+(?:[A-Z][\w'-]+|[A-Z]\.?)(?: (?:[A-Z][\w'-]+|of|de|[A-Z]\.))*"
        )
        self._titles = first_words(self._words.titles)
        heads = {word.lower() for word in (*self._open.tails, *self._open.fronts, *self._open.generic)}
        self._nouns = _BODY_NOUNS | heads
        self._counted: dict[tuple[str, str], bool] = {}

    def scan(self, passage: Passage, doc: Doc) -> PassageHits:
        """Return what `passage` names, looked at by itself."""
        found = PassageHits()
        text = passage.text
        if _BOILERPLATE.search(text):
            return found
        is_titled = not self._titles.isdisjoint(find_words(text))
        persons = [match.span() for match in self._person.finditer(text)] if is_titled else []
        raw: list[tuple[Hit, Form]] = []
        for label, start, end in doc.user_data["register"]:
            surface = text[start:end]
            form = self._lexicon[label]
            if surface.startswith("the ") and label[4:] in self._lexicon and not _has_article(form):
                continue
            if self._counts(form, surface) and not any(first < end and start < last for first, last in persons):
                raw.append((Hit(start, end, surface, form.targets, "register.exact"), form))
        raw = _outermost(raw)
        lists = self._lists(text, raw)
        for hit, form in raw:
            site = Site(text, hit, form, passage.kind, hit.start in lists)
            verdict = self._cues.judge(site)
            if verdict is Verdict.NO:
                hit_ = self._directed(site)
                if hit_:
                    found.sure.append(hit_)
                continue
            if is_locality(site):
                hit = Hit(
                    hit.start, hit.end, hit.text, (make_target("Place", hit.text),), "place.of-institution", score=0.7
                )
            if form.case == "exact":
                found.short.add((hit.start, hit.end))
            (found.sure if verdict is Verdict.YES else found.open_).append(hit)
        taken = [hit for hit in found.sure if hit.targets[0].type in _BODY_TYPES]
        if not (text.isupper() and passage.kind is PassageKind.HEADING):
            for hit in self._patterns.find(text, taken):
                if any(first < hit.end and hit.start < last for first, last in persons):
                    continue
                (found.open_ if self._is_proposed_site(passage, hit) else found.sure).append(hit)
        found.sure += self._ministers(text)
        found.sure += find_coordinated(text, self._lexicon)
        return found

    def settle(
        self,
        passage: Passage,
        scan: PassageHits,
        *,
        named: Mapping[str, int],
        definitions: Mapping[str, Target],
        small: frozenset[str],
    ) -> list[Hit]:
        """Return the hits of `passage` that count, none inside another, in order.

        Args: named: targets that the document names in full.  small: words that it writes in small letters."""
        hits = list(scan.sure)
        for hit in scan.open_:
            if (
                hit.text in definitions
                or any(target.id in named for target in hit.targets)
                or (hit.targets[0].type == "Place" and self._is_plain_place(hit.text.lower(), small))
            ):
                hits.append(hit)
        if definitions:
            hits += self._defined(passage.text, definitions)
        kept = select(hits)
        more = self._lists_by_company.find(passage.text, kept, small)
        return select([*kept, *more]) if more else kept

    def _is_plain_place(self, name: str, small: frozenset[str]) -> bool:
        """Say whether a small place's name is no word: neither in general nor in this document."""
        return name not in self._words.ordinary_places and name not in small and len(name) > 4

    def make_unnamed(self, name: str, short: str) -> Target | None:
        """Return a target for a capitalised name that the document abbreviates and no rule knows."""
        if short.removesuffix("s") in self._open.concepts or name.split()[0] in self._words.starters:
            return None
        type_ = self._patterns.find_head(name)
        return make_target(type_, name) if type_ else None

    def _defined(self, text: str, definitions: Mapping[str, Target]) -> Iterable[Hit]:
        for short, target in definitions.items():
            at = text.find(short)
            while at >= 0:
                end = at + len(short)
                whole = not (text[at - 1 : at].isalnum() and at) and not text[end : end + 1].isalnum()
                if whole:
                    yield Hit(at, end, short, (target,), "acronym.defined", score=0.95)
                at = text.find(short, end)

    def _counts(self, form: Form, surface: str) -> bool:
        key = (form.key, surface)
        known = self._counted.get(key)
        if known is None:
            known = self._counted[key] = self._spelling_counts(form, surface)
        return known

    def _spelling_counts(self, form: Form, surface: str) -> bool:
        if form.case == "any" or surface in form.surfaces:
            return True
        if form.case == "exact":
            return False
        words = re.split(r"[ \-–/]", surface)
        content = [word for word in words if word and word.lower() not in self._words.small]
        if len(content) >= _LONG_NAME and content[0][0].isupper() and content[0] not in self._open.generic:
            return True  # "the Faraday battery challenge", as Hansard writes
        if len(content) > 1 and content[-1] in self._open.lower_tails:
            content.pop()
        proper = [word for word in content if word.lower() not in self._nouns]
        if proper or content[-1:] in (["council"], ["authority"], ["partnership"]):
            while len(content) > 1 and content[-1] in self._nouns:  # "Cumbria chamber of commerce", as Hansard writes
                content.pop()
        return all(not word[0].isalpha() or word[0].isupper() for word in content)

    def find_known(self, text: str) -> list[Hit]:
        """Return the register names of a short `text` that is no passage, such as a title; longest first."""
        words = list(re.finditer(r"[^ ]+", text))[:40]
        hits = []
        for length in range(min(len(words), 14), 0, -1):
            for first, last in zip(words, words[length - 1 :], strict=False):
                surface = text[first.start() : last.end()].strip(".,:;()|-–'\"")
                form = self._lexicon.get(surface.lower())
                if form and not form.is_cued and self._counts(form, surface):
                    hits.append(Hit(first.start(), last.end(), surface, form.targets, "register.title"))
        return sorted(select(hits), key=lambda hit: hit.start - hit.end)

    def _ministers(self, text: str) -> Iterable[Hit]:
        """A minister's title names the department: "Secretary of State for Transport"."""
        for match in _MINISTER.finditer(text) if "for " in text else ():
            name = match["name"].lower()
            for head in ("department for", "department of", "ministry of"):
                form = self._lexicon.get(f"{head} {name}")
                if form:
                    yield Hit(match.start(), match.end(), match.group(), form.targets, "pattern.minister", score=0.8)
                    break

    def _is_proposed_site(self, passage: Passage, hit: Hit) -> bool:
        """Say whether a cell holds only this site or hub: then it names a proposal, unless the text names it too."""
        if passage.kind is not PassageKind.CELL or hit.rule.split(".")[-1] not in self._open.sites:
            return False
        return hit.text in passage.text.split("\n")

    def _lists(self, text: str, raw: Sequence[tuple[Hit, Form]]) -> set[int]:
        """Where hits in a list of their type begin; one of foundations has three or more, of sectors a plain one."""
        listed: set[int] = set()
        if len(raw) < 2:
            return listed
        by_type: dict[str, list[Hit]] = {}
        for hit, _ in raw:
            by_type.setdefault(hit.targets[0].type, []).append(hit)
        for type_ in ("Place", "Sector", "Foundation", "Institution"):
            for chain in find_chains(text, by_type.get(type_, ())):
                if type_ == "Foundation" and len({hit.targets[0].id for hit in chain}) < _NEEDED_FOUNDATIONS:
                    continue
                if type_ == "Sector" and all(self._cues.is_loose(hit.text.lower()) for hit in chain):
                    continue
                listed.update(hit.start for hit in chain)
        return listed

    def _directed(self, site: Site) -> Hit | None:
        """A place made of a known one and a direction: "North Lancashire"."""
        hit = site.hit
        if hit.targets[0].type != "Place":
            return None
        match = re.search(r"\b([A-Z][\w-]+) $", site.before)
        if (
            match is None
            or match[1] not in self._words.directions
            or _DIRECTED.search(site.before[: match.start()])
            or site.after[:2].strip()[:1].isupper()
        ):
            return None
        start = hit.start - len(match[1]) - 1
        name = site.text[start : hit.end]
        return Hit(start, hit.end, name, (make_target("Place", name, "area"),), "place.direction", score=0.8)


def _has_article(form: Form) -> bool:
    """Say whether the article belongs to the name ("The Fens")."""
    return any(surface.startswith("The ") for surface in form.surfaces)


def _outermost(raw: Sequence[tuple[Hit, Form]]) -> list[tuple[Hit, Form]]:
    """Leave out register hits strictly inside another; whether the longer one counts is decided by its spelling."""
    if len(raw) < 2:
        return list(raw)
    kept: list[tuple[Hit, Form]] = []
    for hit, form in sorted(raw, key=lambda pair: (pair[0].start, -pair[0].end)):
        if kept and hit.end <= kept[-1][0].end:
            continue
        kept.append((hit, form))
    return kept


def _weight(hit: Hit) -> int:
    """The length of a hit without an article, which is no reason to prefer "The Solent" to "Solent LEP"."""
    return hit.end - hit.start - (4 if hit.text[:4] in ("The ", "the ") else 0)


def select(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the longest of overlapping hits, the stronger rule where they are of one length; in order of place."""
    hits = list(hits)
    if len(hits) < 2:
        return hits
    in_order = sorted(hits, key=_START)
    if all(one.end <= other.start for one, other in pairwise(in_order)):
        return in_order
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-_weight(hit), _RANKS[hit.rule.split(".")[0]], hit.start)):
        if not any(other.start < hit.end and hit.start < other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=_START)
