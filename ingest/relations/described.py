"""Relations of the strategy or deal that a document is about: who publishes it, what it covers, what its box says."""

import re
from collections.abc import Iterator, Mapping

from graph.model import PassageKind
from ingest.propositions.grids import read_grids
from ingest.propositions.types import BODIES, Reading, Span
from ingest.relations.collect import Collector
from ingest.relations.facts import RegisterFacts
from ingest.relations.wording import GOVERNMENT
from ingest.words import find_words

_PUBLISHED = re.compile(
    r"(?i)\b(?:published|co-published|launched|agreed|wrote|written|signed|issued|drafted|prepared)\b"
)
_PUBLISHING = frozenset(  # the words that one of these needs
    ("published", "launched", "agreed", "wrote", "written", "signed", "issued", "drafted", "prepared")
)
_POINTED = re.compile(
    r"(?i)\b(?:published|launched|agreed|wrote) (?:it|this|the (?:strategy|text|plan))\b|\b(?:strategy|text|plan)\b"
)
_NOT_YET = re.compile(r"(?i)\b(?:will|would|to be|should|shall|not|never)\b")
_FAR = 220  # characters between a body and the verb that says it published
_HEAD = 60  # passages in which a document says who published it
# The label of a box about the document -> relation type, and whether the document's strategy is its source.
_LABELS: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (re.compile(r"(?i)^sectors?$"), "IN_SECTOR", True),
    (re.compile(r"(?i)^(?:grand )?challenges?(?: addressed)?$"), "ADDRESSES", True),
    (re.compile(r"(?i)^(?:applies to|area|areas covered|coverage|geography)$"), "COVERS", True),
    (re.compile(r"(?i)^(?:departments?|lead|sponsor(?:ing)?|industry lead|lead (?:department|body|partner)s?"
                r"|led (?:for (?:industry|government) )?by)$"), "LEADS", False),
    (re.compile(r"(?i)^(?:from|published by|author|publisher|prepared by|owner)$"), "PUBLISHES", False),
)  # fmt: skip
_LABELLED = re.compile(r"(?P<label>[A-Z][A-Za-z ]{1,30}?)\s*:\s*(?=\S)")
_TAKES_IN = re.compile(
    r"(?i)(?:(?:the|our|its|this) (?:area|region|county|city.region|lep area|strategy|plan|deal) |it |ours |we )?"
    r"(?:now |also )?(?:covers?|takes? in|is made up of|comprises?|stretches|extends|spans|reaches|runs)\b"
)
# "The deal contributes to …", "This plan is our answer to …": said of what the paper is about.
_OF_SUBJECT = re.compile(
    r"(?i)(?:it|(?:this|the|our) (?:draft |new |local )?(?:industrial )?"
    r"(?:strategy|plan|deal|lis|framework|document|text))\s+"
    r"(?:also |itself |therefore |directly |closely |has been |was |is )*"
    r"(?:aligned (?:with|to)|in line with|aligns? with|supports?|contributes? to|complements?|responds? to|answers?"
    r"|(?:our |an |the |part of the )?(?:answer|response) to|builds? on|takes? forward|rests? on|draws? on|serves?"
    r"|addresses)\b"
)
_APART_FROM = re.compile(r"(?i)\b(?:but not|not|except|apart from|without|excluding)\b")
_SENT = frozenset({"letter", "consultation response"})  # from whom they are says nothing of the strategy
_SERVED = frozenset({"GrandChallenge", "SectorDeal", "Programme", "Strategy"})
_CHALLENGES = re.compile(r"(?i)\bgrand challenges?\b")


def add_described(reading: Reading, facts: RegisterFacts, collector: Collector) -> None:
    """Add the relations of what the document is about, where it is about one strategy, deal or programme."""
    subject = reading.names.describes
    first = next((mention for mention in reading.names.mentions if mention.entity_id == subject), None)
    if subject is None or subject not in reading.entities or first is None:
        return
    ordinals = {passage.id: passage.ordinal for passage in reading.passages}
    title = Span(ordinals[first.passage_id], first.start, first.end)
    _add_box(reading, subject, collector)
    _add_said_of_subject(reading, subject, collector)
    for sector in facts.find_sectors(subject, reading.entities):
        collector.add("IN_SECTOR", subject, sector, title, "of-the-deal.sector", score=0.8)
    if reading.entities[subject].type != "Strategy" or reading.genre in ("hansard", "letter", "manifesto"):
        return
    for owner in _publishing_owners(reading, facts, subject):
        said = _find_together(reading, ordinals, owner, subject) or title
        collector.add("PUBLISHES", owner, subject, said, "owner", score=0.9)
    _add_publishers(reading, subject, collector)
    _add_cover(reading, facts, subject, title, collector)
    _add_challenges(reading, subject, collector)
    _add_own_area(reading, collector)


def _add_box(reading: Reading, subject: str, collector: Collector) -> None:
    for label, value in _iter_labelled(reading):
        for pattern, type_, is_source in _LABELS:
            if not pattern.match(label.strip(" :")) or (type_ == "PUBLISHES" and reading.genre in _SENT):
                continue
            if type_ == "PUBLISHES" and reading.entities[subject].type == "SectorDeal":
                type_ = "LEADS"  # a deal is from those who agreed it
            for mention in reading.mentions_in(value):
                ends = (subject, mention.entity_id) if is_source else (mention.entity_id, subject)
                if collector.allows(type_, *ends):
                    collector.add(type_, *ends, value, f"box.{type_.lower()}")


def _add_said_of_subject(reading: Reading, subject: str, collector: Collector) -> None:
    """Add the levers and Grand Challenges that "the deal contributes to …" names, up to the next clause."""
    for ordinal, passage in enumerate(reading.passages):
        if passage.kind is not PassageKind.PARAGRAPH:
            continue
        for start, end in reading.sentences(ordinal):
            said = _OF_SUBJECT.match(passage.text, start, end)
            stop = passage.text.find(";", said.end(), end) if said else -1
            for mention in reading.mentions_in(Span(ordinal, said.end(), stop if stop >= 0 else end)) if said else ():
                type_ = reading.type_of(mention)
                edge = "ADDRESSES" if type_ == "GrandChallenge" else "ALIGNS_WITH"
                if type_ in _SERVED and collector.allows(edge, subject, mention.entity_id):
                    collector.add(edge, subject, mention.entity_id, Span(ordinal, start, end), "said-of-subject")


def _iter_labelled(reading: Reading) -> Iterator[tuple[str, Span]]:
    """Yield labels and values: of tables of two columns, and of short lines at the head of a document."""
    for grid in read_grids(reading.passages):
        for number in range(1, grid.rows + 1):
            row = grid.row(number)
            if grid.columns == 2 and len(row) == 2:
                yield row[0][1].text, reading.whole(row[1][1].ordinal)
    for ordinal, passage in enumerate(reading.passages[:_HEAD]):
        match = _LABELLED.match(passage.text)
        if match and passage.kind in (PassageKind.PARAGRAPH, PassageKind.ITEM) and len(passage.text) < 250:
            yield match.group("label"), Span(ordinal, match.end(), len(passage.text))


def _publishing_owners(reading: Reading, facts: RegisterFacts, subject: str) -> list[str]:
    """Return the owners that the register knows as publishers; of a strategy it does not know, the first owner.

    That Government agreed a strategy must be said: a draft is its area's alone.
    """
    owners = [owner for owner in reading.names.owners if owner in reading.entities and owner != GOVERNMENT]
    publishers = facts.publishers.get(subject, frozenset())
    known = [owner for owner in owners if owner in publishers]
    return known or [owner for owner in owners[:1] if not publishers and reading.entities[owner].type in BODIES]


def _find_together(reading: Reading, ordinals: Mapping[str, int], one: str, other: str) -> Span | None:
    """Return the first sentence that names both, else the first that names the first."""
    alone: Span | None = None
    for mention in reading.names.mentions:
        if mention.entity_id != one:
            continue
        ordinal = ordinals[mention.passage_id]
        for start, end in reading.sentences(ordinal):
            if start <= mention.start < end:
                sentence = Span(ordinal, start, end)
                if any(near.entity_id == other for near in reading.mentions_in(sentence)):
                    return sentence
                alone = alone or sentence
    return alone


def _add_publishers(reading: Reading, subject: str, collector: Collector) -> None:
    """Add bodies in a sentence that says they published or agreed the strategy (by name, or as "it", "the text")."""
    for ordinal, passage in enumerate(reading.passages[:_HEAD]):
        if _PUBLISHING.isdisjoint(find_words(passage.text)):
            continue
        for start, end in reading.sentences(ordinal):
            verb = _PUBLISHED.search(passage.text, start, end)
            mentions = reading.mentions_in(Span(ordinal, start, end))
            named = any(mention.entity_id == subject for mention in mentions)
            others = any(reading.type_of(m) == "Strategy" and m.entity_id != subject for m in mentions)
            pointed = _POINTED.search(passage.text, start, end) is not None and not others
            if verb is None or not (named or pointed) or _NOT_YET.search(passage.text, start, end):
                continue
            for mention in mentions:
                between = passage.text[min(mention.end, verb.start()) : max(mention.start, verb.end())]
                is_publisher = (
                    reading.type_of(mention) in ("LEP", "CombinedAuthority") or mention.entity_id == "dept:hmg"
                )
                if is_publisher and len(between) < _FAR and not re.search(r"(?i)\b(?:draft|which|where)\b", between):
                    said = Span(ordinal, start, end)
                    collector.add("PUBLISHES", mention.entity_id, subject, said, "published-by", score=0.8)


def _add_cover(reading: Reading, facts: RegisterFacts, subject: str, title: Span, collector: Collector) -> None:
    row = facts.rows.get(subject)
    areas = row.properties.get("area_names", ()) if row else ()
    own = reading.entities[subject].name.lower().removesuffix(" local industrial strategy")
    names = {own, *(area.lower() for area in areas)} if isinstance(areas, tuple) else {own}
    for entity in reading.names.entities:
        if entity.type == "Place" and entity.name.lower() in names:
            collector.add("COVERS", subject, entity.id, title, "title")


def _add_own_area(reading: Reading, collector: Collector) -> None:
    """Add the places of "Covers A, B and C" and "The area takes in A and B", said of the area's own partnership."""
    owner = next((o for o in reading.names.owners if reading.entities[o].type in ("LEP", "CombinedAuthority")), None)
    if owner is None:
        return
    for ordinal, passage in enumerate(reading.passages[:_HEAD]):
        for start, end in reading.sentences(ordinal):
            if _TAKES_IN.match(passage.text, start):
                apart = _APART_FROM.search(passage.text, start, end)
                for mention in reading.mentions_in(Span(ordinal, start, apart.start() if apart else end)):
                    if reading.type_of(mention) == "Place":
                        collector.add(
                            "COVERS", owner, mention.entity_id, Span(ordinal, start, end), "own-area", score=0.8
                        )


def _add_challenges(reading: Reading, subject: str, collector: Collector) -> None:
    """Add Grand Challenges that the paper calls so outside its propositions: "Two Grand Challenges run through …"."""
    for ordinal, passage in enumerate(reading.passages):
        if passage.kind is not PassageKind.PARAGRAPH or "grand" not in find_words(passage.text):
            continue
        for start, end in reading.sentences(ordinal):
            challenges = [
                m for m in reading.mentions_in(Span(ordinal, start, end)) if reading.type_of(m) == "GrandChallenge"
            ]
            if len({m.entity_id for m in challenges}) >= 2 and _CHALLENGES.search(passage.text, start, end):
                for mention in challenges:
                    collector.add(
                        "ADDRESSES", subject, mention.entity_id, Span(ordinal, start, end), "named.challenges"
                    )
