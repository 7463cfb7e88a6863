"""Names that only their company makes known: in a list with known names, after "firms such as", in apposition."""

import re
from collections.abc import Iterator, Sequence

from ingest.names.rules import (
    ListRules,
    load_list_rules,
    load_open_rules,
    load_standing_nouns,
    load_unlisted_rules,
    load_words,
)
from ingest.names.types import Hit, make_target
from ingest.words import find_words, first_words

_ITEM = re.compile(
    r"(?:the |The )?([A-Z][\w&'+:.-]*\w(?: (?:of |de |& |the (?=[A-Z][a-z]+(?:[,;.]|$)))?[A-Z][\w&'+-]*){0,4})"
)
_GOES_ON = re.compile(r" (?:of|for|the|on|and|&|in)\b|'s|-| [A-Z(]|/")
_PLACE_LIKE = re.compile(r"[A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+|on|upon|le|St))*")
_CLASS = re.compile(
    r"(?:Authorities|Partnerships|Administrations|Agencies|Boards|Councils|Universities|Colleges|Bodies|Departments|Ministers|Officers|Members|Leaders|Trusts|Providers|Services|Organisations|Nations|Areas|Schools|Groups|Hubs|Funds|Institutions|Associations)$"
)
_AT_LED = re.compile(r"\b(?:at|in|near) $")
_PLACE_LED = re.compile(r"\b(?:at|in|near|between|around|with) (?:the )?$")
_JOINT = re.compile(r",? (?:and|&|or) (?:the )?|[,;] (?:the )?")
_MAY_JOIN = re.compile(r"[,; ](?:(?<! )|(?:and|&|or) )")
_LONG_LIST, _SHORTEST = 4, 4
_BODIES = frozenset(("Institution", "LocalAuthority", "CombinedAuthority", "LEP", "Department"))


class ListNames:
    """Finds unknown names by the known ones beside them; works on one passage with its hits."""

    def __init__(self) -> None:
        self._rules: ListRules = load_list_rules()
        self._open = load_open_rules()
        self._words = load_words()
        self._dull = self._rules.plain | self._open.generic
        people = load_unlisted_rules()
        self._no_start = self._words.starters | self._words.verbs | people.first_names | people.not_first
        cues = "|".join(self._rules.body_cues).replace(" such as", ",? such as").replace(" including", ",? including")
        self._cue = re.compile(rf"\b(?:{cues}) (?:the )?(?=[A-Z])")
        self._lever_cue = re.compile(rf"\b(?:{'|'.join(self._rules.lever_cues)}) (?:the )?(?=[A-Z])")
        nouns = "|".join(sorted(self._rules.apposition, key=len, reverse=True))
        self._cue_words, self._lever_words = first_words(self._rules.body_cues), first_words(self._rules.lever_cues)
        self._nouns = first_words(self._rules.apposition)
        self._standing_for = load_standing_nouns()
        self._apposition = re.compile(
            r"(?:,| \(|,? \()(?<!\w\() ?(?:a|an|the|one of (?:the|our|its)) (?:[a-z0-9][\w-]* ){0,5}?"
            rf"(?P<noun>{nouns})\b"
        )

    def find(self, text: str, hits: Sequence[Hit], small: frozenset[str] = frozenset()) -> list[Hit]:
        """Return hits for unknown names of `text`; `hits` are those already kept, in order.

        Args: small: the words that the document writes in small letters somewhere; none of them is a place."""
        found: list[Hit] = []
        for start, items in _iter_lists(text):
            found += self._in_list(text, start, items, hits, small)
        words = find_words(text)
        for needed, cue, type_ in (
            (self._cue_words, self._cue, "Institution"),
            (self._lever_words, self._lever_cue, "Programme"),
        ):
            for match in cue.finditer(text) if not needed.isdisjoint(words) else ():
                single = _ITEM.match(text, match.end())
                if (
                    single
                    and self._may_stand_alone(single[1], small)
                    and not _overlaps(single.start(1), single.end(1), hits)
                ):
                    found += self._made(text, single.start(1), single.end(1), type_, "list.cue")
        if not self._nouns.isdisjoint(words):
            found += self._in_apposition(text, hits)
        return found

    @staticmethod
    def _may_stand_alone(name: str, small: frozenset[str]) -> bool:
        return " " in name or (len(name) > _SHORTEST and name.lower() not in small and name[1:].islower())

    def _in_list(
        self, text: str, start: int, items: Sequence[tuple[int, int]], hits: Sequence[Hit], small: frozenset[str]
    ) -> Iterator[Hit]:
        members: dict[tuple[int, int], str] = {}  # a name with "and" in it is two items but one member
        unknown = []
        for item in items:
            hit = next((hit for hit in hits if hit.start < item[1] and item[0] < hit.end), None)
            if hit is None:
                unknown.append(item)
            else:
                members[hit.start, hit.end] = hit.targets[0].type
        types = list(members.values())
        if unknown and items[-1] == unknown[-1] and _GOES_ON.match(text, items[-1][1]):
            unknown.pop()  # the last name is longer than its capitals ("Save the Children")
        type_ = self._list_type(text[max(0, start - 40) : start], text[start], types, len(items)) if unknown else None
        for first, last in unknown if type_ else ():
            name = text[first:last]
            if type_ == "Place" and (not _PLACE_LIKE.fullmatch(name) or any(w.lower() in small for w in name.split())):
                continue
            if type_ == "Institution" and len(items) == 2 and " " not in name:
                continue
            yield from self._made(text, first, last, type_ or "", "list.beside-known")

    def _list_type(self, before: str, initial: str, types: Sequence[str], count: int) -> str | None:
        """What the unknown members of a list are, by the words before it and the types of the known ones."""
        others = sum(type_ not in _BODIES for type_ in types)
        if not others or (count > _LONG_LIST and others == 1):  # "…, Tearfund, Transparency Initiative, …"
            if self._cue.search(before + initial) or ("Institution" in types and count > 2):
                return "Institution"
            if types == ["Institution"] and not _PLACE_LED.search(before):
                return "Institution"
        is_led = bool(_PLACE_LED.search(before))
        if set(types) <= {"Place", "Institution"} and (is_led or types.count("Place") > 1):
            return "Place" if "Place" in types or (_AT_LED.search(before) and not types) else None
        return None

    def _in_apposition(self, text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
        """ "Great West Way, a touring route": the noun says what the capitalised name before it is."""
        for match in self._apposition.finditer(text):
            before = _LAST_NAME.search(text[max(0, match.start() - 60) : match.start()])
            if before is None:
                continue
            start = max(0, match.start() - 60) + before.start(1)
            if not _overlaps(start, match.start(), hits):
                yield from self._made(
                    text, start, match.start(), self._rules.apposition[match["noun"]], "list.apposition"
                )

    def _made(self, text: str, start: int, end: int, type_: str, rule: str) -> Iterator[Hit]:
        name = text[start:end]
        words = name.split()
        if len(words) > 1 and words[-1] in self._words.calendar:  # "Crawley Wednesday 29 January"
            name, words = name[: -len(words[-1]) - 1], words[:-1]
            end = start + len(name)
        if (
            words[0] in self._no_start
            or "'" in words[0].removesuffix("'s")
            or name in self._open.concepts
            or name.lower() in self._standing_for
            or words[-1] in self._rules.not_last
        ):
            return
        if all(word in self._open.generic or word in self._open.lower_stop for word in words):
            return
        if name.removesuffix("s").isupper() and name.endswith("s"):  # "LEPs, HEIs and MPs": classes, not names
            return
        if (
            _CLASS.search(name)
            or any(char.isdigit() for char in words[0][1:2])
            or words[0] in ("Department", "Ministry", "Office", "University", "College", "Secretary")
        ):
            return
        if type_ == "Institution" and (name in self._rules.countries or all(word in self._dull for word in words)):
            return
        if len(words) == 1 and (len(name) < 3 or words[0] in self._rules.plain):
            return
        yield Hit(start, end, name, (make_target(type_, name),), rule, score=0.6)


_LAST_NAME = re.compile(r"\b((?:[A-Z][\w&'+:-]*)(?: (?:of |the |& )*[A-Z][\w&'+:-]*)*)$")


def _iter_lists(text: str) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield (start, stretches of the items) of each list of capitalised names parted by commas and "and"."""
    at, joint_at = 0, -1
    while True:
        if joint_at < at:
            next_joint = _MAY_JOIN.search(text, at)
            if next_joint is None:
                return
            joint_at = next_joint.start()
        first = _ITEM.search(text, at)
        if first is None:
            return
        items = [first.span(1)]
        at = first.end()
        while True:
            joint = _JOINT.match(text, at)
            item = _ITEM.match(text, joint.end()) if joint else None
            if item is None:
                break
            items.append(item.span(1))
            at = item.end()
        if len(items) > 1:
            yield items[0][0], items


def _overlaps(start: int, end: int, hits: Sequence[Hit]) -> bool:
    return any(hit.start < end and start < hit.end for hit in hits)
