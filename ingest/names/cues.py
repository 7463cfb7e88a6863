"""Whether a register name counts where it stands: case, neighbours and ordinary words.

A `Site` is one hit with its surroundings. Answers are yes, no, or only if the document names the same thing elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from graph.model import PassageKind
from ingest.names.rules import CueRules, Words, load_cue_rules, load_words
from ingest.names.types import Form, Hit, Target

_WORD_BEFORE = re.compile(r"([\w&'.+-]+) $")
_WORD_AFTER = re.compile(r" ([\w&'+-]+)")
_LABEL_BEFORE = re.compile(r"^\W*(?:[\dA-Z]{1,2}(?:\.\d+)*[.):]?|[ivx]+[.)]|[Ff]oundations?:?|[Pp]illar)?\W*$")
_LABEL_AFTER = re.compile(r"^\s*(?:$|[:–—|]|-\s|\(|foundation|pillar)", re.IGNORECASE)
_THEME_NOUN = re.compile(r"^'? ?(?:foundation|pillar)s?\b", re.IGNORECASE)
_MONTH_SIDE = re.compile(r"^,? (?:20|19)?\d\d\b")
_OF_UNIT = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th)?|\b(?:early|late|mid|by|end of|until|since|in|of|and)) $", re.IGNORECASE
)
_COMPOUND_AFTER = re.compile(r"^-(?:based|wide|led|born|style|only|focused|specific)\b")
_SITE_KINDS = frozenset(("national-laboratory", "other", "research-centre", "airport"))
_BIG_TOWN = 15_000


class Verdict(Enum):
    """What the surroundings say of a hit."""

    YES = "yes"
    NO = "no"
    IF_NAMED = "if the document names it elsewhere"


class Site(NamedTuple):  # one a hit: faster than a frozen dataclass
    """A hit and what surrounds it; `neighbours` are the starts and ends of all register hits of its type nearby."""

    text: str
    hit: Hit
    form: Form
    kind: PassageKind
    in_list: bool  # parted by a comma or "and" from another name of its kind

    @property
    def before(self) -> str:
        return self.text[max(0, self.hit.start - 24) : self.hit.start]

    @property
    def after(self) -> str:
        return self.text[self.hit.end : self.hit.end + 40]

    @property
    def is_alone(self) -> bool:
        """Whether the passage is this name and nothing else but a number or label."""
        return bool(_LABEL_BEFORE.match(self.text[: self.hit.start])) and not self.text[self.hit.end :].strip(" .:*")


class Cues:
    """Judges hits by the rules of `names_cues.toml` and the word lists."""

    def __init__(self) -> None:
        self._rules: CueRules = load_cue_rules()
        self._words: Words = load_words()
        nouns = "|".join(re.escape(noun) for noun in self._rules.sector_nouns)
        self._sector_noun = re.compile(rf"^(?: (?:and|&) [\w-]+)? (?:{nouns})\b")
        uses = "|".join(re.escape(use) for use in self._rules.other_government_uses)
        self._other_use = re.compile(rf"^(?:'s)? (?:{uses})\b")

    def judge(self, site: Site) -> Verdict:
        """Say whether the hit counts."""
        type_ = site.hit.targets[0].type
        if site.form.key == "parliament" and re.search(r"\b(?:this|next|last|current|the|each|new) $", site.before):
            return Verdict.NO
        if site.form.is_cued:
            return Verdict.YES if site.in_list and site.hit.text[0].isupper() else Verdict.IF_NAMED
        if type_ == "Place":
            return self._place(site)
        if type_ == "Foundation":
            return self._foundation(site)
        if type_ == "Sector":
            return self._sector(site)
        if site.hit.targets[0].id == "dept:hmg":
            return self._government(site)
        if site.form.case == "exact":
            return self._acronym(site)
        return Verdict.YES

    def is_loose(self, key: str) -> bool:
        """Say whether a sector's name is an everyday word."""
        return key in self._rules.loose_sectors

    def _acronym(self, site: Site) -> Verdict:
        text = site.hit.text
        if site.before[-1:] in ("-", "/") and site.before[-2:-1].isupper() and len(text) < 3:
            return Verdict.NO
        if text in self._rules.trusted_acronyms or len(text) > 4 or (len(text) == 4 and text.isalnum()):
            return Verdict.YES
        if len(text) == 3 and site.hit.targets[0].type in ("Department", "Sector", "LEP", "CombinedAuthority"):
            return Verdict.YES if site.hit.targets[0].kind == "ministerial department" else Verdict.IF_NAMED
        return Verdict.IF_NAMED

    def _government(self, site: Site) -> Verdict:
        word = _WORD_BEFORE.search(site.before)
        text = site.hit.text
        if text.lower() == "government" and word and word[1] in self._rules.other_governments:
            return Verdict.NO
        if text.lower() == "government" and site.before[-1:] in ("-", "/") and site.before[-2:-1].isalpha():
            return Verdict.NO
        if self._other_use.match(site.after):
            return Verdict.NO
        if text == "government" and re.match(r"^-|^s\b", site.after):
            return Verdict.NO
        return Verdict.YES

    def _foundation(self, site: Site) -> Verdict:
        if " " in site.hit.text and site.hit.text[0].isupper() and (site.is_alone or _LABEL_AFTER.match(site.after)):
            return Verdict.YES
        if _THEME_NOUN.match(site.after):
            return Verdict.YES
        if site.in_list:
            return Verdict.YES
        if site.hit.text == "Place" or not site.hit.text[0].isupper():
            return Verdict.NO
        labelled = _LABEL_BEFORE.match(site.text[: site.hit.start]) and _LABEL_AFTER.match(site.after)
        return Verdict.YES if labelled else Verdict.NO

    def _sector(self, site: Site) -> Verdict:
        key = site.form.key
        if site.before[-1:] in ("-", "–") and site.before[-2:-1].isalpha():
            return Verdict.NO
        if " " not in key and site.hit.text[0].isupper() and self._ends_name(site):
            return Verdict.NO  # "Northern Rail", "BAE Systems Maritime"
        if key == "construction" and site.after.startswith(" of "):
            return Verdict.NO
        if key not in self._rules.loose_sectors:
            return Verdict.YES
        if self._sector_noun.match(site.after) or site.is_alone:
            return Verdict.YES
        if site.in_list or re.match(r"^ (?:sector|industr)", site.after):
            return Verdict.YES
        return Verdict.NO

    def _ends_name(self, site: Site) -> bool:
        """Say whether a capitalised sector is the last word of a name."""
        word = _WORD_BEFORE.search(site.before)
        if word is None or not self._is_name_word(word[1]) or self._opens(site, word[1]):
            return False
        return word[1] not in ("UK", "British", "Global", "Advanced") and not self._sector_noun.match(site.after)

    def _place(self, site: Site) -> Verdict:
        hit, before, after = site.hit, site.before, site.after
        word_before, word_after = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
        if before[-1:] in ("-", "–", "'") and before[-2:-1].isalnum():
            return Verdict.NO
        if after[:1] in ("-", "–") and after[1:2].isalnum() and not _COMPOUND_AFTER.match(after):
            return Verdict.NO
        if word_before and self._is_name_word(word_before[1]) and not self._opens(site, word_before[1]):
            return Verdict.NO
        if word_after and self._is_name_word(word_after[1]) and word_after[1] not in self._rules.site_words:
            return Verdict.NO
        if hit.text.isupper() and site.kind is PassageKind.HEADING and len(hit.text) < 5:
            return Verdict.NO
        return self._weigh_place(site, word_before[1] if word_before else "")

    def _weigh_place(self, site: Site, word_before: str) -> Verdict:
        target = site.hit.targets[0]
        is_ordinary = site.form.key in self._words.ordinary_places
        if site.form.key in ("march", "may"):
            return Verdict.YES if site.in_list and not _MONTH_SIDE.match(site.after) else Verdict.NO
        if not is_ordinary and (target.kind != "settlement" or " " in site.hit.text):
            return Verdict.YES
        if not is_ordinary and any(_population(target) >= _BIG_TOWN for target in site.hit.targets):
            return Verdict.YES
        if site.in_list:
            return Verdict.YES
        if site.is_alone and not is_ordinary:
            return Verdict.YES
        opens = not site.text[: site.hit.start].strip(" -–•\"'(") or site.before.rstrip()[-1:] in ".:;!?•"
        if not is_ordinary and not opens and not site.hit.text.isupper():
            return Verdict.YES
        if re.search(r"\b(?:(?:Member|MPs?) for|far as|between) (?:the )?$", site.before):
            return Verdict.YES
        near = (
            ("in", "In", "at", "At", "near", "Near", "around", "leaving", "visiting")
            if is_ordinary
            else tuple(self._rules.place_prepositions)
        )
        if word_before in near and not site.hit.text.isupper():
            return Verdict.YES
        return Verdict.IF_NAMED

    def _is_name_word(self, word: str) -> bool:
        return word[0].isupper() and len(word) > 1

    def _opens(self, site: Site, word: str) -> bool:
        """Say whether the capitalised word before a place only opens the sentence or is a direction ("In Leeds")."""
        if word in self._words.starters or word.endswith((".", "'s")):
            return True
        opened = site.text[: site.hit.start - len(word) - 1].rstrip(" -–•\"'(")
        return (not opened or opened[-1] in ".:;!?\n") and word not in self._words.brand_verbs | self._words.directions


def _population(target: Target) -> int:
    return target.population


def is_locality(site: Site) -> bool:
    """Say whether a site's first word means the place that it lies in: "At Culham" is not Culham Science Centre."""
    target = site.hit.targets[0]
    if target.type != "Institution" or target.kind not in _SITE_KINDS or not site.hit.text.istitle():
        return False
    return target.name.startswith(site.hit.text + " ") and bool(
        re.search(r"\b(?:[Aa]t|[Nn]ear|[Ii]n|from|to) $", site.before)
    )


def find_chains(text: str, hits: Sequence[Hit]) -> Iterator[list[Hit]]:
    """Yield runs of two or more `hits` between which stands only a comma, a slash, a line break, "and" or "or"."""
    chain: list[Hit] = []
    for hit in hits:
        gap = text[chain[-1].end : hit.start] if chain else ""
        if chain and len(gap) < 10 and _GAP.fullmatch(gap):
            chain.append(hit)
            continue
        if len(chain) > 1:
            yield chain
        chain = [hit]
    if len(chain) > 1:
        yield chain


_GAP = re.compile(r",? (?:and|or|&|to) (?:the )?|[,;/] ?(?:the )?|, (?:in |and the )| ?/ ?|\n| [•–] ")
