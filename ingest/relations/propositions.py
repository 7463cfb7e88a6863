"""Relations of a proposition: who proposes, promises, is asked and takes part; where, in which sector, to what end.

A name's part follows from where it stands: the subject promises, the column or wording of an ask is asked, "from the X
Fund" pays, "led by" leads; whatever body else is named in the proposition's words takes part.
"""

import re
from collections.abc import Iterable

from graph.model import Mention
from ingest.propositions.clauses import Trigger
from ingest.propositions.types import BODIES, LEVERS, Draft, Reading, Span
from ingest.registers import Registers
from ingest.relations.collect import Collector

_COMMITTING = frozenset({"ministerial department", "non-ministerial department", "executive agency", "collective"})
_LED_BY = re.compile(
    r"(?i)\b(?:led|chaired|run|overseen|managed|coordinated|co-ordinated|headed) by (?:the )?(?:[\w'&-]+, )*$"
)
_PAYS_BEFORE = re.compile(
    r"(?i)(?:[£$€]\s?[\d.,]+\s*(?:million|billion|m|bn|k)?\b[^.;]{0,60}?\b(?:from|of|through|via|by|in)|\b(?:funded|financed|paid for|backed|supported|investment|funding|money|budgets?|grant|beneficiary of [^.;]{0,40}) (?:by|through|from|via|of)|\bfrom (?:existing|within|available))\s+(?:the |its |our |their |new |government's |existing |devolved |national |up to |just under )*$"
)
_PAYS_AFTER = re.compile(r"(?i)^(?:'s)?\s*(?:budgets?|funding|money|investment|grant|allocation)\b")
_PAYS_BEFORE_SHORT = re.compile(
    r"(?i)[£$€]\s?[\d.,]+\s*(?:million|billion|m|bn|k)?\s+(?:from\s+|of\s+|in\s+)?(?:the\s+|a\s+|new\s+|devolved\s+)*$"
)
_WE = re.compile(r"(?i)\b(?:we|our|us)\b")
_GOVERNMENT = "dept:hmg"


class PropositionRelations:
    """Adds the relations of drafts to a collector."""

    def __init__(
        self, reading: Reading, registers: Registers, collector: Collector, *, sector_ids: Iterable[str] = ()
    ) -> None:
        self._reading = reading
        self._registers = registers
        self._collector = collector
        self._document_sectors = tuple(sector_ids)

    def add(self, draft: Draft, proposition_id: str) -> None:
        """Add all relations that the draft's words support."""
        actors = self._actors(draft, proposition_id)
        asked = self._asks(draft, proposition_id)
        self._proposes(draft, proposition_id)
        for span in dict.fromkeys((*draft.scope, draft.what)):
            for mention in self._reading.mentions_in(span):
                if mention.entity_id not in actors and not (
                    mention.entity_id in asked and self._reading.type_of(mention) == "Department"
                ):
                    self._named(draft, proposition_id, mention, span)
        for role in ("foundation",):
            for span in draft.parts.get(role, ()):
                for mention in self._reading.mentions_in(span):
                    if self._reading.type_of(mention) in ("Foundation", "GrandChallenge"):
                        self._collector.add("ADDRESSES", proposition_id, mention.entity_id, span, "column.foundation")

    def _actors(self, draft: Draft, proposition_id: str) -> set[str]:
        """Add who promises; return the ids dealt with."""
        found: set[str] = set()
        for span in draft.actors:
            mentions = self._reading.mentions_in(span)
            bodies = [m for m in mentions if self._reading.type_of(m) in BODIES]
            for mention in bodies:
                found.add(mention.entity_id)
                self._promise(draft, proposition_id, mention.entity_id, self._widen(span, draft), "subject")
            if not bodies and _WE.search(self._reading.text(span)):
                for owner in self._reading.names.owners:
                    found.add(owner)
                    self._promise(draft, proposition_id, owner, self._widen(span, draft), "subject.we")
        for span in draft.parts.get("lead", ()):
            for mention in self._reading.mentions_in(span):
                if self._reading.type_of(mention) in BODIES:
                    found.add(mention.entity_id)
                    self._promise(draft, proposition_id, mention.entity_id, span, "column.lead", leads=True)
        return found

    def _promise(
        self, draft: Draft, proposition_id: str, entity_id: str, span: Span, rule: str, *, leads: bool = False
    ) -> None:
        type_ = self._reading.entities[entity_id].type if entity_id in self._reading.entities else ""
        if draft.trigger is Trigger.ASKS and not leads:
            if type_ == "Department":
                self._collector.add(
                    "ASKS", proposition_id, entity_id, span, f"asks.{rule}", words=self._reading.text(draft.what)
                )
            else:
                self._collector.add("PARTNERS_IN", entity_id, proposition_id, span, f"partner.{rule}")
        elif type_ == "Department":
            row = self._registers.rows.get(entity_id)
            commits = row is None or row.kind in _COMMITTING
            self._collector.add(
                "COMMITS" if commits else "LEADS",
                entity_id,
                proposition_id,
                span,
                f"{'commits' if commits else 'leads'}.{rule}",
            )
        else:
            self._collector.add(
                "LEADS" if leads else "PARTNERS_IN",
                entity_id,
                proposition_id,
                span,
                f"{'leads' if leads else 'partner'}.{rule}",
            )

    def _widen(self, span: Span, draft: Draft) -> Span:
        """Quote the subject with its promise where both stand in one passage."""
        what = draft.what
        if span.passage == what.passage:
            return Span(what.passage, min(span.start, what.start), what.end)
        return self._collector.sentence_around(span)

    def _asks(self, draft: Draft, proposition_id: str) -> set[str]:
        """Add the departments of an ask: those of its column, else those its words name, else the Government."""
        asks = draft.parts.get("ask", ())
        if not asks:
            return set()
        departments: dict[str, Span] = {}
        for role in ("departments", "ask"):
            for span in draft.parts.get(role, ()):
                for mention in self._reading.mentions_in(span):
                    if self._reading.type_of(mention) == "Department":
                        departments.setdefault(mention.entity_id, span)
            if role == "departments" and departments:
                break
        words = " / ".join(self._reading.text(span) for span in asks)
        for entity_id, span in departments.items():
            self._collector.add("ASKS", proposition_id, entity_id, span, "asks.column", words=words)
        if not departments:
            self._collector.add(
                "ASKS", proposition_id, _GOVERNMENT, asks[0], "asks.column-of-government", words=words, score=0.8
            )
        return set(departments)

    def _proposes(self, draft: Draft, proposition_id: str) -> None:
        strategy = next(
            (
                m.entity_id
                for span in draft.parts.get("strategy", ())
                for m in self._reading.mentions_in(span)
                if self._reading.type_of(m) in ("Strategy", "Programme")
            ),
            None,
        )
        strategy = strategy or self._of_the_subject(draft) or self._reading.names.describes
        if strategy is None or strategy not in self._reading.entities:
            return
        if self._reading.entities[strategy].type == "SectorDeal":
            self._collector.add("ALIGNS_WITH", proposition_id, strategy, draft.what, "of-the-deal")
        else:
            self._collector.add("PROPOSES", strategy, proposition_id, draft.what, draft.rule)
        for sector_id in self._document_sectors:
            self._collector.add("IN_SECTOR", proposition_id, sector_id, draft.what, "of-the-document", score=0.7)

    def _of_the_subject(self, draft: Draft) -> str | None:
        """In a paper on several strategies, an area's promise belongs to that area's strategy."""
        strategies = [e for e in self._reading.names.entities if e.type == "Strategy" and e.id.startswith("lis:")]
        if self._reading.names.describes or len(strategies) < 2:
            return None
        names = {
            self._reading.entities[m.entity_id].name.lower()
            for span in draft.actors
            for m in self._reading.mentions_in(span)
        }
        for strategy in strategies:
            row = self._registers.rows.get(strategy.id)
            areas = row.properties.get("area_names", ()) if row else ()
            if isinstance(areas, tuple) and names & {area.lower() for area in areas}:
                return strategy.id
        return None

    def _named(self, draft: Draft, proposition_id: str, mention: Mention, span: Span) -> None:
        type_ = self._reading.type_of(mention)
        sentence = self._collector.sentence_around(Span(span.passage, mention.start, mention.end))
        sentence = Span(sentence.passage, max(sentence.start, span.start), min(sentence.end, span.end))
        text = self._reading.passages[span.passage].text
        before, after = text[max(0, mention.start - 110) : mention.start], text[mention.end : mention.end + 30]
        pays = (
            _PAYS_BEFORE.search(before) is not None
            or _PAYS_BEFORE_SHORT.search(before) is not None
            or (_PAYS_AFTER.match(after) is not None and type_ != "Institution")
        )
        match type_:
            case "Place":
                self._collector.add("IN_PLACE", proposition_id, mention.entity_id, sentence, "named.place")
            case "Sector":
                self._collector.add("IN_SECTOR", proposition_id, mention.entity_id, sentence, "named.sector")
            case "GrandChallenge":
                self._collector.add("ADDRESSES", proposition_id, mention.entity_id, sentence, "named.challenge")
            case _ if type_ in LEVERS:
                if mention.entity_id != self._reading.names.describes:
                    funded = pays and type_ == "Programme"
                    self._collector.add(
                        "FUNDED_BY" if funded else "ALIGNS_WITH",
                        proposition_id,
                        mention.entity_id,
                        sentence,
                        "named.fund" if funded else "named.lever",
                    )
            case "Department":
                self._department(draft, proposition_id, mention, sentence, pays=pays)
            case _ if type_ in BODIES:
                led = _LED_BY.search(before) is not None
                self._collector.add(
                    "LEADS" if led else "PARTNERS_IN",
                    mention.entity_id,
                    proposition_id,
                    sentence,
                    "named.led-by" if led else "named.body",
                )

    def _department(self, draft: Draft, proposition_id: str, mention: Mention, sentence: Span, *, pays: bool) -> None:
        """A department that neither promises nor is asked pays or takes part; the Government at large does neither."""
        if pays:
            self._collector.add("FUNDED_BY", proposition_id, mention.entity_id, sentence, "named.department-pays")
        elif mention.entity_id != _GOVERNMENT and not self._collector.has("ASKS", proposition_id, mention.entity_id):
            self._collector.add("PARTNERS_IN", mention.entity_id, proposition_id, sentence, "named.department")
