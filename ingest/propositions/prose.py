"""Propositions of a sentence: what it asks, what it promises, what it says that there are plans for."""

import re
from dataclasses import dataclass

from ingest.propositions.asks import (
    find_ask,
    find_further_asks,
    find_question,
    find_standing_plan,
    is_call,
)
from ingest.propositions.clauses import Clause, Trigger
from ingest.propositions.judge import ASKED, judge
from ingest.propositions.rules import PropositionRules
from ingest.propositions.sequels import find_antecedent
from ingest.propositions.status import find_status
from ingest.propositions.subjects import find_clauses_of
from ingest.propositions.types import Draft, Form, Reading, Span

_LEADS_ON = re.compile(r"[,;]?(?:\s+(?:and|but))?\s+$")
_LEADS_IT = re.compile(
    r"(?i)(?:lead|deliver|run|oversee|manage|take forward|be responsible for)\s+(?:it|this|them|these)\b"
)
_IT = re.compile(r"(?i)(?:it|they)$")
_OF_US = re.compile(r"(?i)it$")  # "it" stands for no "we"
_VERB_AND_CONJUNCTION = 2  # words of a promise that has no object of its own yet


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence gives: `drafts`, else the `reason` it gives none; `leader` leads the proposition before."""

    drafts: tuple[Draft, ...] = ()
    reason: str = ""
    leader: Span | None = None


def read_sentence(
    span: Span, reading: Reading, rules: PropositionRules, *, before: Draft | None, owned_by_government: bool
) -> Sentence:
    """Judge one sentence; `before` is the proposition that stands just before it in the passage, if any."""
    asked = _read_asks(span, reading, rules, owned_by_government=owned_by_government)
    if asked:
        return Sentence(asked)
    text = reading.passages[span.passage].text
    reasons: list[str] = []
    taken: list[tuple[Clause, str]] = []
    leader: Span | None = None
    for clause in find_clauses_of(span, reading, rules, told=reading.genre == "minutes"):
        if before and _LEADS_IT.match(text, clause.verb_start):
            leader = Span(span.passage, clause.subject_start, clause.subject_end)
            reasons.append("leads-the-one-before")
            continue
        follows = before is not None and _goes_on(clause, text, before)
        verdict = judge(clause, span, reading, rules, owned_by_government=owned_by_government, follows_promise=follows)
        if clause.carried and reasons and not taken and (not verdict.taken or clause.verb in rules.verbs.effect):
            reasons.append(reasons[0])  # goes with what was passed over: "will meet yearly and will ensure …"
        elif verdict.taken and not (taken and _adds_nothing(text, taken[-1][0], clause)):
            taken.append((clause, verdict.why))
        else:
            reasons.append(verdict.why)
    if not taken:
        plan = find_standing_plan(span, reading)
        return Sentence((plan,)) if plan else Sentence(reason=reasons[0] if reasons else "no-promise", leader=leader)
    return Sentence(_make_drafts(span, taken, reading, rules, before=before, has_other_clauses=bool(reasons)))


def _read_asks(
    span: Span, reading: Reading, rules: PropositionRules, *, owned_by_government: bool
) -> tuple[Draft, ...]:
    """Return an ask for each body asked: the sentence is cut where another one is asked for something else."""
    if not owned_by_government:
        questioned = find_question(span, reading, rules)
        if questioned is not None:
            return (_ask(span, questioned, "sentence.will-you", reading, rules),)
    first = find_ask(span, reading, rules, owned_by_government=owned_by_government)
    if first is None:
        if owned_by_government or not is_call(span, reading):
            return ()
        return (_ask(span, (), "sentence.calls-for", reading, rules),)
    text = reading.passages[span.passage].text
    further = find_further_asks(span, first, reading)
    starts = [span.start, *(start for start, _ in further)]
    ends = [*starts[1:], span.end]
    asked = [first, *(who for _, who in further)]
    return tuple(
        _ask(_trim(Span(span.passage, start, end), text), (who,), "sentence.asks", reading, rules)
        for start, end, who in zip(starts, ends, asked, strict=True)
    )


def _trim(span: Span, text: str) -> Span:
    """Leave out the "and" that only leads on to the next promise of the sentence."""
    leads_on = _LEADS_ON.search(text[: span.end], span.start)
    return Span(span.passage, span.start, leads_on.start()) if leads_on else span


def _ask(what: Span, actors: tuple[Span, ...], rule: str, reading: Reading, rules: PropositionRules) -> Draft:
    status = find_status(reading.text(what), rules, None)
    return Draft(Form.SENTENCE, rule, what, actors=actors, trigger=Trigger.ASKS, status=status, scope=(what,))


def _goes_on(clause: Clause, text: str, before: Draft) -> bool:
    """Say whether "It will also …" goes on with what the subject of the proposition before promises."""
    is_it = _IT.match(text[clause.subject_start : clause.subject_end]) is not None
    by_body = before.rule in ("sentence.will-body", "sentence.will-place", "sentence.will-we")
    if before.rule == "sentence.will-we" and _OF_US.match(text[clause.subject_start : clause.subject_end]):
        return False
    return is_it and (by_body or before.form is Form.ITEM)


def _adds_nothing(text: str, before: Clause, clause: Clause) -> bool:
    """A second promise of a sentence counts where its subject is carried or new and the first has an object."""
    if clause.carried:  # "will provide and will promote an offer"
        return len(text[before.verb_start : clause.start].split()) <= _VERB_AND_CONJUNCTION
    return clause.subject_start == before.subject_start


def _make_drafts(
    span: Span,
    taken: list[tuple[Clause, str]],
    reading: Reading,
    rules: PropositionRules,
    *,
    before: Draft | None,
    has_other_clauses: bool,
) -> tuple[Draft, ...]:
    """Cut the sentence between its promises: each goes from its own first word to the next one's."""
    text = reading.passages[span.passage].text
    drafts = []
    for index, (clause, why) in enumerate(taken):
        start = span.start if index == 0 and not has_other_clauses else clause.start
        end = taken[index + 1][0].start if index + 1 < len(taken) else clause.end
        what = _trim(Span(span.passage, start, end), text)
        actors: tuple[Span, ...] = (Span(span.passage, clause.subject_start, clause.subject_end),)
        if before and _goes_on(clause, text, before):
            actors = before.actors
        elif _IT.match(text[clause.subject_start : clause.subject_end]):
            actors = find_antecedent(span, reading) or actors
        status = find_status(text[start:end], rules, clause.trigger)
        drafts.append(
            Draft(
                form=Form.SENTENCE,
                rule=f"sentence.{why}",
                what=what,
                actors=actors,
                trigger=Trigger.ASKS if clause.trigger is Trigger.SHOULD or why == ASKED else clause.trigger,
                status=status,
                scope=(what,),
            )
        )
    return tuple(drafts)
