"""A second opinion on every sentence, point and cell: a linear model of words, trained on documents with gold.

Rules know the ways of promising that somebody wrote down; the model knows which words propositions are made of. It
strikes out what reads unlike any proposition and adds what reads like one though no rule saw it. `bench/train.py` makes
the weights and reports, set by set, how much this gains on documents that neither rules nor weights had seen.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from graph.errors import RuleError
from graph.model import PassageKind
from ingest.propositions.clauses import Clause, Trigger
from ingest.propositions.features import Features, iter_units
from ingest.propositions.leads import LeadKind, read_lead
from ingest.propositions.rules import PropositionRules
from ingest.propositions.sequels import find_antecedent, join, tells_more_of
from ingest.propositions.status import find_status
from ingest.propositions.subjects import find_clauses_of
from ingest.propositions.types import BODIES, Draft, Form, Note, Reading, Span

_FILE, _RULE = "rules/proposition_weights.json", "learned.words"
# Log odds at which it strikes out and adds; chosen on sets of documents left out of training in turn.
STRIKES, ADDS, ADDS_AGAINST = -2.5, 1.2, 3.0
# Reasons of the rules that only strong odds overrule: they say what a sentence is, not that nothing was seen.
_SAYS_WHAT_IT_IS = frozenset(
    {"procedure", "procedure-of-a-board", "negated", "question", "done", "withdrawn", "leads-points"}
    | {
        "points-of-history-or-housekeeping",
        "tells-of-a-promise",
        "part-of-the-lead",
        "more-of-the-one-before",
        "leads-the-one-before",
    }
)
_PAST = re.compile(r"(?i)\b(?:was|were|had|undertook|gave|began|helped|heard|took|saw|went|made|told)\b")
_NOT_PAST = re.compile(
    r"(?i)\b(?:will|shall|would|should|could|may|might|must|can|is|are|be|to|ask|asks|call|calls|seek|seeks|want|wants)\b"
)
_TELLING = frozenset({"ask", "why", "how"})  # columns that say more than the words of a cell


@dataclass(frozen=True, slots=True)
class Weights:
    """Log odds of a proposition: `bias` and the weight of each feature."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Iterable[str]) -> float:
        """Return the log odds of a unit with these features; a feature counts once. Cost: one look-up each."""
        return self.bias + self.total(dict.fromkeys(features))

    def total(self, features: Iterable[str]) -> float:
        """Return what these features, each there once, add to the log odds."""
        known = self.weights
        return sum([known[key] for key in features if key in known])


@cache
def load_weights() -> Weights:
    """Read the packaged weights; raise RuleError where the file is not `{"bias": number, "weights": {...}}`."""
    raw = json.loads(resources.files("ingest").joinpath(_FILE).read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or set(raw) != {"bias", "weights"}:
        raise RuleError(f"{_FILE}: it holds `bias` and `weights`; make it anew with `python -m bench.train --write`")
    return Weights(raw["bias"], raw["weights"])


def revise(
    drafts: Sequence[Draft],
    notes: Sequence[Note],
    reading: Reading,
    rules: PropositionRules,
    *,
    used: frozenset[int],
    tentative: bool,
    weights: Weights,
) -> tuple[list[Draft], list[Note]]:
    """Return the drafts with what reads like a proposition, without rows that read unlike one, and notes on those.

    Args: notes: why the rules passed over the rest.  used: passages that tables and labels have read, where nothing is
    added. A row is struck out only where no cell of it reads like a proposition and no column tells why or how.
    Cost: about a hundred look-ups for each sentence.
    """
    features = Features(reading)
    taken: dict[int, list[Span]] = {}
    for draft in drafts:
        for span in (draft.what, *draft.parts.get("ask", ())):
            taken.setdefault(span.passage, []).append(span)
    why = {note.span: note.reason for note in notes}
    bare = {
        _row(draft.what, reading) for draft in drafts if draft.form is Form.ROW and _TELLING.isdisjoint(draft.parts)
    } - {None}  # rows that may be struck out
    rows: dict[tuple[int, int], float] = {}
    shared: dict[int, float] = {}  # of what stands around units, which `features` keeps
    added: list[tuple[Span, float]] = []

    def details(unit: Span) -> bool:
        """A point is one proposition: a further sentence that no rule saw says more of it."""
        is_point = reading.passages[unit.passage].kind is PassageKind.ITEM
        return is_point and (unit.passage in taken or (bool(added) and added[-1][0].passage == unit.passage))

    for unit, position in iter_units(reading):
        row = _row(unit, reading)
        is_used = unit.passage in used
        if row:
            if is_used and row not in bare:
                continue
        elif is_used or any(_meet(what, unit) for what in taken.get(unit.passage, ())):
            continue
        around = features.around(unit)
        if id(around) not in shared:
            shared[id(around)] = weights.bias + weights.total(around)
        score = shared[id(around)] + weights.total(features.own(unit, position))
        if row:
            rows[row] = max(score, rows.get(row, score))
        if score < ADDS or is_used or (row and unit.passage in taken) or details(unit):
            continue
        is_against = why.get(unit) in _SAYS_WHAT_IT_IS or _is_past(reading.text(unit))
        if score >= ADDS_AGAINST or not is_against:
            added.append((unit, score))
    kept: list[Draft] = []
    struck: list[Draft] = []
    for draft in drafts:
        row = _row(draft.what, reading) if draft.form is Form.ROW else None
        (struck if row in bare and row in rows and rows[row] < STRIKES else kept).append(draft)
    full = {row for draft in kept if (row := _row(draft.what, reading))}
    for unit, _ in _best_of_rows(added, reading, full):
        kept.append(_make(unit, features.lead_of(unit), reading, rules, tentative=tentative))
    return _join_neighbours(kept, reading), [Note(draft.what, "unlike-a-proposition") for draft in struck]


def _join_neighbours(drafts: Sequence[Draft], reading: Reading) -> list[Draft]:
    """Make one of two sentences that stand together, one of them added, where the second goes on about the first."""
    joined: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: draft.what):
        before = joined[-1] if joined else None
        whole = _join(before, draft, reading) if before else None
        joined[len(joined) - bool(whole) :] = [whole or draft]
    return joined


def _join(before: Draft, draft: Draft, reading: Reading) -> Draft | None:
    if before.what.passage != draft.what.passage or _RULE not in (before.rule, draft.rule):
        return None
    if draft.rule == _RULE and tells_more_of(before, draft.what, reading):
        return replace(before, scope=(*before.scope, draft.what))
    return join(before, draft, reading)


def _is_past(text: str) -> bool:
    """Say whether a sentence tells of the past alone."""
    return _PAST.search(text) is not None and _NOT_PAST.search(text) is None


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _row(span: Span, reading: Reading) -> tuple[int, int] | None:
    cell = reading.passages[span.passage].cell
    return (cell.table, cell.row) if cell else None


def _best_of_rows(
    added: Sequence[tuple[Span, float]], reading: Reading, taken: set[tuple[int, int]]
) -> list[tuple[Span, float]]:
    """Leave each row of a table its best cell, and a row that is a proposition already none."""
    best: dict[tuple[int, int], tuple[Span, float]] = {}
    kept = []
    for unit, score in added:
        row = _row(unit, reading)
        if row is None:
            kept.append((unit, score))
        elif row not in taken and (row not in best or score > best[row][1]):
            best[row] = (unit, score)
    return [*kept, *best.values()]


def _main_clause(unit: Span, reading: Reading, rules: PropositionRules) -> Clause | None:
    """Return the first clause whose subject names a body, else the first."""
    clauses = find_clauses_of(unit, reading, rules)
    named = (
        clause
        for clause in clauses
        if any(
            reading.type_of(mention) in BODIES
            for mention in reading.mentions_in(Span(unit.passage, clause.subject_start, clause.subject_end))
        )
    )
    return next(named, clauses[0] if clauses else None)


def _make(unit: Span, lead: int | None, reading: Reading, rules: PropositionRules, *, tentative: bool) -> Draft:
    """Return the proposition of a unit that no rule saw: who promises or is asked follows from its first clause."""
    passage = reading.passages[unit.passage]
    clause = _main_clause(unit, reading, rules)
    trigger = Trigger.WILL
    actors: tuple[Span, ...] = ()
    parts: dict[str, tuple[Span, ...]] = {}
    if clause is not None:
        trigger = Trigger.ASKS if clause.trigger is Trigger.SHOULD else clause.trigger
        if clause.trigger is not Trigger.SHOULD and clause.subject_end > clause.subject_start:
            actors = (Span(unit.passage, clause.subject_start, clause.subject_end),)
            if passage.text[clause.subject_start : clause.subject_end].lower() in ("it", "they"):
                actors = find_antecedent(unit, reading) or actors
    elif lead is not None:
        led = read_lead(lead, reading, rules)
        if led.kind in (LeadKind.PROMISE, LeadKind.ASK):
            trigger = led.trigger or trigger
            actors = (led.subject,) if led.subject else ()
            parts = {"lead-words": (led.span,)}
    status = find_status(reading.text(unit), rules, None if trigger in (Trigger.WILL, Trigger.ASKS) else trigger)
    return Draft(
        form=Form.ITEM if passage.kind is PassageKind.ITEM else Form.SENTENCE,
        rule=_RULE,
        what=unit,
        actors=actors,
        trigger=trigger,
        status=status.of_draft(tentative),
        scope=(unit,),
        parts=parts,
    )
