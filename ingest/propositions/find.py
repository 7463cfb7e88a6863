"""One pass over a document in reading order: tables first, then points under leads, labels, and sentences."""

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache

from graph.model import PassageKind
from ingest.propositions.clauses import Trigger, find_clauses
from ingest.propositions.doers import find_actors, find_doers, find_lobbied
from ingest.propositions.grids import read_grids
from ingest.propositions.labels import find_boxes, iter_labelled, iter_numbered, read_label
from ingest.propositions.leads import OF_OTHERS, Lead, LeadKind, find_lead, read_lead
from ingest.propositions.learned import Weights, load_weights, revise
from ingest.propositions.points import find_verb, goes_on, is_thing, states
from ingest.propositions.prose import read_sentence
from ingest.propositions.resolutions import read_resolution, split_resolution
from ingest.propositions.restated import join_restated
from ingest.propositions.rules import PropositionRules, load_rules
from ingest.propositions.sequels import join, tells_more_of
from ingest.propositions.sides import find_sides
from ingest.propositions.status import find_status
from ingest.propositions.tables import find_rows, join_same_names
from ingest.propositions.types import Draft, Form, Note, Parts, Reading, Span, join_parts

_ASIDE = re.compile(
    r"(?i)\b(?:references|bibliography|glossary|contents|background papers?|list of background|declarations?|apologies"
    r"|(?:how we (?:will )?use|use of|handling|protecting) your (?:personal )?data"
    r"|privacy (?:notice|policy|statement)|how to respond)\b"
)
_PROPOSED = re.compile(
    r"(?i)(?:an? |the )?(?:proposals?|plans?|options?|potential|possible)\b"
    r"|[^.:–—]{2,60}?(?::|\s[–—-])\s+(?:an? (?:new |potential |possible )?|new |potential |possible |proposed )[A-Za-z]"
)
_ALREADY = re.compile(
    r"(?i)(?:we (?:now )?have|established|launched|delivered|created|published|continued to|introduced|completed"
    r"|the [^.]{3,60} act)\b"
)
_TIMED = re.compile(  # "March: draft to the LEP board", a line of a timetable
    r"(?i)(?:(?:early|mid|late|by|from)[ -])?(?:spring|summer|autumn|winter|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)(?: 20\d\d)?\s*(?::|\s[–—-])\s"
)
_LABELLED = re.compile(r"^[^:]{2,60}:\s+")
_ASK_OF = re.compile(r"(?i)(?:our |the )?asks? (?:of|for|to) (?:the )?[^:]{2,70}:\s")
_ACTION_LABEL = re.compile(r"(?:Action|Commitment|Proposal|Next step|Pledge)s?(?: \d+)?\s*:\s+")
_INLINE = re.compile(r":\s+(?=[a-z(])")
_SEMICOLON = re.compile(r";\s+(?:and\s+)?(?:\(?(?:[a-z]|[ivx]+|\d)\)\s*)?")
_NUMBERED = re.compile(r"\(?(?:[a-z]|[ivx]+|\d)\)\s*")
_LABEL_WORDS = 6
_REACH = 60  # passages that the points of one lead may run over


def find_propositions(
    reading: Reading,
    *,
    draft_document: bool = False,
    rules: PropositionRules | None = None,
    learned: bool | Weights = True,
) -> tuple[list[Draft], list[Note]]:
    """Return the propositions of a document and a note for each sentence, point or row that gave none, in order.

    In a paper of the Government's own what departments "should" do asks nobody;
    `draft_document` makes what a draft strategy says tentative; `learned` asks the trained model too, with the packaged
    weights or those given. Cost: linear in the document's length.
    """
    finder = _Finder(reading, rules or load_rules(), draft_document)
    finder.run()
    if learned:
        finder.drafts, notes = revise(
            finder.drafts, finder.notes, reading, finder.rules, used=frozenset(finder.taken), tentative=draft_document,
            weights=learned if isinstance(learned, Weights) else load_weights(),
        )  # fmt: skip
        finder.notes += notes
    drafts = join_restated(finder.drafts, reading)
    return sorted(drafts, key=lambda draft: draft.what), sorted(finder.notes, key=lambda note: (note.span, note.reason))


@lru_cache(maxsize=1024)
def _is_aside(headings: tuple[str, ...]) -> bool:
    return any(_ASIDE.search(heading) for heading in headings)


def _between(cuts: Sequence[re.Match[str]], start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of `start` to `end` that lie between the cuts."""
    return list(zip([start, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), end], strict=True))


class _Finder:
    def __init__(self, reading: Reading, rules: PropositionRules, draft_document: bool) -> None:
        self.reading = reading
        self.rules = rules
        self.tentative = draft_document
        self.drafts: list[Draft] = []
        self.notes: list[Note] = []
        owners = {reading.entities[owner].type for owner in reading.names.owners if owner in reading.entities}
        self.owned_by_government = (
            "Department" in owners and not owners & {"LEP", "CombinedAuthority"} and reading.genre not in OF_OTHERS
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
            sides = find_sides(grid, self.reading, self.rules, tentative=self.tentative)
            if sides:
                self.drafts += sides
                self.taken |= grid.ordinals
                continue
            rows = find_rows(grid, self.reading, self.rules, tentative=self.tentative)
            boxes = [] if rows else find_boxes(grid, self.reading, self.rules, tentative=self.tentative)
            if rows:
                self.drafts = join_same_names(self.drafts, rows[0], self.reading)
                self.notes += rows[1]
                self.taken |= grid.ordinals - {note.span.passage for note in rows[1] if note.reason == "section-row"}
            elif boxes:
                self.drafts = join_same_names(self.drafts, boxes, self.reading)
                self.taken |= grid.ordinals

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
            lead = (
                self._nested_lead(ordinal, *parent)
                if parent and is_nested
                else find_lead(previous, ordinal, self.reading, self.rules)
            )
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

    def _says_will(self, ordinal: int, start: int, end: int) -> bool:
        clauses = find_clauses(self.reading.passages[ordinal].text, start, end, self.rules.verbs)[:1]
        return any(found.trigger is Trigger.WILL and not (found.relative or found.negated) for found in clauses)

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
        if text[start:end].endswith("?") or _ASK_OF.match(text, start, end):
            return 0
        if lead.kind is LeadKind.RESOLVED:
            return self._resolved(ordinal, start, end)
        if lead.kind in (LeadKind.NEUTRAL, LeadKind.PASSED) or _TIMED.match(text, start, end):
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
        if not found and lead.names_actions and lead.subject and self._says_will(ordinal, start, end):
            found = (start, start)  # in a list of somebody's actions whoever will act does
        if not found and find_doers(Span(ordinal, start, end), lead, self.reading, self.rules):
            found = (start, start)
        proposal = None if found else _PROPOSED.match(text, start, end)
        if not found and lead.gerunds and lead.kind is LeadKind.PROMISE:
            is_action = lead.names_actions and self.reading.genre != "minutes"
            named = bool(self.reading.mentions_in(Span(ordinal, start, end)))
            if is_thing(text, start, end, is_action=is_action, is_named=named):
                found = (start, start)
        if not found and not proposal:
            if lead.kind is LeadKind.ASK and not states(text, start, end):  # "A second term for the zone"
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
        lobbied = (
            find_lobbied(Span(ordinal, found[1], end), self.reading) if found and not self.owned_by_government else None
        )
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
            form=Form.ITEM, rule=f"item.{lead.reason}", what=what, name=name,
            actors=find_actors(what, lead, self.reading, self.rules), trigger=lead.trigger,
            status=status.of_draft(self.tentative), scope=(what,), parts={"lead-words": (lead.span,)},
        ))  # fmt: skip
        return used

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
            self.drafts[last] = dataclasses.replace(
                draft,
                scope=(*draft.scope, self.reading.whole(ordinal)),
                parts=join_parts(draft.parts, self._labelled(ordinal)),
            )
        self.notes.append(Note(self.reading.whole(ordinal), "part-of-the-lead"))

    def _labelled(self, ordinal: int) -> Parts:
        """Return the part that a point below a proposition is labelled as: "Lead: X", "Ask: £5m from Y"."""
        text = self.reading.passages[ordinal].text
        role, start = read_label(text, self.rules) or ("", 0)
        return {} if role in ("", "what", "name") else {role: (Span(ordinal, start, len(text)),)}

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
        for start, end in _between(cuts, numbered.end() if numbered else colon.end(), span.end):
            if start < end:
                self._open_point(span.passage, lead, [(start, end)])
        return len(self.drafts) > before

    def _telegraphic(self, span: Span) -> bool:
        """Judge "Government to confirm the sum by May; the LEP to open a school": who is to do what, without a verb."""
        text = self.reading.passages[span.passage].text
        label = _ACTION_LABEL.match(text, span.start, span.end)
        start = label.end() if label else span.start
        parts = _between(list(_SEMICOLON.finditer(text, start, span.end)), start, span.end)
        whole = Lead(LeadKind.PROMISE, span, "body-to", trigger=Trigger.WILL)
        found = []
        for begin, end in parts:
            what = Span(span.passage, begin, end)
            actor = find_doers(what, whole, self.reading, self.rules)
            if actor is None:
                return False
            status = find_status(text[begin:end], self.rules, None).of_draft(self.tentative)
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
        more = before is not None and not found.drafts and tells_more_of(before, span, self.reading)
        if not found.drafts:
            self.notes.append(Note(span, "more-of-the-one-before" if more else found.reason))
        if before is None:
            pass
        elif found.leader:
            self.drafts[-1] = dataclasses.replace(before, parts=join_parts(before.parts, {"lead": (found.leader,)}))
        elif len(found.drafts) == 1 and (joined := join(before, found.drafts[0], self.reading)):
            self.notes.append(Note(span, "more-of-the-one-before"))
            self.drafts[-1] = joined
            return
        elif more:
            self.drafts[-1] = dataclasses.replace(before, scope=(*before.scope, span))
        for place, draft in enumerate(found.drafts):
            joined = join(self.drafts[-1], draft, self.reading) if place else None
            own = dataclasses.replace(draft, status=draft.status.of_draft(self.tentative))
            self.drafts[len(self.drafts) - bool(joined) :] = [joined or own]
