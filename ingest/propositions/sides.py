"""Propositions from a table of sides: "Government will | Industry will", each cell what that side undertakes."""

import re

from graph.model import Passage
from ingest.propositions.clauses import Trigger
from ingest.propositions.grids import Grid, find_roles, is_header_row, iter_lines
from ingest.propositions.rules import PropositionRules
from ingest.propositions.status import find_status
from ingest.propositions.types import Draft, Form, Reading

# "Government will", "What the industry will do", "The sector's commitments", "Commitments from Government".
_SIDE = re.compile(
    r"(?i)(?:what )?+(?:the )?+(?!(?:it|this|that|they|we|you|things?) )[\w&' -]{2,60}? (?:has |have )?"
    r"(?:will(?: do)?|(?:is|are) to(?: do)?|(?:agree[sd]?|commits?|committed|undertakes?|promise[sd]?)(?: to)?)\W*"
)
_OWNED = re.compile(
    r"(?i)(?:the )?[\w&' -]{2,60}?(?:'s?)? (?:commitments?|undertakings?|pledges?)|"
    r"(?:commitments?|undertakings?|pledges?) (?:by|from|of) [\w&' -]{2,60}"
)
_NO_SIDE = re.compile(r"(?i)(?:when|how|why|status|key|our|main|previous|new|past)\b")
_OF_ROWS = frozenset({"name", "ask", "how", "partners", "lead", "departments"})  # columns that make a row one proposal
_FEWEST = 2  # words of a line that says something
_SIDES = 2  # columns that only their nouns ("Industry commitments") make sides


def find_sides(grid: Grid, reading: Reading, rules: PropositionRules, *, tentative: bool) -> list[Draft]:
    """Return the propositions of a table whose headings say who will do what its cells say, line by line in order.

    One heading with a verb ("Government will") is enough; of those with a noun ("Industry commitments") it takes two.
    """
    heads = {column: passage for column, passage in _headings(grid) if not _NO_SIDE.match(passage.text.strip())}
    roles = find_roles(grid, rules)
    sides = {column: head for column, head in heads.items() if _SIDE.fullmatch(head.text.strip())}
    owned = {column: head for column, head in heads.items() if _OWNED.fullmatch(head.text.strip())}
    if len(sides) + len(owned) >= _SIDES:
        sides |= owned
    if any(role in _OF_ROWS for column, role in roles.items() if column not in sides):
        return []
    drafts: list[Draft] = []
    for number in range(1, grid.rows + 1) if sides else ():
        row = grid.row(number)
        for column, passage in row if not is_header_row(row) else ():
            head = sides.get(column)
            if head is None or rules.empty_cell.match(passage.text):
                continue
            actors = (reading.whole(head.ordinal),)
            for what in iter_lines(passage, least=_FEWEST):
                line = reading.text(what)
                if rules.procedural_phrase.match(line):
                    continue
                status = find_status(line, rules, None).of_draft(tentative)
                drafts.append(Draft(
                    form=Form.ROW, rule="row.side", what=what, actors=actors, trigger=Trigger.WILL, status=status,
                    scope=(what,),
                ))  # fmt: skip
    return drafts


def _headings(grid: Grid) -> list[tuple[int, Passage]]:
    row = grid.row(1)
    return row if is_header_row(row) else []
