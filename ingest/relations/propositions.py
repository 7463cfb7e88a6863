"""Relations of a proposition: who proposes, promises, is asked and takes part; where, in which sector, to what end.

A name's part follows from where it stands: the subject promises, the column or wording of an ask is asked, "from the X
Fund" pays, "led by" leads; whatever body else is named in the proposition's words takes part.
"""

import re

from graph.model import Mention, PassageKind
from ingest.propositions.clauses import Trigger
from ingest.propositions.types import BODIES, LEVERS, Draft, Form, Reading, Span
from ingest.relations import wording
from ingest.relations.collect import Collector
from ingest.relations.facts import RegisterFacts
from ingest.relations.wording import GOVERNMENT
from ingest.words import find_words

_WE = re.compile(r"(?i)\b(?:we|our|us)\b")
_HINGE = re.compile(r"(?i)(?:subject to|if|once|when|provided|should|after)\b[^,:]*,")
_THERE = re.compile(r"\bthere\b(?! (?:is|are|was|were|will|would|may|might|can|could|has|have|should)\b)")
_WITH_WE = re.compile(r"(?i)(?:together |along )?(?:with|alongside|working with)\b.*\bwe$")
_EDGES = {"Foundation": "ADDRESSES", "GrandChallenge": "ADDRESSES", "Place": "IN_PLACE", "Sector": "IN_SECTOR"}
_THEMES = {"Foundation", "GrandChallenge"}
_CHALLENGE = re.compile(r"(?i)\bgrand challenge\b")
# Papers whose sections are no strategy's, and those that talk of strategies but put nothing forward for one.
_SPOKEN = frozenset({"hansard", "letter", "news", "manifesto", "government response"})
_OWN_VOICE = frozenset({"hansard", "manifesto", "government response"})
_ADDRESS = 10  # passages in which a letter says to whom it goes
_PROPOSERS = ("Strategy", "SectorDeal")
_FIRST_WORDS = 8  # characters before the name that a sentence is about
_SECTOR_SHARE = 2  # half the words of a sector's heading name it
_LONGEST_HEADING = 8  # words; a longer heading tells a story
# A family of papers, not a lever of its own: every board paper speaks of "the LIS evidence".
_WHOLE_FAMILIES = ("programme:local-industrial-strategies", "programme:sector-deals")
_WHOLE_NATION = frozenset({"United Kingdom", "Great Britain", "UK", "Britain"})  # says nothing of where
_TOO_WIDE = frozenset({"education"})  # a word of every skills paper, a sector only where it is written as one


class PropositionRelations:
    """Adds the relations of drafts to a collector."""

    def __init__(self, reading: Reading, facts: RegisterFacts, collector: Collector) -> None:
        self._reading = reading
        self._facts = facts
        self._collector = collector
        self._document_sectors = facts.find_sectors(reading.names.describes, reading.entities)
        self._sector_cues = {
            sector: words for sector, words in facts.sector_words.items() if sector in reading.entities
        }
        self._texts = {passage.id: passage.text for passage in reading.passages}

    def add(self, draft: Draft, proposition_id: str) -> None:
        """Add all relations that the draft's words support."""
        settled = self._promises(draft, proposition_id) | self._leads(draft, proposition_id)
        settled |= self._asks(draft, proposition_id)
        self._proposed(draft, proposition_id)
        settled |= self._paid_by(draft, proposition_id)
        is_of_all = draft.trigger is Trigger.ASKS and GOVERNMENT in settled
        for span in dict.fromkeys((*draft.scope, draft.what)):
            for mention in self._reading.mentions_in(span):
                is_name = span in (draft.name, draft.what)
                if mention.entity_id not in settled and not self._is_made(mention, is_name=is_name):
                    self._named(proposition_id, mention, span, is_asked=is_of_all and span == draft.what)
        self._context(draft, proposition_id)
        self._sector_words(draft, proposition_id)

    def _sector_words(self, draft: Draft, proposition_id: str) -> None:
        """Add sectors that the paper names and that the proposition's words belong to: "satellites" to Space."""
        for span in dict.fromkeys((draft.what, *draft.scope)):
            text = self._reading.text(span).lower()
            words = find_words(text)
            for sector_id, telling in self._sector_cues.items():
                if not telling.isdisjoint(words) or any(cue.replace("_", " ") in text for cue in telling if "_" in cue):
                    quoted = self._collector.sentence_around(span) if span == draft.what else span
                    self._collector.add("IN_SECTOR", proposition_id, sector_id, quoted, "word.sector", score=0.7)

    def _context(self, draft: Draft, proposition_id: str) -> None:
        """Add what column, heading, lead and subject say of a proposition: its theme, place and sector."""
        spans = [(span, _THEMES, "column") for span in draft.parts.get("foundation", ())]
        spans += [(span, {"Place"}, "subject") for span in draft.actors]
        spans += [(span, {"Place", "Sector"}, "lead") for span in draft.parts.get("lead-words", ())]
        heading = self._heading(draft) if self._reading.genre != "hansard" else None
        if heading:
            sectors = {m.entity_id for m in self._reading.mentions_in(heading) if self._reading.type_of(m) == "Sector"}
            one = {"Sector"} if len(sectors) == 1 and self._is_of_sector(heading) else set()
            spans.append((heading, _THEMES | {"Place"} | one, "heading"))
        text = self._reading.passages[draft.what.passage].text
        if draft.form is Form.SENTENCE and _CHALLENGE.search(text, 0, draft.what.start):
            spans.append((Span(draft.what.passage, 0, draft.what.start), {"GrandChallenge"}, "paragraph"))
        if _THERE.search(text, draft.what.start, draft.what.end):
            above = [m for m in self._reading.mentions_in(Span(draft.what.passage, 0, draft.what.start))
                     if self._reading.type_of(m) == "Place"]  # fmt: skip
            spans += [(Span(draft.what.passage, m.start, m.end), {"Place"}, "there") for m in above[-1:]]
        for span, types, origin in spans:
            for mention in self._reading.mentions_in(span):
                type_ = self._reading.type_of(mention)
                if type_ in types and mention.text not in _TOO_WIDE and not self._is_vague(mention):
                    edge = _EDGES[type_]
                    quoted = self._collector.sentence_around(Span(span.passage, mention.start, mention.end))
                    self._collector.add(
                        edge, proposition_id, mention.entity_id, quoted, f"{origin}.{type_.lower()}", score=0.9
                    )

    def _is_of_sector(self, heading: Span) -> bool:
        """Say whether a heading is a sector's ("Digital"), not one in which a sector's word serves another."""
        words = self._reading.text(heading).split()
        found = sum(
            len(m.text.split()) for m in self._reading.mentions_in(heading) if self._reading.type_of(m) == "Sector"
        )
        return found * _SECTOR_SHARE >= len(words)

    def _heading(self, draft: Draft) -> Span | None:
        """Return the heading right above the proposition, unless that is the document's title."""
        path = self._reading.passages[draft.what.passage].path
        if len(path) < 1 or len(path[-1].split()) > _LONGEST_HEADING:
            return None
        for ordinal in range(draft.what.passage - 1, 0, -1):
            passage = self._reading.passages[ordinal]
            if passage.kind is PassageKind.HEADING:
                return self._reading.whole(ordinal) if passage.text == path[-1] else None
        return None

    def _bodies_in(self, span: Span) -> list[Mention]:
        return [mention for mention in self._reading.mentions_in(span) if self._reading.type_of(mention) in BODIES]

    def _promises(self, draft: Draft, proposition_id: str) -> set[str]:
        """Add the subjects: they promise, or are asked where the words ask; return who that settles."""
        settled: set[str] = set()
        for span in draft.actors:
            asks = draft.trigger is Trigger.ASKS
            bodies = [m.entity_id for m in self._bodies_in(span) if asks or not self._pays(m)]
            if _WITH_WE.match(self._reading.text(span)):
                bodies = []  # "With X and Y we will …": X and Y take part
            rule = "subject"
            if not bodies and _WE.search(self._reading.text(span)):
                bodies, rule = self._we(), "subject.we"
            for entity_id in bodies:
                settled.add(entity_id)
                self._promise(draft, proposition_id, entity_id, self._with_promise(span, draft), rule)
        if draft.trigger is Trigger.ASKS and not draft.parts.get("ask"):
            settled |= self._asked_at_large(draft, proposition_id)
        for span in draft.parts.get("lead-words", ()):
            hinge = _HINGE.match(self._reading.text(span))  # "Subject to the approval of X, we will:"
            for mention in self._bodies_in(Span(span.passage, span.start + (hinge.end() if hinge else 0), span.end)):
                heading = self._reading.passages[span.passage]
                is_heading = heading.kind is PassageKind.HEADING and not heading.text.rstrip().endswith((":", " will"))
                if mention.entity_id not in settled | {GOVERNMENT} and not is_heading:
                    settled.add(mention.entity_id)
                    self._collector.add("PARTNERS_IN", mention.entity_id, proposition_id, span, "partner.lead-words")
        return settled

    def _asked_at_large(self, draft: Draft, proposition_id: str) -> set[str]:
        """An ask of nobody by name is of the departments in its words, of a letter's addressee, else of Government."""
        asked = {r for span in draft.actors for r in (m.entity_id for m in self._bodies_in(span))}
        if any(self._reading.entities[entity_id].type == "Department" for entity_id in asked):
            return set()
        named = [m.entity_id for m in self._bodies_in(draft.what) if self._reading.type_of(m) == "Department"]
        departments = list(dict.fromkeys(named)) or [self._addressee() or GOVERNMENT]
        for entity_id in departments:
            words = self._reading.text(draft.what)
            self._collector.add("ASKS", proposition_id, entity_id, draft.what, "asks.at-large", words=words, score=0.8)
        return set(departments)

    def _addressee(self) -> str | None:
        """Return the department to which a letter is written: the first it names."""
        if self._reading.genre != "letter":
            return None
        head = (m for ordinal in range(min(_ADDRESS, len(self._reading.passages)))
                for m in self._bodies_in(self._reading.whole(ordinal)))  # fmt: skip
        return next((m.entity_id for m in head if self._reading.type_of(m) == "Department"), None)

    def _pays(self, mention: Mention) -> bool:
        """In "a laboratory funded by BEIS will be built" the department pays; it promises nothing more."""
        return wording.pays(self._texts[mention.passage_id], mention.start, mention.end)

    def _we(self) -> list[str]:
        """Return whom "we" stands for: a local body speaks for itself, a paper of departments for the Government."""
        entities = self._reading.entities
        owners = [owner for owner in self._reading.names.owners if owner in entities]
        local = [owner for owner in owners if entities[owner].type in ("LEP", "CombinedAuthority", "LocalAuthority")]
        if local and local[0] == owners[0]:
            published = self._facts.publishers.get(self._reading.names.describes or "", frozenset())
            return [owner for owner in local if owner in published] or local[:1]
        if any(entities[owner].type == "Department" for owner in owners):
            return [GOVERNMENT]
        return owners[:1]

    def _promise(self, draft: Draft, proposition_id: str, entity_id: str, span: Span, rule: str) -> None:
        is_department = self._reading.entities[entity_id].type == "Department"
        if draft.trigger is Trigger.ASKS and is_department:
            words = self._reading.text(draft.what)
            self._collector.add("ASKS", proposition_id, entity_id, span, f"asks.{rule}", words=words)
        elif is_department and draft.trigger is not Trigger.ASKS:
            self._collector.add("COMMITS", entity_id, proposition_id, span, f"commits.{rule}")
        elif draft.trigger is not Trigger.ASKS and wording.will_lead(self._reading.text(span)):
            self._collector.add("LEADS", entity_id, proposition_id, span, f"leads.{rule}")
        else:
            self._collector.add("PARTNERS_IN", entity_id, proposition_id, span, f"partner.{rule}")

    def _with_promise(self, span: Span, draft: Draft) -> Span:
        """Quote the subject with its promise where both stand in one passage."""
        what = draft.what
        if span.passage == what.passage:
            return Span(what.passage, min(span.start, what.start), what.end)
        return self._collector.sentence_around(span)

    def _leads(self, draft: Draft, proposition_id: str) -> set[str]:
        """Add who a column or "X will lead it" names: a department undertakes what it leads, another body leads it."""
        settled: set[str] = set()
        spans = list(draft.parts.get("lead", ()))
        if not draft.parts.get("ask"):
            spans += draft.parts.get("departments", ())
        for span in spans:
            for mention in self._bodies_in(span):
                settled.add(mention.entity_id)
                quoted = span if self._reading.passages[span.passage].cell else self._collector.sentence_around(span)
                edge = "COMMITS" if self._reading.type_of(mention) == "Department" else "LEADS"
                self._collector.add(edge, mention.entity_id, proposition_id, quoted, f"{edge.lower()}.named")
        return settled

    def _asks(self, draft: Draft, proposition_id: str) -> set[str]:
        """Add the departments of an ask: those of its column, else those its words name, else the Government."""
        asks = draft.parts.get("ask", ())
        if not asks:
            return set()
        departments: dict[str, Span] = {}
        for role in ("departments", "ask"):
            if departments:
                break
            for span in draft.parts.get(role, ()):
                for mention in self._reading.mentions_in(span):
                    if self._reading.type_of(mention) == "Department":
                        departments.setdefault(mention.entity_id, span)
        words = " / ".join(self._reading.text(span) for span in asks)
        for entity_id, span in departments.items():
            self._collector.add("ASKS", proposition_id, entity_id, span, "asks.column", words=words)
        if not departments:
            rule = "asks.column-of-government"
            self._collector.add("ASKS", proposition_id, GOVERNMENT, asks[0], rule, words=words, score=0.8)
        return set(departments)

    def _paid_by(self, draft: Draft, proposition_id: str) -> set[str]:
        """Add the funds and departments that a column of money names: they pay."""
        settled: set[str] = set()
        for span in draft.parts.get("money", ()):
            for mention in self._reading.mentions_in(span):
                type_ = self._reading.type_of(mention)
                if type_ not in ("Programme", "Department") or mention.entity_id == GOVERNMENT:
                    continue
                text = self._texts[mention.passage_id]
                asked = type_ == "Department" and wording.is_asked(text, mention.start, mention.end)
                settled.add(mention.entity_id)
                if asked:
                    words = self._reading.text(span)
                    self._collector.add(
                        "ASKS", proposition_id, mention.entity_id, span, "column.money-asked", words=words
                    )
                else:
                    self._collector.add("FUNDED_BY", proposition_id, mention.entity_id, span, "column.money")
        return settled

    def _proposed(self, draft: Draft, proposition_id: str) -> None:
        """Add the strategy that puts the draft forward; of a sector deal it is a part."""
        strategy = self._strategy(draft)
        if strategy is None:
            return
        if self._reading.entities[strategy].type == "SectorDeal":
            self._collector.add("ALIGNS_WITH", proposition_id, strategy, draft.what, "of-the-deal")
            own = self._reading.names.describes or ""
            if own in self._reading.entities and self._reading.entities[own].type == "Strategy":
                self._collector.add("PROPOSES", own, proposition_id, draft.what, draft.rule)
        else:
            self._collector.add("PROPOSES", strategy, proposition_id, draft.what, draft.rule)
        of_section = self._facts.find_sectors(strategy, self._reading.entities)
        for sector_id in dict.fromkeys((*self._document_sectors, *of_section)):
            self._collector.add("IN_SECTOR", proposition_id, sector_id, draft.what, "of-the-document", score=0.7)

    def _strategy(self, draft: Draft) -> str | None:
        """Return the strategy or deal of the row, of the section, of the document, or of the subject's area."""
        section = [] if self._reading.genre in _SPOKEN else self._section(draft)
        for span in (*draft.parts.get("strategy", ()), *section):
            for mention in self._reading.mentions_in(span):
                if self._reading.type_of(mention) in _PROPOSERS:
                    return mention.entity_id
        own = self._reading.names.describes if self._reading.genre not in _OWN_VOICE else None
        if own and own in self._reading.entities:
            return own
        return self._strategy_of_subject(draft)

    def _section(self, draft: Draft) -> list[Span]:
        """Return where a section says which deal it is of: an earlier sentence's first name, then its headings."""
        passage = self._reading.passages[draft.what.passage]
        spans: list[Span] = []
        if draft.form is Form.SENTENCE:
            earlier = self._reading.mentions_in(Span(draft.what.passage, 0, draft.what.start))
            if earlier and earlier[0].start < _FIRST_WORDS and self._reading.type_of(earlier[0]) == "SectorDeal":
                spans.append(Span(draft.what.passage, earlier[0].start, earlier[0].end))
        wanted = list(passage.path[1:])
        for ordinal in range(draft.what.passage - 1, -1, -1):
            if not wanted:
                break
            above = self._reading.passages[ordinal]
            if above.kind is PassageKind.HEADING and above.text == wanted[-1]:
                wanted.pop()
                spans.append(self._reading.whole(ordinal))
        return spans

    def _strategy_of_subject(self, draft: Draft) -> str | None:
        """In a paper on several strategies, an area's promise belongs to that area's strategy."""
        names = {
            self._reading.entities[mention.entity_id].name.lower()
            for span in draft.actors
            for mention in self._reading.mentions_in(span)
        }
        for entity in self._reading.names.entities:
            row = self._facts.rows.get(entity.id) if entity.type == "Strategy" else None
            areas = row.properties.get("area_names", ()) if row else ()
            if isinstance(areas, tuple) and names & {area.lower() for area in areas}:
                return entity.id
        return None

    def _named(self, proposition_id: str, mention: Mention, span: Span, *, is_asked: bool) -> None:
        """Add the part of a name that neither promises nor is asked; `is_asked` of a department in what all are."""
        type_ = self._reading.type_of(mention)
        text = self._reading.passages[span.passage].text
        around = self._collector.sentence_around(Span(span.passage, mention.start, mention.end))
        quoted = Span(span.passage, max(around.start, span.start), min(around.end, span.end))
        if type_ == "Place":
            if not self._is_vague(mention) and not wording.is_elsewhere(text, mention.start):
                self._collector.add("IN_PLACE", proposition_id, mention.entity_id, quoted, "named.place")
        elif type_ == "Sector":
            if mention.text not in _TOO_WIDE:
                self._collector.add("IN_SECTOR", proposition_id, mention.entity_id, quoted, "named.sector")
        elif type_ == "GrandChallenge":
            self._collector.add("ADDRESSES", proposition_id, mention.entity_id, quoted, "named.challenge")
        elif type_ in LEVERS:
            if mention.entity_id not in (self._reading.names.describes, *_WHOLE_FAMILIES):
                self._challenge_within(proposition_id, mention, quoted)
                is_fund = type_ == "Programme" and wording.pays(text, mention.start, mention.end)
                edge, rule = ("FUNDED_BY", "named.fund") if is_fund else ("ALIGNS_WITH", "named.lever")
                self._collector.add(edge, proposition_id, mention.entity_id, quoted, rule)
        elif type_ == "Department":
            self._department(proposition_id, mention, quoted, is_asked=is_asked)
        elif type_ in BODIES:
            edge, rule = (
                ("LEADS", "named.led-by") if wording.leads(text, mention.start) else ("PARTNERS_IN", "named.body")
            )
            self._collector.add(edge, mention.entity_id, proposition_id, quoted, rule)

    def _is_vague(self, mention: Mention) -> bool:
        return self._reading.entities[mention.entity_id].name in _WHOLE_NATION

    def _challenge_within(self, proposition_id: str, mention: Mention, quoted: Span) -> None:
        """The Clean Growth Mission serves Clean Growth: a lever named after a Grand Challenge that the paper knows."""
        for entity in self._reading.names.entities:
            if entity.type == "GrandChallenge" and entity.name.lower() in mention.text.lower():
                self._collector.add("ADDRESSES", proposition_id, entity.id, quoted, "named.mission", score=0.9)

    def _is_made(self, mention: Mention, *, is_name: bool) -> bool:
        """A hub that a proposition sets up, or that gives it its name, is no partner of it."""
        if self._reading.type_of(mention) != "Institution":
            return False
        text = self._texts[mention.passage_id]
        is_whole = mention.start == 0 and mention.end >= len(text.rstrip(" .;"))
        return (is_name and is_whole) or wording.is_brought_up(text, mention.start)

    def _department(self, proposition_id: str, mention: Mention, quoted: Span, *, is_asked: bool) -> None:
        """A department that neither promises nor is asked pays or takes part; the Government at large does neither."""
        text = self._reading.passages[quoted.passage].text
        pays = wording.pays(text, mention.start, mention.end)
        if wording.is_asked(text, mention.start, mention.end) or (
            is_asked and not pays and mention.entity_id != GOVERNMENT
        ):
            words = self._reading.text(quoted)
            self._collector.add(
                "ASKS", proposition_id, mention.entity_id, quoted, "named.department-asked", words=words
            )
        elif pays and not wording.is_channel(text, mention.start):
            self._collector.add("FUNDED_BY", proposition_id, mention.entity_id, quoted, "named.department-pays")
        elif mention.entity_id != GOVERNMENT and not self._owns_a_lever(mention, quoted):
            self._collector.add("PARTNERS_IN", mention.entity_id, proposition_id, quoted, "named.department")

    def _owns_a_lever(self, mention: Mention, quoted: Span) -> bool:
        """In "the X Sector Deal of DCMS and BEIS" the departments describe the deal; they take no part here."""
        return any(
            self._collector.has("LEADS", mention.entity_id, lever.entity_id)
            for lever in self._reading.mentions_in(quoted)
            if self._reading.type_of(lever) in LEVERS
        )
