"""One pass over a document in reading order: tables first, then points under leads, labels, and sentences."""

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache

from graph.model import PassageKind
from ingest.propositions.clauses import Trigger, find_clauses
from ingest.propositions.grids import read_grids
from ingest.propositions.judge import find_status
from ingest.propositions.labels import find_boxes, iter_labelled, iter_numbered
from ingest.propositions.leads import Lead, LeadKind, read_lead
from ingest.propositions.points import find_verb, goes_on
from ingest.propositions.prose import read_sentence
from ingest.propositions.resolutions import read_resolution, split_resolution
from ingest.propositions.rules import PropositionRules, load_rules
from ingest.propositions.tables import find_rows
from ingest.propositions.types import BODIES, Draft, Form, Note, Reading, Span, Status

_ASIDE = re.compile(
    r"(?i)\b(?:references|bibliography|glossary|contents|background papers?|list of background|declarations?|apologies"
    r"|(?:how we (?:will )?use|use of|handling|protecting) your (?:personal )?data"
    r"|privacy (?:notice|policy|statement)|how to respond)\b"
)
_OF_OTHERS = frozenset(
    {"letter", "hansard", "consultation response", "manifesto", "minutes", "news", "board paper", "project pipeline"}
)  # papers that name departments much without being theirs
_LOBBIES = re.compile(r"(?i)(?:lobby|press|urge|ask|call (?:up)?on|petition|persuade)\s+(?:the\s+)?")
_PROPOSED = re.compile(
    r"(?i)(?:an? |the )?(?:proposals?|plans?|options?|potential|possible)\b"
    r"|[^.:–—]{2,60}?(?::|\s[–—-])\s+(?:an? (?:new |potential |possible )?|new |potential |possible |proposed )[A-Za-z]"
)
_TO_DO = re.compile(r"(?:\s*\([^)]*\))?(?:,[^,]{2,60},)?\s+to\s+(\w+)")
_ASKED_TO = re.compile(r"(?:\s*\([^)]*\)|\))?(?:,[^,]{2,60},)?(?:\s+(?:to|would|could|should|will)|:)\s+([a-z]\w+)")
# A paper that says in its title that it lists what is to be done: each of its points is an action.
_LIST_OF_ACTIONS = re.compile(
    r"(?i)\b(?:(?:summary|list|schedule|table) of (?:\w+ ){0,2}(?:actions|commitments|measures)|headline actions)\b"
)
_ALREADY = re.compile(
    r"(?i)(?:we (?:now )?have|established|launched|delivered|created|published|continued to|introduced|completed"
    r"|the [^.]{3,60} act)\b"
)
_LABELLED = re.compile(r"^[^:]{2,60}:\s+")
_JOINED = re.compile(r"(?:\s*\([^)]*\))?(?:,|,? and|/| &|;)?\s*(?:(?:working )?with )?(?:the )?", re.IGNORECASE)
_ACTION_LABEL = re.compile(r"(?:Action|Commitment|Proposal|Next step|Pledge)s?(?: \d+)?\s*:\s+")
# A heading or lead that says no more than that what follows are actions.
_ACTIONS = re.compile(
    r"(?i)(?:(?:our|the|key|main|priority|proposed|agreed|next|further)\s+)*"
    r"(?:actions|commitments|interventions|proposals|steps)\W*"
)
_FEWEST_WORDS = 4
_THING = re.compile(r"(?:An?|New|Two|Three|Four|Five|Further|Additional)\s+\w+\s+\w+\s+\w+")
_NEW_THING = re.compile(
    r"(?:An?\s+(?:new|second|national|regional|joint)|New|Two|Three|Four|Five|Further|Additional)\b"
)
_TO_HOLD_TO = re.compile(
    r"[£$€]\s?\d|\b(?:run|delivered|funded|led|set up) (?:by|with)\b|\bsubject to\b|\bto be \w+ed\b"
)
_INLINE = re.compile(r":\s+(?=[a-z(])")
_SEMICOLON = re.compile(r";\s+(?:and\s+)?(?:\(?(?:[a-z]|[ivx]+|\d)\)\s*)?")
_NUMBERED = re.compile(r"\(?(?:[a-z]|[ivx]+|\d)\)\s*")
_STATES = re.compile(r"(?i)\b(?:is|are|was|were|has|have|had|will|would|may|might|can|could|does|do)\b")
_LABEL_WORDS = 6
_TABLED = (Form.ROW, Form.LABELLED)
_FEW, _MOSTLY = 2, 0.6  # points that act, and their share, that make a list of actions
_SOON = 24  # characters: " (DfT) and the "
_REACH = 60  # passages that the points of one lead may run over


def find_propositions(
    reading: Reading, *, draft_document: bool = False, rules: PropositionRules | None = None
) -> tuple[list[Draft], list[Note]]:
    """Return the propositions of a document and a note for each sentence, point or row that gave none, in order.

    In a paper of the Government's own what departments "should" do asks nobody;
    `draft_document` makes what a draft strategy says tentative. Cost: linear in the document's length.
    """
    finder = _Finder(reading, rules or load_rules(), draft_document)
    finder.run()
    order = sorted(range(len(finder.drafts)), key=lambda index: (finder.drafts[index].what, index))
    return [finder.drafts[index] for index in order], sorted(finder.notes, key=lambda note: (note.span, note.reason))


@lru_cache(maxsize=1024)
def _is_aside(headings: tuple[str, ...]) -> bool:
    return any(_ASIDE.search(heading) for heading in headings)


class _Finder:
    def __init__(self, reading: Reading, rules: PropositionRules, draft_document: bool) -> None:
        self.reading = reading
        self.rules = rules
        self.tentative = draft_document
        self.drafts: list[Draft] = []
        self.notes: list[Note] = []
        owners = {reading.entities[owner].type for owner in reading.names.owners if owner in reading.entities}
        self.owned_by_government = (
            "Department" in owners and not owners & {"LEP", "CombinedAuthority"} and reading.genre not in _OF_OTHERS
        )
        self.taken: set[int] = set()  # passages that a table or label has already used

    def run(self) -> None:
        """Visit every passage once."""
        self._tables()
        for iterate in (iter_labelled, iter_numbered):
            for draft, used in iterate(self.reading, self.rules, tentative=self.tentative):
                if not used & self.taken:
                    self.drafts.append(draft)
                    self.taken |= used
        leads: dict[int, tuple[Lead, bool]] = {}  # level -> the lead of the points at that level, whether it was taken
        previous: int | None = None
        for ordinal, passage in enumerate(self.reading.passages):
            if ordinal in self.taken:
                previous = None
                continue
            if passage.kind is PassageKind.ITEM:
                self._item(ordinal, previous, leads)
                continue
            leads.clear()
            previous = ordinal if passage.kind in (PassageKind.PARAGRAPH, PassageKind.HEADING) else None
            if passage.kind is PassageKind.HEADING or _is_aside(passage.path[-2:]):
                continue
            if passage.kind is PassageKind.CELL:
                self._cell(ordinal)
            elif passage.kind is not PassageKind.CAPTION:
                self._prose(self.reading.whole(ordinal), lead=self._leads_points(ordinal))

    def _tables(self) -> None:
        for grid in read_grids(self.reading.passages):
            rows = find_rows(grid, self.reading, self.rules, tentative=self.tentative)
            boxes = [] if rows else find_boxes(grid, self.reading, self.rules, tentative=self.tentative)
            if rows:
                self._add_rows(rows[0])
                self.notes += rows[1]
                self.taken |= grid.ordinals - {note.span.passage for note in rows[1] if note.reason == "section-row"}
            elif boxes:
                self._add_rows(boxes)
                self.taken |= grid.ordinals

    def _add_rows(self, drafts: Sequence[Draft]) -> None:
        """Add rows or boxes; one that bears the name of an earlier one says more of that proposition."""
        named = {self._row_name(draft): index for index, draft in enumerate(self.drafts) if draft.name}
        for draft in drafts:
            index = named.get(self._row_name(draft)) if draft.name else None
            if index is None:
                self.drafts.append(draft)
                continue
            first = self.drafts[index]
            parts = {role: (*first.parts.get(role, ()), *draft.parts.get(role, ()))
                     for role in sorted({*first.parts, *draft.parts} - {"name"})}  # fmt: skip
            name = {"name": first.parts["name"]} if "name" in first.parts else {}
            says_more = "what" in draft.parts and "what" not in first.parts
            self.drafts[index] = dataclasses.replace(
                first, what=draft.what if says_more else first.what, parts={**parts, **name},
                scope=(*first.scope, *draft.scope),
                trigger=Trigger.ASKS if draft.trigger is Trigger.ASKS else first.trigger,
            )  # fmt: skip

    def _row_name(self, draft: Draft) -> str:
        return (
            " ".join(self.reading.text(draft.name).casefold().split()) if draft.name and draft.form in _TABLED else ""
        )

    def _leads_points(self, ordinal: int) -> bool:
        following = self.reading.passages[ordinal + 1 : ordinal + 2]
        return bool(following) and following[0].kind is PassageKind.ITEM

    def _item(self, ordinal: int, previous: int | None, leads: dict[int, tuple[Lead, bool]]) -> None:
        passage = self.reading.passages[ordinal]
        level = max(passage.level, 1)
        for deeper in [known for known in leads if known > level]:
            del leads[deeper]
        if level not in leads:
            parent = leads.get(max((known for known in leads if known < level), default=0))
            is_nested = parent is not None and self.reading.passages[ordinal - 1].kind is PassageKind.ITEM
            lead = self._nested_lead(ordinal, *parent) if parent and is_nested else self._lead(previous, ordinal)
            leads[level] = (lead, False)
        lead = leads[level][0]
        if lead.kind is LeadKind.ASK and lead.reason == "should-like" and self.owned_by_government:
            lead = dataclasses.replace(lead, kind=LeadKind.PROMISE, trigger=Trigger.INTENDS)
        taken = self._point(ordinal, lead)
        leads[level] = (lead, taken)

    def _nested_lead(self, ordinal: int, parent: Lead, is_taken: bool) -> Lead:
        """Points under a point that is a proposition are parts of it, unless its last sentence makes more of them."""
        own = read_lead(ordinal - 1, self.reading, self.rules)
        stands_apart = own.span.start > 0 or not is_taken
        if own.kind not in (LeadKind.NEUTRAL, LeadKind.OWN) and stands_apart:
            return own
        kind = LeadKind.OWN if is_taken else parent.kind
        return dataclasses.replace(parent, kind=kind, span=own.span, reason="part-of-the-point-above")

    def _lead(self, previous: int | None, ordinal: int) -> Lead:
        """Read the passage before the points; where it says nothing, the heading above them."""
        passage = self.reading.passages[ordinal]
        whole = self.reading.whole(ordinal)
        found = read_lead(previous, self.reading, self.rules) if previous is not None else None
        if found and found.kind is not LeadKind.NEUTRAL:
            return found
        heading = next(
            (
                o
                for o in range(ordinal - 1, -1, -1)
                if self.reading.passages[o].kind is PassageKind.HEADING
                and passage.path
                and self.reading.passages[o].text == passage.path[-1]
            ),
            None,
        )
        if heading is not None and heading != previous:
            above = read_lead(heading, self.reading, self.rules)
            if above.kind in (LeadKind.PROMISE, LeadKind.ASK):
                return above
        found = found or Lead(LeadKind.NEUTRAL, whole, "no-lead")
        if _LIST_OF_ACTIONS.search(self.reading.title) and found.kind is LeadKind.NEUTRAL:
            listed = dataclasses.replace(found, kind=LeadKind.PROMISE, reason="list-of-actions", trigger=Trigger.WILL)
            return dataclasses.replace(listed, gerunds=True, wants_nouns=True)
        if self.reading.genre not in _OF_OTHERS | {"consultation"} and self._mostly_acts(ordinal):
            return dataclasses.replace(found, kind=LeadKind.PROMISE, reason="verb-first", trigger=Trigger.WILL)
        return found

    def _mostly_acts(self, ordinal: int) -> bool:
        """Say whether the points that begin here mostly open with a verb: a list of actions without a lead."""
        points = []
        for passage in self.reading.passages[ordinal:]:
            if passage.kind is not PassageKind.ITEM:
                break
            if passage.level == self.reading.passages[ordinal].level:
                points.append(passage.text)
        acting = sum(find_verb(text, 0, len(text), self.rules, gerunds=False) is not None for text in points)
        return acting >= _FEW and acting >= _MOSTLY * len(points)

    def _point(self, ordinal: int, lead: Lead) -> bool:
        """Judge one point: its opening verb under its lead, then its further sentences; True where it was taken."""
        passage = self.reading.passages[ordinal]
        sentences = self.reading.sentences(ordinal)
        if not sentences:
            return False
        if lead.kind is LeadKind.OWN and not self._promises_itself(ordinal, sentences[0]):
            self._extend_scope(ordinal)
            return True
        if _is_aside(passage.path[-2:]):
            return False
        if lead.kind is LeadKind.REFUSE:
            self.notes.append(Note(self.reading.whole(ordinal), lead.reason))
            return False
        before = len(self.drafts)
        used = 0 if lead.kind is LeadKind.OWN else self._open_point(ordinal, lead, sentences)
        if sentences[used:]:
            self._prose(Span(ordinal, sentences[used][0], sentences[-1][1]), lead=self._leads_points(ordinal))
        return len(self.drafts) > before

    def _promises_itself(self, ordinal: int, sentence: tuple[int, int]) -> bool:
        """Say whether a point is a whole promise ("We will …") rather than a part of its lead."""
        clauses = find_clauses(self.reading.passages[ordinal].text, *sentence, self.rules.verbs)
        return (
            bool(clauses) and clauses[0].trigger is Trigger.WILL and clauses[0].subject_end > clauses[0].subject_start
        )

    def _open_point(self, ordinal: int, lead: Lead, sentences: Sequence[tuple[int, int]]) -> int:
        """Take the point's opening, if a verb opens it; return how many sentences that used up."""
        text = self.reading.passages[ordinal].text
        start, end = sentences[0]
        if text[start:end].endswith("?"):
            return 0
        if lead.kind is LeadKind.RESOLVED:
            return self._resolved(ordinal, start, end)
        if lead.kind in (LeadKind.NEUTRAL, LeadKind.PASSED):
            return 0
        found, used = None, 1
        if len(sentences) > 1 and len(text[start:end].split()) <= _LABEL_WORDS:  # "Westcott. Carry through …"
            found = find_verb(text, *sentences[1], self.rules, gerunds=lead.gerunds)
        if found:
            end, used = sentences[1][1], 2
        else:
            found = find_verb(text, start, end, self.rules, gerunds=lead.gerunds)
        if lead.reason == "list-of-actions" and _ALREADY.match(text, start, end):
            return 0
        if not found and ((lead.is_open and goes_on(text, start, end, self.rules)) or lead.wants_nouns):
            found = (start, start)
        if not found and self._body_to(Span(ordinal, start, end), lead):
            found = (start, start)
        proposal = None if found else _PROPOSED.match(text, start, end)
        if not found and lead.gerunds and lead.kind is LeadKind.PROMISE:
            names_action = _ACTIONS.fullmatch(self.reading.text(lead.span)) and self.reading.genre != "minutes"
            if self._is_thing(ordinal, start, end, is_action=bool(names_action)):
                found = (start, start)
        if not found and not proposal:
            if lead.kind is LeadKind.ASK and not _STATES.search(text, start, end):  # "A second term for the zone"
                found = (start, start)
            else:
                return 0
        if self.rules.empty_cell.match(_LABELLED.sub("", text[start:end])):
            self.notes.append(Note(Span(ordinal, start, end), "nothing-asked"))
            return used
        if found and self.rules.procedural_sentence.search(text, start, end):
            return 0
        if found and self.rules.procedural_phrase.match(text[found[1] : end]):
            self.notes.append(Note(Span(ordinal, start, end), "procedure"))
            return used
        lobbied = self._lobbied(ordinal, found[1], end) if found and not self.owned_by_government else None
        if lobbied:
            lead = dataclasses.replace(lead, kind=LeadKind.ASK, subject=lobbied, trigger=Trigger.ASKS)
        name = Span(ordinal, start, found[1]) if found and found[1] > start else None
        what = Span(ordinal, start, end)
        status = find_status(
            text[start:end] + " " + self.reading.text(lead.span),
            self.rules,
            lead.trigger if lead.trigger is not Trigger.WILL else None,
        )
        self.drafts.append(Draft(
            form=Form.ITEM, rule=f"item.{lead.reason}", what=what, name=name, actors=self._actors(what, lead),
            trigger=lead.trigger, status=self._drafted(status), scope=(what,), parts={"lead-words": (lead.span,)},
        ))  # fmt: skip
        return used

    def _is_thing(self, ordinal: int, start: int, end: int, *, is_action: bool) -> bool:
        """Say whether a point of a promising list is a thing to be made: "A fund (£2m), run with X", no aim."""
        text = self.reading.passages[ordinal].text
        if _STATES.search(text, start, end):
            return False
        if is_action and len(text[start:end].split()) >= _FEWEST_WORDS:
            return True
        if not _THING.match(text, start, end):
            return False
        named = bool(self.reading.mentions_in(Span(ordinal, start, end)))
        return _TO_HOLD_TO.search(text, start, end) is not None or (
            named and _NEW_THING.match(text, start, end) is not None
        )

    def _actors(self, what: Span, lead: Lead) -> tuple[Span, ...]:
        """Return who promises or is asked: those with whom the point begins ("DBT to place …"), else the lead."""
        own = self._body_to(what, lead)
        if own:
            return (own,)
        if lead.kind is LeadKind.ASK:
            to = re.search(r"\bto \w", self.reading.text(what))
            asked = Span(what.passage, what.start, what.start + to.start()) if to else None
            if asked and any(self.reading.type_of(m) == "Department" for m in self.reading.mentions_in(asked)):
                return (asked,)
        return (lead.subject,) if lead.subject else ()

    def _lobbied(self, ordinal: int, verb: int, end: int) -> Span | None:
        """Return the department of a point that itself asks: "lobby the Treasury for …", "press DfT to …"."""
        text = self.reading.passages[ordinal].text
        asking = _LOBBIES.match(text, verb, end)
        if asking is None:
            return None
        mentions = self.reading.mentions_in(Span(ordinal, asking.end(), end))
        first = next((m for m in mentions if m.start == asking.end()), None)
        if first is None or self.reading.type_of(first) != "Department":
            return None
        return Span(ordinal, first.start, first.end)

    def _body_to(self, point: Span, lead: Lead) -> Span | None:
        """Return the bodies with which a point begins that says what each is to do: "BEIS and the LEP to publish …".

        In a list of asks "BEIS: settle …" and "your Department would fund …" say so too, of departments.
        """
        text = self.reading.passages[point.passage].text
        bodies = [m for m in self.reading.mentions_in(point) if self.reading.type_of(m) in BODIES]
        if not bodies or text[point.start : bodies[0].start].lower() not in ("", "the ", "your ", "your department ("):
            return None
        if lead.kind is LeadKind.ASK and self.reading.type_of(bodies[0]) == "Department":
            last = bodies[0].end
            for body in bodies:
                if body.start > last + _SOON:
                    break
                last = body.end
                if _ASKED_TO.match(text, last, point.end):
                    return Span(point.passage, point.start, last)
        last = bodies[0].end
        for body in bodies:
            if body.start > last and not _JOINED.fullmatch(text, last, body.start):
                break
            last = body.end
            to = _TO_DO.match(text, body.end, point.end)
            form = self.rules.verbs.forms.get(to[1].lower()) if to else None
            if form and form[1] == "base" and form[0] in self.rules.verbs.action:
                return Span(point.passage, point.start, body.end)
        return None

    def _resolved(self, ordinal: int, start: int, end: int) -> int:
        """Judge a point of "Resolved:"; return how many sentences that used up."""
        draft = read_resolution(Span(ordinal, start, end), self.reading, self.rules)
        if isinstance(draft, Draft):
            self.drafts.append(draft)
        elif draft:
            self.notes.append(Note(Span(ordinal, start, end), draft))
        return 1 if draft else 0

    def _extend_scope(self, ordinal: int) -> None:
        """Give a point to the proposition that leads it: the nearest one above."""
        above = [index for index, draft in enumerate(self.drafts) if ordinal - _REACH <= draft.what.passage < ordinal]
        if above:
            last = max(above, key=lambda index: (self.drafts[index].what, index))
            draft = self.drafts[last]
            self.drafts[last] = dataclasses.replace(draft, scope=(*draft.scope, self.reading.whole(ordinal)))
        self.notes.append(Note(self.reading.whole(ordinal), "part-of-the-lead"))

    def _cell(self, ordinal: int) -> None:
        """A cell of another table may hold a promise; the first is the cell's, the rest of the cell details it."""
        cell = self.reading.passages[ordinal].cell
        if cell and cell.is_header:
            return
        before = len(self.drafts)
        self._prose(self.reading.whole(ordinal), lead=False)
        if len(self.drafts) > before:
            first = self.drafts[before]
            rest = Span(ordinal, first.what.end, len(self.reading.passages[ordinal].text))
            self.drafts[before:] = [dataclasses.replace(first, scope=(*first.scope, rest))]

    def _prose(self, span: Span, *, lead: bool) -> None:
        """Judge the sentences of a stretch; the last sentence of a lead is left to its points."""
        text = self.reading.passages[span.passage].text
        sentences = [
            (start, end)
            for start, end in self.reading.sentences(span.passage)
            if start >= span.start and end <= span.end
        ]
        for index, (start, end) in enumerate(sentences):
            sentence = Span(span.passage, start, end)
            if lead and index == len(sentences) - 1 and text.rstrip().endswith((":", "–", "-", "—")):
                own = read_lead(span.passage, self.reading, self.rules)
                if own.kind is not LeadKind.OWN:
                    self.notes.append(Note(sentence, "leads-points"))
                    continue
            self._sentence(sentence)

    def _inline(self, span: Span) -> bool:
        """Judge "The LEP will: fund X; build Y; and open Z." as the points that it is; False where it is none."""
        text = self.reading.passages[span.passage].text
        colon = _INLINE.search(text, span.start, span.end)
        cuts = list(_SEMICOLON.finditer(text, colon.end(), span.end)) if colon else []
        if colon is None or not cuts:
            return False
        lead = read_lead(
            span.passage, self.reading, self.rules, within=Span(span.passage, span.start, colon.start() + 1)
        )
        if lead.kind not in (LeadKind.PROMISE, LeadKind.ASK) or not (lead.is_open or lead.gerunds or lead.subject):
            return False
        before = len(self.drafts)
        numbered = _NUMBERED.match(text, colon.end(), span.end)
        starts = [numbered.end() if numbered else colon.end(), *(cut.end() for cut in cuts)]
        ends = [*(cut.start() for cut in cuts), span.end]
        for start, end in zip(starts, ends, strict=True):
            if start < end:
                self._open_point(span.passage, lead, [(start, end)])
        return len(self.drafts) > before

    def _telegraphic(self, span: Span) -> bool:
        """Judge "Government to confirm the sum by May; the LEP to open a school": who is to do what, without a verb."""
        text = self.reading.passages[span.passage].text
        label = _ACTION_LABEL.match(text, span.start, span.end)
        start = label.end() if label else span.start
        cuts = list(_SEMICOLON.finditer(text, start, span.end))
        parts = zip([start, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), span.end], strict=True)
        whole = Lead(LeadKind.PROMISE, span, "body-to", trigger=Trigger.WILL)
        found = []
        for begin, end in parts:
            what = Span(span.passage, begin, end)
            actor = self._body_to(what, whole)
            if actor is None:
                return False
            status = self._drafted(find_status(text[begin:end], self.rules, None))
            found.append(Draft(
                form=Form.SENTENCE, rule="sentence.body-to", what=what, actors=(actor,), trigger=Trigger.WILL,
                status=status, scope=(what,),
            ))  # fmt: skip
        self.drafts += found
        return True

    def _sentence(self, span: Span) -> None:
        parts = split_resolution(span, self.reading)
        if parts:
            for part in parts:
                self._resolved(part.passage, part.start, part.end)
            return
        if self._inline(span) or self._telegraphic(span):
            return
        before = self.drafts[-1] if self.drafts and self.drafts[-1].what.passage == span.passage else None
        found = read_sentence(
            span, self.reading, self.rules, before=before, owned_by_government=self.owned_by_government
        )
        if found.leader and before:
            leads = (*before.parts.get("lead", ()), found.leader)
            self.drafts[-1] = dataclasses.replace(before, parts={**before.parts, "lead": leads})
        self.drafts += [dataclasses.replace(draft, status=self._drafted(draft.status)) for draft in found.drafts]
        if not found.drafts:
            self.notes.append(Note(span, found.reason))

    def _drafted(self, status: Status) -> Status:
        return Status.TENTATIVE if self.tentative and status is Status.FIRM else status
