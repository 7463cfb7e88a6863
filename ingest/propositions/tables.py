"""Propositions from tables: rows of a proposition table, boxes of label and value, rows that hold a promise."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.model import Passage
from ingest.propositions.clauses import Trigger
from ingest.propositions.judge import find_status
from ingest.propositions.rules import PropositionRules
from ingest.propositions.types import Draft, Form, Note, Reading, Span, Status

_NAMES = re.compile(
    r"(?i)\b(?:propositions?|proposals?|projects?|schemes?|initiatives?|asks?|priorit(?:y|ies)|interventions?)\b"
)
_MAIN = ("what", "ask", "name")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the document: passage ordinals by (row, column), spans unfolded; `header_rows` lead it."""

    cells: Mapping[tuple[int, int], int]
    rows: int
    columns: int
    headers: Mapping[int, str]
    passages: tuple[int, ...]


def read_grids(passages: Sequence[Passage]) -> dict[int, Grid]:
    """Return the tables of a document by number."""
    by_table: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.cell:
            by_table.setdefault(passage.cell.table, []).append(passage)
    grids = {}
    for table, members in by_table.items():
        cells: dict[tuple[int, int], int] = {}
        headers: dict[int, str] = {}
        for passage in members:
            cell = passage.cell
            assert cell is not None
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    cells.setdefault((row, column), passage.ordinal)
            if cell.header and not cell.is_header:
                for column in range(cell.column, cell.column + (cell.column_span if cell.column_span < 3 else 1)):
                    headers.setdefault(column, cell.header)
        grids[table] = Grid(
            cells,
            max(row for row, _ in cells),
            max(column for _, column in cells),
            headers,
            tuple(p.ordinal for p in members),
        )
    return grids


def find_roles(grid: Grid, reading: Reading, rules: PropositionRules) -> dict[int, str]:
    """Return the role of each column whose heading fits one; a role is given once, to the heading that fits first."""
    roles: dict[int, str] = {}
    headers = dict(grid.headers)
    for ordinal in grid.passages:
        cell = reading.passages[ordinal].cell
        if cell and cell.is_header and cell.row == 1:
            headers.setdefault(cell.column, reading.passages[ordinal].text)
    ordered = sorted(headers.items())
    for role, pattern in rules.roles.items():
        for column, heading in ordered:
            if (
                column not in roles
                and pattern.search(heading.strip())
                and (role not in roles.values() or role in ("partners", "place"))
            ):
                roles[column] = role
    return _repair(roles, headers)


def _repair(roles: dict[int, str], headers: Mapping[int, str]) -> dict[int, str]:
    """A table of propositions needs a name and a what: "Action" alone names, "Priority | Action" says what."""
    if "what" in roles.values() and "name" not in roles.values() and "ask" not in roles.values():
        return roles
    return roles


def find_rows(
    grid: Grid, reading: Reading, rules: PropositionRules, *, tentative: bool
) -> tuple[list[Draft], list[Note]] | None:
    """Return the propositions of a table, or None where it is not a table of propositions."""
    roles = find_roles(grid, reading, rules)
    kinds = set(roles.values())
    heads = " ".join(grid.headers.values()) or " ".join(
        reading.passages[o].text for o in grid.passages if (c := reading.passages[o].cell) and c.row == 1
    )
    is_table = (
        "ask" in kinds
        or ("what" in kinds and ("name" in kinds or len(kinds) >= 2))
        or ("name" in kinds and _NAMES.search(heads) is not None and len(kinds) >= 2)
    )
    if (
        not is_table
        or (rules.refused_headers.search(heads) and "ask" not in kinds and "what" not in kinds)
        or re.search(r"(?i)\bmilestones?\b|\brisks?\b", heads)
    ):
        return None
    drafts: list[Draft] = []
    notes: list[Note] = []
    for row in range(1, grid.rows + 1):
        found = _row(grid, row, roles, reading, rules, tentative=tentative)
        if isinstance(found, Draft):
            drafts.append(found)
        elif found:
            notes.append(found)
    return drafts, notes


def _row(
    grid: Grid, row: int, roles: Mapping[int, str], reading: Reading, rules: PropositionRules, *, tentative: bool
) -> Draft | Note | None:
    parts: dict[str, list[Span]] = {}
    seen: list[int] = []
    for column in range(1, grid.columns + 1):
        ordinal = grid.cells.get((row, column))
        if ordinal is None or ordinal in seen:
            continue
        cell = reading.passages[ordinal].cell
        assert cell is not None
        if cell.column_span == grid.columns > 1:
            return Note(reading.whole(ordinal), "section-row")
        if (
            cell.is_header
            and cell.row == row
            and all(
                reading.passages[o].cell.is_header
                for c in range(1, grid.columns + 1)
                if (o := grid.cells.get((row, c))) is not None
            )
        ):  # type: ignore[union-attr]
            return None
        seen.append(ordinal)
        role = roles.get(column, "other")
        if not rules.empty_cell.match(reading.passages[ordinal].text):
            parts.setdefault(role, []).append(reading.whole(ordinal))
    main = next((parts[role][0] for role in _MAIN if parts.get(role)), None)
    if not seen or main is None:
        return Note(reading.whole(seen[0]), "row-without-action") if seen else None
    status_text = " ".join(reading.text(span) for span in parts.get("status", ()))
    if rules.done_cell.match(status_text):
        return Note(main, "done")
    name = parts.get("name", [None])[0]
    what = parts["what"][0] if "what" in parts else main
    words = " ".join(reading.text(span) for role in ("name", "what") for span in parts.get(role, ()))
    status = find_status(words, rules, None)
    if tentative and status is Status.FIRM:
        status = Status.TENTATIVE
    own_row = tuple(
        span for role in sorted(parts) if role not in ("status", "ref", "date", "foundation") for span in parts[role]
    )
    return Draft(
        form=Form.ROW, rule="row", what=what, name=name, parts={role: tuple(spans) for role, spans in sorted(parts.items())},
        trigger=Trigger.ASKS if "ask" in parts else Trigger.WILL, status=status, scope=own_row,
    )  # fmt: skip


_LABELS: tuple[tuple[str, str], ...] = (
    ("name", r"(?i)^(?:proposition|proposal|project|scheme|initiative|title|name|ask title)\W*$"),
    ("what", r"(?i)^(?:what|what we will do|what is it|description|action|our offer|the offer|summary|what we propose)\W*$"),
    ("why", r"(?i)^(?:why|rationale|evidence|the case|need|case for change|the challenge|strategic case)\W*$"),
    ("how", r"(?i)^(?:how|delivery|approach|how we will do it|mechanism|next steps)\W*$"),
    ("ask", r"(?i)^(?:ask|asks|the ask|our ask|ask of government|ask of hmg|what we need|what we ask|request|government support|what we need from government)\W*$"),
    ("partners", r"(?i)^(?:partners?|delivery partners?|who|with whom|promoter)\W*$"),
    ("lead", r"(?i)^(?:lead|led by|owner|lead organisation|lead partner)\W*$"),
    ("departments", r"(?i)^(?:departments?|lead departments?|of whom|asked of)\W*$"),
    ("money", r"(?i)^(?:money|cost|funding|value|budget)\W*$"),
    ("place", r"(?i)^(?:place|location|where|area)\W*$"),
    ("date", r"(?i)^(?:when|timescale|timing|date|by when)\W*$"),
    ("foundation", r"(?i)^(?:foundation|theme|pillar)\W*$"),
)  # fmt: skip


def find_boxes(grid: Grid, reading: Reading, rules: PropositionRules, *, tentative: bool) -> list[Draft]:
    """Return the propositions of a table of label and value: one for each `what` or `ask`, with the labels around it."""
    if grid.columns < 2 or grid.columns > 3:
        return []
    groups: list[dict[str, list[Span]]] = [{}]
    for row in range(1, grid.rows + 1):
        label, value = grid.cells.get((row, 1)), grid.cells.get((row, 2))
        if label is None or value is None or label == value:
            continue
        role = find_label(reading.passages[label].text)
        if role is None:
            continue
        if (role == "name" and groups[-1]) or role in groups[-1]:
            groups.append({})
        groups[-1].setdefault(role, []).append(reading.whole(value))
    return [draft for group in groups if (draft := draft_from_labels(group, reading, rules, tentative=tentative))]


def find_label(text: str) -> str | None:
    """Return the role that a label names, or None."""
    stripped = text.strip()
    return (
        next((role for role, pattern in _LABELS if re.match(pattern, stripped)), None) if len(stripped) <= 40 else None
    )


def draft_from_labels(
    group: Mapping[str, Sequence[Span]], reading: Reading, rules: PropositionRules, *, tentative: bool
) -> Draft | None:
    """Return the proposition that labelled stretches make together: it needs a `what` or an `ask` and one label more."""
    parts = {
        role: tuple(span for span in spans if not rules.empty_cell.match(reading.text(span)))
        for role, spans in sorted(group.items())
    }
    parts = {role: spans for role, spans in parts.items() if spans}
    if len(parts) < 2 or not ({"what", "ask"} & set(parts)):
        return None
    what = parts.get("what", parts.get("ask", ()))[0]
    status = find_status(reading.text(what), rules, None)
    return Draft(
        form=Form.LABELLED, rule="labelled", what=what, name=parts.get("name", (None,))[0], parts=parts,
        trigger=Trigger.ASKS if "ask" in parts else Trigger.WILL,
        status=Status.TENTATIVE if tentative and status is Status.FIRM else status,
        scope=tuple(span for spans in parts.values() for span in spans),
    )  # fmt: skip
