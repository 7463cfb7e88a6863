"""Short names that a document defines for itself: "Long Name (LN)", "LN (Long Name)", notes on initials."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Passage
from ingest.names.types import Hit, Target

_SHORT = r"[A-Z][A-Za-z0-9&.+:'-]{0,11}[A-Za-z0-9+]"
_HEREAFTER = r"(?:(?:hereafter|hereinafter|known as|or|the|also|abbreviated to)\b[ ,]*)*"
_AFTER = re.compile(rf" ?\({_HEREAFTER}['\"]?(?P<short>(?:the )?{_SHORT}(?: [A-Z]\w+)?)['\"]?(?:,[^)]*)?\)")
_QUOTED_AFTER = re.compile(rf" ?\({_HEREAFTER}['\"](?P<short>(?:[Tt]he )?[A-Z][\w ]{{1,30}})['\"]\)")
_MEANS = re.compile(rf"(?P<short>{_SHORT})['\"`]? (?:is|means|stands for|refers to|meant|=) (?:here )?(?:the )?$")
_CAPITALS = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class Definition:
    """`short` stands for `target`, as passage `passage_id` says."""

    short: str
    target: Target
    passage_id: str


def find_definitions(
    passage: Passage, hits: Sequence[Hit], targets: Mapping[tuple[int, int], Target]
) -> Iterator[Definition]:
    """Yield what `passage` defines, given its `hits` and the target of each stretch (start, end)."""
    text = passage.text
    for hit in hits:
        target = targets.get((hit.start, hit.end))
        if target is None:
            continue
        match = _QUOTED_AFTER.match(text, hit.end) or _AFTER.match(text, hit.end)
        if match and _is_short(match["short"], hit.text, target):
            yield Definition(match["short"], target, passage.id)
            continue
        if text[hit.end : hit.end + 1] == ")" and text[hit.start - 1 : hit.start] == "(":
            before = re.search(rf"(?P<short>{_SHORT})['\"]? \($", text[: hit.start])
            if before and _is_short(before["short"], hit.text, target):
                yield Definition(before["short"], target, passage.id)
        before = _MEANS.search(text[max(0, hit.start - 40) : hit.start])
        if before and _is_short(before["short"], hit.text, target):
            yield Definition(before["short"], target, passage.id)


def _is_short(short: str, long: str, target: Target) -> bool:
    """Say whether `short` can be a short form of `long`: initials that occur in order, or a quoted part of the name."""
    if len(short) >= len(long) and short.lower() != "the arc":
        return False
    bare = short.removeprefix("the ").removeprefix("The ")
    if bare.lower() in long.lower().split() or (" " in bare and bare.lower() in long.lower()):
        return target.type not in ("Place",) or bare.lower() in ("arc", "corridor", "region")
    if len(_CAPITALS.findall(short)) < 2:
        return False
    letters = iter(re.sub(r"[^a-z0-9]", "", long.lower()) + re.sub(r"[^a-z0-9]", "", target.name.lower()))
    return all(letter in letters for letter in re.sub(r"[^a-z0-9]", "", bare.removesuffix("s").lower()))


def find_unnamed(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, short) of capitalised names that no rule knows and that the text abbreviates.

    "Contracts for Difference (CfDs)": the initials of the words give the short form; concepts in small letters do not
    count.
    """
    for match in _BRACKET.finditer(text):
        short = match["short"]
        letters = re.sub(r"[^A-Z]", "", short)
        if len(letters) < 2:
            continue
        words = list(re.finditer(r"[^ ]+", text[max(0, match.start() - 90) : match.start()]))
        base = max(0, match.start() - 90)
        start = _initials_start(words, short)
        if words and short.endswith("s") and words[-1].group().endswith("s"):
            continue  # a class of things: "Destination Management Organisations (DMOs)"
        if start is not None:
            yield base + start, match.start(), short


_BRACKET = re.compile(rf" \((?P<short>{_SHORT})\)")


def _initials_start(words: Sequence[re.Match[str]], short: str) -> int | None:
    wanted = re.sub(r"[^A-Za-z]", "", short.removesuffix("s")).lower()
    position = len(wanted)
    capitals = 0
    for word in reversed(words):
        text = word.group().strip(",'\"")
        if not text or text[-1] in ".;:!?":
            return None
        letter = text[0].lower()
        if position and letter == wanted[position - 1]:
            position -= 1
            capitals += text[0].isupper()
        elif text not in ("of", "for", "and", "the", "in", "&", "to", "on"):
            return None
        if not position:
            return word.start() if capitals >= 2 and text[0].isupper() else None
    return None
