"""Propositions from the rows of a table: "Proposition | What | Why | How | Ask" under any sensible headings."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from graph.model import Passage
from ingest.propositions.clauses import Trigger, find_clauses
from ingest.propositions.doers import find_doers
from ingest.propositions.grids import Grid, find_roles, is_header_row, iter_lines
from ingest.propositions.leads import Lead, LeadKind
from ingest.propositions.points import find_verb
from ingest.propositions.rules import PropositionRules
from ingest.propositions.status import find_status
from ingest.propositions.types import BODIES, Draft, Form, Note, Reading, Span, join_parts

# Headings that make rows propositions whatever their cells say; "What | When" alone may be a list of dates.
_SAYING = frozenset(
    {"ask", "why", "how", "partners", "lead", "departments", "money", "place", "foundation", "strategy"}
)
_TELLING = frozenset({"ask", "why", "how"})
_UNTOLD = ("date", "other", None)  # roles that cells full of departments outweigh
_UNSURE = ("how", "why", "name", "partners", None)  # roles that actions in the cells outweigh
_LEADING = re.compile(r"(?i)\b(?:lead\w*|led|owners?|responsib\w+|accountab\w+)\b")
_PARTIES = frozenset({"lead", "partners", "departments", "money"})
_FEWEST, _SELDOM, _MOSTLY, _ALWAYS = 3, 0.3, 0.4, 0.7  # cells of a column, and shares of them
_TOLD = 40  # characters: a cell of this length says something, a shorter one names it
_MAIN = ("what", "ask", "name")
_ACTIONS = re.compile(r"(?i)\bactions?\b")  # with who leads it: a plan of action; in minutes, errands
_TIMED = ({"date", "name"}, {"date", "what"})
_TIMED_ACTIONS = re.compile(r"(?i)(?:key |our |planned )?(?:actions?|commitments?|deliverables?)")
_ACTION = Lead(LeadKind.PROMISE, Span(0, 0, 0), "action")
_NOT_SCOPE = frozenset({"status", "ref", "date", "foundation", "strategy"})


def find_rows(
    grid: Grid, reading: Reading, rules: PropositionRules, *, tentative: bool
) -> tuple[list[Draft], list[Note]] | None:
    """Return the propositions of a table, or None where it is not a table of propositions."""
    roles = _by_content(find_roles(grid, rules), grid, reading, rules)
    if grid.columns == len(roles) and set(roles.values()) in _TIMED and reading.genre != "minutes":
        timed = _timed(grid, roles, reading, rules, tentative=tentative)
        if timed:
            return timed, []
    kinds = set(roles.values())
    headings = " | ".join(heading for _, heading in sorted(grid.headings.items()))
    is_plan = bool(kinds & _PARTIES) and _is_plan_of_action(grid, roles, headings, reading, rules)
    if not _lists_propositions(kinds, headings, rules, is_plan=is_plan):
        return None
    drafts: list[Draft] = []
    notes: list[Note] = []
    for number in range(1, grid.rows + 1):
        found = _row(grid, number, roles, reading, rules, tentative=tentative, is_plan=is_plan)
        if isinstance(found, Draft):
            drafts.append(found)
        elif found:
            notes.append(found)
    return drafts, notes


def _timed(
    grid: Grid, roles: Mapping[int, str], reading: Reading, rules: PropositionRules, *, tentative: bool
) -> list[Draft]:
    """Return the propositions of a table "Timing | Actions": each line of a cell is one, done by then."""
    named = next(column for column, role in roles.items() if role != "date")
    if not _TIMED_ACTIONS.fullmatch(grid.headings.get(named, "").strip()):
        return []
    drafts = []
    for number in range(1, grid.rows + 1):
        row = grid.row(number)
        when = tuple(reading.whole(passage.ordinal) for at, passage in row if roles.get(at) == "date")
        for at, passage in row if not is_header_row(row) else ():
            for what in iter_lines(passage, least=_FEWEST) if at == named else ():
                status = find_status(reading.text(what), rules, None)
                drafts.append(Draft(
                    form=Form.ROW, rule="row.timed", what=what, parts={"date": when}, trigger=Trigger.WILL,
                    actors=_promising(what, reading, rules), scope=(what,),
                    status=status.of_draft(tentative),
                ))  # fmt: skip
    return drafts


def _by_content(roles: Mapping[int, str], grid: Grid, reading: Reading, rules: PropositionRules) -> dict[int, str]:
    """Correct the roles by what the columns hold: actions are what is done, "BEIS to say …" is an ask.

    Headings of one's own making ("How it would be done", "What would unlock it") mislead; a column of verb-first cells
    is the `what` where the column so headed has none, a column of departments with "to" and a verb is the `ask`, and
    one of departments alone beside an `ask` says whom it asks ("To", "Whom we ask").
    """
    found = dict(roles)
    told = {
        column: [reading.whole(passage.ordinal) for row in range(1, grid.rows + 1) for at, passage in grid.row(row)
                 if at == column and not (passage.cell and passage.cell.is_header)
                 and not rules.empty_cell.match(passage.text)]
        for column in range(1, grid.columns + 1)
    }  # fmt: skip
    asking = {column: _share(spans, lambda span: _is_asked(span, reading)) for column, spans in told.items()}
    for column, share in asking.items():
        if share >= _MOSTLY and "ask" not in found.values() and found.get(column) not in ("name", "ref"):
            found[column] = "ask"
    if "ask" in found.values() and "departments" not in found.values():
        addressed = (
            column for column, spans in told.items()
            if found.get(column) in _UNTOLD and _share(spans, lambda span: _is_of_departments(span, reading)) >= _ALWAYS
        )  # fmt: skip
        found.update(dict.fromkeys(list(addressed)[:1], "departments"))
    acting = {column: _share(spans, lambda span: _acts(span, reading, rules)) for column, spans in told.items()}
    named = next((column for column, role in found.items() if role == "what"), None)
    if named is None or acting[named] < _SELDOM:
        free = [column for column in acting if acting[column] >= _ALWAYS and found.get(column) in _UNSURE]
        if free:
            if named is not None:
                found[named] = "other" if "name" in found.values() else "name"
            found[free[0]] = "what"
    return found


def _share(spans: Sequence[Span], holds: Callable[[Span], bool]) -> float:
    return sum(map(holds, spans)) / len(spans) if len(spans) >= _FEWEST else 0.0


def _is_asked(span: Span, reading: Reading) -> bool:
    """Say whether a cell reads "BEIS to say …": a department, then "to" and what it is to do."""
    first = next((m for m in reading.mentions_in(span) if reading.type_of(m) == "Department"), None)
    text = reading.passages[span.passage].text
    return (
        first is not None
        and first.start <= span.start + 4
        and re.match(r"(?:\s*\([^)]*\))?,? to \w", text[first.end : span.end]) is not None
    )


def _is_of_departments(span: Span, reading: Reading) -> bool:
    """Say whether a cell is departments and hardly anything more: "Defra; MHCLG"."""
    found = [m for m in reading.mentions_in(span) if reading.type_of(m) == "Department"]
    named = sum(mention.end - mention.start for mention in found)
    return bool(found) and found[0].start <= span.start + 4 and 2 * named > span.end - span.start


def _lists_propositions(kinds: set[str], headings: str, rules: PropositionRules, *, is_plan: bool) -> bool:
    if rules.other_tables.search(headings):
        return False
    if "ask" in kinds:
        return True
    if rules.refused_headings.search(headings) and not {"what", "name"} <= kinds and not kinds & _PARTIES:
        return False
    return ("what" in kinds and len(kinds) >= 2) or (
        "name" in kinds and len(kinds) >= 2 and (is_plan or rules.naming_headings.search(headings) is not None)
    )


def _is_plan_of_action(
    grid: Grid, roles: Mapping[int, str], headings: str, reading: Reading, rules: PropositionRules
) -> bool:
    """Say whether a table lists actions as verbs ("Dredge the harbour"), not as catchwords; minutes list errands."""
    column = next((column for column, role in roles.items() if role == "name"), None)
    if column is None or reading.genre == "minutes" or not _ACTIONS.search(headings):
        return False
    rows = (grid.row(number) for number in range(1, grid.rows + 1))
    cells = [
        reading.whole(passage.ordinal) for row in rows if not is_header_row(row) for at, passage in row if at == column
    ]
    return bool(cells) and sum(_acts(cell, reading, rules) for cell in cells) * 2 >= len(cells)


def _row(
    grid: Grid,
    number: int,
    roles: Mapping[int, str],
    reading: Reading,
    rules: PropositionRules,
    *,
    tentative: bool,
    is_plan: bool,
) -> Draft | Note | None:
    row = grid.row(number)
    if is_header_row(row) or not row:
        return None
    if rules.total_cell.match(row[0][1].text):
        return Note(reading.whole(row[0][1].ordinal), "total")
    if len(row) == 1 and grid.columns > 1:
        return Note(reading.whole(row[0][1].ordinal), "section-row")
    parts: dict[str, list[Span]] = {}
    for column, passage in row:
        if not rules.empty_cell.match(passage.text):
            span = reading.whole(passage.ordinal)
            is_shared = roles.get(column) == "lead" and _shares(span, grid.headings[column], reading)
            parts.setdefault("partners" if is_shared else roles.get(column, "other"), []).append(span)
    main = _main(parts, reading)
    if main is None or ("ask" not in parts and _says_nothing(row, roles, rules)):
        return Note(reading.whole(row[0][1].ordinal), "row-without-action")
    if not is_plan and not _is_said(main, parts, grid, roles, rules) and not _acts(main, reading, rules):
        return Note(main, "row-without-action")
    if rules.procedural_phrase.match(reading.text(main)):
        return Note(main, "procedure")
    if any(rules.done_cell.match(reading.text(span)) for role in ("status", "date") for span in parts.get(role, ())):
        return Note(main, "done")
    if any(rules.off_cell.match(passage.text) for _, passage in row):
        return Note(main, "withdrawn")
    words = " ".join(reading.text(span) for role in ("name", "what") for span in parts.get(role, ()))
    status = find_status(words, rules, None)
    scope = tuple(span for role in sorted(parts) if role not in _NOT_SCOPE for span in parts[role])
    return Draft(
        form=Form.ROW,
        rule="row",
        what=main,
        name=parts.get("name", [None])[0],
        actors=_promising(main, reading, rules),
        parts={role: tuple(spans) for role, spans in sorted(parts.items())},
        trigger=Trigger.ASKS if "ask" in parts else Trigger.WILL,
        status=status.of_draft(tentative),
        scope=scope,
    )


def _shares(span: Span, heading: str, reading: Reading) -> bool:
    """Say whether several bodies do something together ("Sponsor", "Who will do it"), none of them called the lead."""
    bodies = [m for m in reading.mentions_in(span) if reading.type_of(m) in BODIES]
    return len(bodies) > 1 and _LEADING.search(heading) is None


def _says_nothing(row: Sequence[tuple[int, Passage]], roles: Mapping[int, str], rules: PropositionRules) -> bool:
    """Say whether the cell of what is to be done says in words that nothing is ("None as yet", "Nothing further")."""
    return any(
        roles.get(column) == "what" and rules.empty_cell.match(passage.text) and passage.text.strip("–- n/aNA") != ""
        for column, passage in row
    )


def _promising(main: Span, reading: Reading, rules: PropositionRules) -> tuple[Span, ...]:
    """Return the department that the cell itself says will act, beside those that a column names."""
    clauses = find_clauses(reading.passages[main.passage].text, main.start, main.end, rules.verbs)[:1]
    if not clauses or clauses[0].trigger not in (Trigger.WILL, Trigger.AGREED):
        return ()
    subject = Span(main.passage, clauses[0].subject_start, clauses[0].subject_end)
    departments = (m for m in reading.mentions_in(subject) if reading.type_of(m) == "Department")
    return (subject,) if any(True for _ in departments) else ()


def _main(parts: Mapping[str, list[Span]], reading: Reading) -> Span | None:
    """Return the cell that the row's proposition comes from; a text shared by several rows leaves each its name."""
    for role in _MAIN:
        for span in parts.get(role, ()):
            if role == "name" or "name" not in parts or not _is_shared(reading.passages[span.passage]):
                return span
    return None


def _is_said(
    main: Span, parts: Mapping[str, list[Span]], grid: Grid, roles: Mapping[int, str], rules: PropositionRules
) -> bool:
    """Say whether a row is a proposition by its columns alone, whatever the words of its main cell.

    A row with a name and a what (or an ask, a how, a why) is; one that only names a priority and its theme is not, and
    a name alone is one only in a list of projects, schemes or proposals.
    """
    kinds = set(roles.values())
    if main in parts.get("name", ()):
        named = " ".join(heading for column, heading in grid.headings.items() if roles.get(column) == "name")
        listed = rules.naming_headings.search(named) is not None and bool(kinds & _SAYING)
        return bool(kinds & (_TELLING | {"what"})) or listed
    return bool(kinds & (_TELLING | {"name"})) or (bool(kinds & _SAYING) and main.end - main.start >= _TOLD)


def _is_shared(passage: Passage) -> bool:
    return passage.cell is not None and passage.cell.row_span > 1


def _acts(span: Span, reading: Reading, rules: PropositionRules) -> bool:
    text = reading.passages[span.passage].text
    if find_verb(text, span.start, span.end, rules, gerunds=True) or find_doers(span, _ACTION, reading, rules):
        return True
    return any(clause.verb and not clause.relative for clause in find_clauses(text, span.start, span.end, rules.verbs))


def join_same_names(known: Sequence[Draft], more: Sequence[Draft], reading: Reading) -> list[Draft]:
    """Return `known` with rows or boxes added; one that bears the name of an earlier one says more of that one."""
    joined = list(known)
    named = {known_as: at for at, draft in enumerate(known) if (known_as := _tabled_name(draft, reading))}
    for draft in more:
        index = named.get(_tabled_name(draft, reading))
        if index is None:
            joined.append(draft)
            continue
        first = joined[index]
        told = {role: spans for role, spans in draft.parts.items() if role != "name"}
        says_more = "what" in draft.parts and "what" not in first.parts
        joined[index] = replace(
            first, what=draft.what if says_more else first.what, parts=join_parts(first.parts, told),
            scope=(*first.scope, *draft.scope),
            trigger=Trigger.ASKS if draft.trigger is Trigger.ASKS else first.trigger,
        )  # fmt: skip
    return joined


def _tabled_name(draft: Draft, reading: Reading) -> str:
    is_tabled = draft.name is not None and draft.form in (Form.ROW, Form.LABELLED)
    return " ".join(reading.text(draft.name).casefold().split()) if draft.name and is_tabled else ""
