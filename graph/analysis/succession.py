"""Who holds a department's work on a date, by the moves that the register and the documents tell.

A body that exists on the date holds its work itself, less what moved away since; where it has ended, its work went
where its last moves went, and on from there until a body is reached that exists. Before a body began, its forerunners
held it.
"""

import re
from collections.abc import Callable, Sequence

from graph.analysis.index import Index, sources_of
from graph.analysis.model import Holder, Ref, Succession
from graph.analysis.wording import find_terms
from graph.analysis.words import join
from graph.model import Relation

_ID = re.compile(r"\b[a-z]+:[a-z0-9]")
_REMARK = re.compile(r"\s*\([^()]*\)")
_MOST_MOVES = 12  # in a row; departments have had fewer since 1945


def find_holder(index: Index, department_id: str, on: str, *, since: str = "") -> Holder:
    """Return who holds a department's work on a date (ISO, perhaps partial: then by its end).

    `since` is the date of the text that names it: what moved away before is no longer meant."""
    ref = index.ref(department_id)
    start, end = index.text(department_id, "start"), index.text(department_id, "end")
    if start and not _by(start, on):
        holders, steps = _walk(index, department_id, on, _forerunners, "start")
        names = join(item.name for item in holders) or "no body that the register knows"
        return Holder(ref, on, holders, steps, f"{ref.name}: did not exist yet on {on}; its work was with {names}.")
    if not _ended(index, department_id, on):
        moved = tuple(step for step in _steps(index, _later(index, department_id)) if _by(step.date, on))
        moved = tuple(step for step in moved if step.date > since)
        says = f"{ref.name}: holds its work itself on {on}"
        says += "".join(f"; to {step.after.name} on {step.date}: {step.moved or 'some of its work'}" for step in moved)
        return Holder(ref, on, (ref,), moved, says + ".")
    holders, steps = _walk(index, department_id, on, _later, "end")
    if not holders:
        return Holder(
            ref, on, (), (), f"{ref.name}: ended{f' on {end}' if end else ''}; no successor is known by {on}."
        )
    return Holder(
        ref, on, holders, steps, f"{ref.name}: its work is with {_names(index, ref, holders, steps)} on {on}."
    )


def _names(index: Index, ref: Ref, holders: Sequence[Ref], steps: Sequence[Succession]) -> str:
    """Return the names of holders, each with what came to it where there are several.

    One that took its forerunner's name again says since when."""
    told = []
    for item in holders:
        remarks = [f"the one since {index.text(item.id, 'start')}"] if item.name == ref.name else []
        moved = dict.fromkeys(matter(step.moved) for step in steps if step.after.id == item.id)
        remarks += [text for text in moved if text] if len(holders) > 1 else []
        told.append(f"{item.name} ({'; '.join(remarks)})" if remarks else item.name)
    return join(told)


def matter(moved: str) -> str:
    """Return what a move was about, without what the register remarks on it."""
    return _REMARK.sub("", moved.partition(";")[0]).strip()


def _by(date: str, on: str) -> bool:
    """Say whether a date has come by another: a partial one counts to its end."""
    return date[: len(on)] <= on


def _ended(index: Index, department_id: str, on: str) -> bool:
    end = index.text(department_id, "end")
    if end:
        return _by(end, on)
    # Without an end in the register, a document's plain "X became Y" ends it; a register's partial move does not.
    return any(
        relation.evidence and not relation.properties.get("what_moved") and _by(_date(index, relation), on)
        for relation in _later(index, department_id)
    )


def _date(index: Index, relation: Relation) -> str:
    """Return the date of a move; one without a date happened when the heir began, as far as anybody says."""
    return str(relation.properties.get("date", "")) or index.text(relation.target_id, "start")


def _later(index: Index, department_id: str) -> tuple[Relation, ...]:
    """Return the moves from a department; one dated before it began is a slip of the text, and left out."""
    start = index.text(department_id, "start")
    return tuple(item for item in index.out(department_id, "SUCCEEDED_BY") if _date(index, item) >= start)


def _forerunners(index: Index, department_id: str) -> tuple[Relation, ...]:
    return index.into(department_id, "SUCCEEDED_BY")


def _walk(
    index: Index, start: str, on: str, moves: Callable[[Index, str], tuple[Relation, ...]], way: str
) -> tuple[tuple[Ref, ...], tuple[Succession, ...]]:
    """Follow moves forward (`way` "end", those by the date) or back ("start", those after it) to bodies that exist."""
    holders: dict[str, None] = {}
    steps: dict[Succession, None] = {}
    level, seen = [start], {start}
    brought: dict[str, frozenset[str]] = {}  # words of the work that came to a body on the way
    for _ in range(_MOST_MOVES):
        following: list[str] = []
        for body in level:
            past = [item for item in moves(index, body) if _by(_date(index, item), on) is (way == "end")]
            if way == "end":
                past = _of_the_same(_last(index, body, past), brought.get(body, frozenset()))
            for relation in past:
                other = relation.target_id if way == "end" else relation.source_id
                brought[other] = brought.get(other, frozenset()) | _words(relation)
                steps.update(dict.fromkeys(_steps(index, [relation])))
                gone = _ended(index, other, on) if way == "end" else not _by(index.text(other, "start"), on)
                if not gone:
                    holders[other] = None
                elif other not in seen:
                    following.append(other)
                    seen.add(other)
        level = following
    return tuple(index.ref(item) for item in sorted(holders)), _joined(steps)


def _of_the_same(moves: list[Relation], brought: frozenset[str]) -> list[Relation]:
    """Return the moves that are about the work that is followed, all of them where none tells.

    A body that was split hands each part on: science that came with energy went where science went."""
    return [item for item in moves if _words(item) & brought] or moves


def _words(relation: Relation) -> frozenset[str]:
    return frozenset(find_terms(matter(_moved(relation))))


def _last(index: Index, body: str, moves: Sequence[Relation]) -> list[Relation]:
    """Return the moves with which a body ended: those on its last day, else those of the latest date there is."""
    end = index.text(body, "end") or max((_date(index, item) for item in moves), default="")
    on_end = [item for item in moves if _by(_date(index, item), end) and _by(end, _date(index, item))]
    latest = max((_date(index, item) for item in moves), default="")
    return on_end or [item for item in moves if _date(index, item) == latest]


def _steps(index: Index, relations: Sequence[Relation]) -> list[Succession]:
    return [
        Succession(
            index.ref(relation.source_id),
            index.ref(relation.target_id),
            _date(index, relation),
            _moved(relation),
            index.cite([relation]),
            sources_of([relation]),
        )
        for relation in relations
    ]


def _moved(relation: Relation) -> str:
    """Return what moved, in words, without the bodies whose sponsorship moved with it (ids of the register)."""
    clauses = [clause.strip() for clause in str(relation.properties.get("what_moved", "")).split(";")]
    clauses = [clause.partition(": ")[0] if _ID.search(clause) else clause for clause in clauses]
    return "; ".join(clause for clause in clauses if clause and not _ID.search(clause))


def _joined(steps: dict[Succession, None]) -> tuple[Succession, ...]:
    """Return steps by date; what register and documents tell of one move is one step."""
    found: dict[tuple[str, str, str], Succession] = {}
    for step in steps:
        key = (step.before.id, step.after.id, step.date)
        held = found.get(key)
        found[key] = (
            step
            if held is None
            else Succession(
                held.before,
                held.after,
                held.date,
                held.moved or step.moved,
                (*held.evidence, *step.evidence),
                (*held.sources, *step.sources),
            )
        )
    return tuple(sorted(found.values(), key=lambda step: (step.date, step.before.id, step.after.id)))
