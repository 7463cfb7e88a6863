"""Which strategy a paper of one area's own body means by "our Local Growth Plan" or "the Local Industrial Strategy"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.model import Mention, PassageKind, ReadDocument
from ingest.names.owners import AFTER_LOCAL_STRATEGIES, SPOKEN, TITLE_PASSAGES, Owners
from ingest.names.types import Target, make_target

_NATIONAL_STRATEGY = "programme:industrial-strategy"
_LOCAL_STRATEGIES = "programme:local-industrial-strategies"
_GROWTH_PLANS = "programme:local-growth-plans"
_STRATEGIES = frozenset({"strategy", "growth plan", "white paper"})
_TITLE = re.compile(
    r"(?:(?:[A-Z][\w'&-]*|\d\w*|and|of|for|in|the|to|a|&|-|–)[:,]? ){1,10}(?:Strategy|Plan|Roadmap|Vision)"
    r"(?: (?:for|to) (?:the UK|England|\d{4}))?(?:,? (?:\d{4}|to|[-–])+)*"
)
# Words of titles that name no strategy by themselves ("Our Growth Plan").
_PLAIN = frozenset(
    ["A", "The", "Our", "New", "Draft", "Local", "Industrial", "Economic", "Strategic", "National", "Action", "Growth",
     "Recovery", "Delivery", "Investment", "Strategy", "Plan", "Roadmap", "Vision", "and", "of", "for", "the"]
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z][\w'&-]*")
_AUTHORITY = re.compile(r"(?: Mayoral)? Combined (?:County )?Authority$")


def find_own_strategy(
    read: ReadDocument,
    mentions: Sequence[Mention],
    owners: Sequence[str],
    known: Owners,
    *,
    genre: str,
    published: str | None,
) -> tuple[Target, list[Mention]] | None:
    """Return the strategy and the mentions with those of it made so; None where the paper means none of its own.

    A growth plan is named after the area of its combined authority; of the strategies that the register knows it is the
    one that the first of `owners` publishes.
    """
    if genre in SPOKEN:
        return None
    titled = _find_titled(read, mentions) if genre in _STRATEGIES else None
    if titled:
        return titled
    if "local growth plan" in read.document.title.lower() and any(map(_is_growth_plan, mentions)):
        plan = _find_growth_plan(mentions, owners)
        return (plan, _with(mentions, plan, [m for m in mentions if _is_growth_plan(m)])) if plan else None
    if (published or "") >= AFTER_LOCAL_STRATEGIES:
        return None
    heads = frozenset(p.id for p in read.passages[:TITLE_PASSAGES] if p.kind is PassageKind.HEADING)
    meant = [mention for mention in mentions if _is_strategy(mention, heads)]
    own = [key for key in known.strategies for owner in owners[:1] if owner in known.publishers.get(key, ())]
    if not meant or len(own) != 1:
        return None
    strategy = known.strategies[own[0]]
    return strategy, _with(mentions, strategy, meant)


def _find_titled(read: ReadDocument, mentions: Sequence[Mention]) -> tuple[Target, list[Mention]] | None:
    """Return the strategy whose name is the paper's title: "Future of Mobility: Urban Strategy"."""
    for passage in read.passages[:TITLE_PASSAGES]:
        title = _TITLE.fullmatch(passage.text) if passage.kind is PassageKind.HEADING else None
        if title is None or _PLAIN.issuperset(_WORD.findall(passage.text)):
            continue
        target = make_target("Strategy", passage.text)
        named = Mention(target.id, passage.id, 0, len(passage.text), passage.text, "own-strategy.title", 0.8)
        return target, [*(m for m in mentions if m.passage_id != passage.id), named]
    return None


def _with(mentions: Sequence[Mention], strategy: Target, meant: Sequence[Mention]) -> list[Mention]:
    found = set(map(id, meant))
    return [replace(m, entity_id=strategy.id, rule="own-strategy") if id(m) in found else m for m in mentions]


def _find_growth_plan(mentions: Sequence[Mention], owners: Sequence[str]) -> Target | None:
    authority = (m.text for m in mentions if m.entity_id in owners[:1] and _AUTHORITY.search(m.text))
    area = _AUTHORITY.sub("", next(authority, ""))
    return make_target("Strategy", f"{area} Local Growth Plan") if area else None


def _is_growth_plan(mention: Mention) -> bool:
    """Say whether a mention speaks of one local growth plan without saying whose."""
    return mention.entity_id == _GROWTH_PLANS and not mention.text.lower().endswith("s")


def _is_strategy(mention: Mention, heads: frozenset[str]) -> bool:
    """Say whether a mention speaks of one local industrial strategy without saying whose.

    In `heads`, the passages of a paper's title, "Industrial Strategy 2030" is not the national one."""
    if mention.entity_id == _NATIONAL_STRATEGY:
        return mention.passage_id in heads
    return mention.entity_id == _LOCAL_STRATEGIES and not mention.text.lower().endswith("s")
