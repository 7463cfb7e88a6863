"""Looks rows up: by words, by id or name, and along a chain of succession."""

import difflib
from collections.abc import Sequence
from typing import NamedTuple

from graph.errors import AmbiguousEntity, UnknownEntity
from ingest.registers.model import RegisterRelation, RegisterRow, Registers


class Step(NamedTuple):
    """One row of a chain of succession, `depth` steps after (or, below 0, before) the row that was asked for."""

    depth: int
    row: RegisterRow
    date: str | None


def find_rows(registers: Registers, words: str, *, row_type: str | None = None) -> tuple[RegisterRow, ...]:
    """Return the rows whose id, name or one of whose aliases holds every word, the nearest first.

    A whole name comes before a whole alias, that before the beginning of a name, that before the rest; ties by id.
    Case and `&` for `and` make no difference.
    """
    wanted = _fold(words).split()
    scored: list[tuple[int, str, RegisterRow]] = []
    for row in registers.rows.values():
        if row_type is not None and row.type != row_type:
            continue
        names = [_fold(name) for name in (row.name, *row.aliases)]
        if any(all(word in text for word in wanted) for text in (*names, row.id)):
            scored.append((_rank(" ".join(wanted), names, row.id), row.id, row))
    return tuple(row for _, _, row in sorted(scored, key=lambda item: item[:2]))


def require_row(registers: Registers, value: str) -> RegisterRow:
    """Return the row of this id, or of this name or alias where one row alone has it.

    Raises: AmbiguousEntity: several rows have the name.  UnknownEntity: none has; the message names near ids.
    """
    if value in registers.rows:
        return registers.rows[value]
    folded = _fold(value)
    for found in (
        [row for row in registers.rows.values() if _fold(row.name) == folded],
        [row for row in registers.rows.values() if folded in map(_fold, row.aliases)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousEntity(value, [row.id for row in found])
    known: dict[str, str] = {}
    for row in registers.rows.values():
        for text in (row.name, *row.aliases, row.id, row.id.partition(":")[2]):
            known.setdefault(_fold(text), row.id)
    near = difflib.get_close_matches(folded, known, n=5, cutoff=0.75)
    raise UnknownEntity(value, list(dict.fromkeys(known[text] for text in near)))


def find_relations(registers: Registers, row_id: str) -> tuple[Sequence[RegisterRelation], Sequence[RegisterRelation]]:
    """Return the relations that leave the row and those that reach it, each in the order of the registers."""
    out = [relation for relation in registers.relations if relation.source_id == row_id]
    into = [relation for relation in registers.relations if relation.target_id == row_id]
    return out, into


def find_succession(registers: Registers, row_id: str) -> tuple[Step, ...]:
    """Return every row before and after this one by SUCCEEDED_BY, the earliest first; the row alone where none is."""
    moves = [relation for relation in registers.relations if relation.type == "SUCCEEDED_BY"]
    steps = {row_id: Step(0, registers.rows[row_id], registers.rows[row_id].start)}
    for forwards in (False, True):
        at = [row_id]
        depth = 0
        while at:
            depth += 1 if forwards else -1
            found: dict[str, str | None] = {}
            for move in moves:
                here, there = (move.source_id, move.target_id) if forwards else (move.target_id, move.source_id)
                if here in at and there not in steps:
                    found.setdefault(there, move.date)
            steps |= {other: Step(depth, registers.rows[other], date) for other, date in found.items()}
            at = sorted(found)
    return tuple(sorted(steps.values(), key=lambda step: (step.depth, step.date or "", step.row.id)))


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("&", " and ").replace("\u2019", "'").split())


def _rank(wanted: str, names: Sequence[str], row_id: str) -> int:
    if wanted in (names[0], row_id):
        return 0
    if wanted in names:
        return 1
    return 2 if names[0].startswith(wanted) else 3
