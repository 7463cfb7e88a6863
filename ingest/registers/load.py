"""Reads the register files and checks them: a bad row is named with its file and line, never skipped."""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from graph.errors import RegisterError
from graph.model import PropertyValue
from graph.ontology import Ontology, load_ontology
from ingest.registers.model import RegisterRelation, RegisterRow, Registers
from ingest.registers.tables import COMMON, SUCCESSION_COLUMNS, SUCCESSION_FILE, TABLES, Table

_ID = re.compile(r"[a-z]+:[a-z0-9][a-z0-9.-]*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row as it stands in a file."""

    file: str
    line: int
    cells: Mapping[str, str]

    def bad(self, problem: str) -> RegisterError:
        return RegisterError(self.file, self.line, problem)


@dataclass(slots=True)
class _Loaded:
    """What the files read so far hold; a later folder puts its rows in the place of those of the same id."""

    rows: dict[str, RegisterRow] = field(default_factory=dict)
    raw: dict[str, tuple[Table, _Cells]] = field(default_factory=dict)
    succession: list[_Cells] = field(default_factory=list)
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def take(self, file: Traversable) -> bytes:
        content = file.read_bytes()
        self.digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
        return content


def load_registers(extra: Path | None = None) -> Registers:
    """Return the packaged registers, with the rows of the CSV files in `extra` added or put in their place by id.

    Args: extra: a folder with files of the packaged names and columns (docs/registers.md); any of them may be missing.
    Returns: rows in order of id, relations in order of type and ends; the packaged ones alone are read once.
    Raises: RegisterError: a row is bad, or `extra` holds no register file; it names file and line.
    Cost: about 0.2 s for some 11,000 rows."""
    return _load_packaged() if extra is None else _load(_packaged_folder(), extra)


def read_credits() -> str:
    """Return whose data the packaged registers hold and under which licences, as Markdown."""
    return _packaged_folder().joinpath("CREDITS.md").read_text(encoding="utf-8").rstrip()


@cache
def _load_packaged() -> Registers:
    return _load(_packaged_folder(), None)


def _packaged_folder() -> Traversable:
    return resources.files("ingest.registers").joinpath("data")


def _load(packaged: Traversable, extra: Path | None) -> Registers:
    loaded = _Loaded()
    for folder in [packaged] if extra is None else [packaged, extra]:
        _read_folder(loaded, folder, "" if folder is packaged else f"{folder}/")
    found = [*_find_links(loaded.rows, loaded.raw), *_find_successions(loaded.succession)]
    relations = _check_relations(loaded.rows, found)
    return Registers(dict(sorted(loaded.rows.items())), relations, loaded.digest.hexdigest())


def _read_folder(loaded: _Loaded, folder: Traversable, where: str) -> None:
    files = {item.name: item for item in folder.iterdir()} if folder.is_dir() else {}
    names = [*(table.file for table in TABLES), SUCCESSION_FILE]
    if not files.keys() & set(names):
        raise RegisterError(str(folder), 0, f"no register file in this folder; known: {', '.join(names)}")
    unknown = sorted(name for name in files if name.endswith(".csv") and name not in names)
    if unknown:
        raise RegisterError(where + unknown[0], 0, f"not the name of a register; known: {', '.join(names)}")
    seen: set[str] = set()
    for table in TABLES:
        if table.file in files:
            content = loaded.take(files[table.file])
            for cells in _read_cells(where + table.file, content, table.all_columns, required=("id", "name")):
                _add_row(loaded, seen, table, cells)
    if SUCCESSION_FILE in files:
        content = loaded.take(files[SUCCESSION_FILE])
        loaded.succession += _read_cells(
            where + SUCCESSION_FILE, content, SUCCESSION_COLUMNS, required=("from_id", "to_id")
        )


def _add_row(loaded: _Loaded, seen: set[str], table: Table, cells: _Cells) -> None:
    row = _read_row(table, cells)
    old = loaded.rows.get(row.id)
    if old is not None and row.id in seen:
        raise cells.bad(f"id {row.id!r} is there twice (also {old.file}, line {old.line})")
    if old is not None and old.type != row.type:
        raise cells.bad(f"id {row.id!r} is a {old.type} in {old.file}, not a {row.type}")
    seen.add(row.id)
    loaded.rows[row.id], loaded.raw[row.id] = row, (table, cells)


def _read_cells(file: str, content: bytes, columns: Iterable[str], *, required: tuple[str, ...]) -> Iterator[_Cells]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RegisterError(file, line, "not UTF-8; save the file as UTF-8") from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header: list[str] = next(reader, [])
    known = set(columns)
    wrong = [name for name in header if name not in known] or sorted(
        {name for name in header if header.count(name) > 1}
    )
    missing = [name for name in (*required, "source") if name not in header]
    if wrong:
        raise RegisterError(
            file, 1, f"column {wrong[0]!r} is unknown or there twice; known: {', '.join(sorted(known))}"
        )
    if missing:
        raise RegisterError(file, 1, f"column {missing[0]!r} is missing")
    while True:
        try:
            values = next(reader, None)
        except csv.Error as error:
            raise RegisterError(file, reader.line_num, f"not CSV: {error}") from error
        if values is None:
            return
        if not any(values):
            continue
        row = _Cells(file, reader.line_num, dict(zip(header, values, strict=False)))
        if len(values) != len(header):
            raise row.bad(
                f"{len(values)} cells where the header has {len(header)}; put quotes round a cell with a comma"
            )
        for name in required:
            if not row.cells[name].strip():
                raise row.bad(f"{name} is empty")
        yield row


def _read_row(table: Table, row: _Cells) -> RegisterRow:
    cells = row.cells
    row_type = cells.get("type") or table.types[0]
    if row_type not in table.types:
        raise row.bad(f"type {row_type!r} is not of this register; allowed: {', '.join(table.types)}")
    if not _ID.fullmatch(cells["id"]):
        raise row.bad(f"id {cells['id']!r} is not of the form prefix:words-with-hyphens in lower case")
    name = cells["name"].strip()
    aliases = _split(cells.get("aliases", ""))
    for text in (name, *aliases):
        if text != text.strip() or "  " in text:
            raise row.bad(f"{text!r} has stray spaces")
    if len(set(aliases)) < len(aliases) or name in aliases:
        raise row.bad("an alias is there twice, or is the name itself")
    start, end = (_read_date(row, column) for column in ("start", "end"))
    if start and end and start[: len(end)] > end[: len(start)]:
        raise row.bad(f"start {start} is after end {end}")
    sources, unverified = _read_sources(row)
    return RegisterRow(
        *(cells["id"], row_type, cells.get("kind") or table.kind, name, aliases, start, end),
        properties=_read_properties(table, row),
        sources=sources,
        unverified=unverified,
        file=row.file,
        line=row.line,
    )


def _read_properties(table: Table, row: _Cells) -> dict[str, PropertyValue]:
    skipped = {*COMMON, "type", *(link.column for link in table.links)} - {"notes"}
    found: dict[str, PropertyValue] = {}
    for column, cell in row.cells.items():
        if not cell or column in skipped:
            continue
        if column in table.lists:
            found[column] = _split(cell)
        elif column in table.numbers:
            try:
                found[column] = float(cell) if "." in cell else int(cell)
            except ValueError as error:
                raise row.bad(f"{column} {cell!r} is not a number") from error
        else:
            found[column] = (_read_date(row, column) or "") if column in table.dates else cell
    return found


def _read_date(row: _Cells, column: str) -> str | None:
    text = row.cells.get(column, "")
    if not text:
        return None
    parts = _DATE.fullmatch(text)
    if parts:
        year, month, day = (int(part or 1) for part in parts.groups())
        try:
            date(year, month, day)
        except ValueError:
            parts = None
    if not parts:
        raise row.bad(f"{column} {text!r} is not a date; write 2019, 2019-12 or 2019-12-31")
    return text


def _read_sources(row: _Cells) -> tuple[tuple[str, ...], tuple[str, ...]]:
    marks = _split(row.cells.get("source", ""))
    if not marks:
        raise row.bad("source is empty; give an address, or write `unverified`")
    sources = tuple(mark for mark in marks if not mark.startswith(_UNVERIFIED))
    unverified = tuple(mark[len(_UNVERIFIED) + 1 :].strip() or "row" for mark in marks if mark.startswith(_UNVERIFIED))
    if not sources and "row" not in unverified:
        raise row.bad("source holds marks only; give an address, or write `unverified`")
    return sources, unverified


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part) if cell else ()


def _find_links(
    rows: Mapping[str, RegisterRow], raw: Mapping[str, tuple[Table, _Cells]]
) -> Iterator[tuple[RegisterRelation, _Cells]]:
    for row_id, (table, cells) in raw.items():
        row = rows[row_id]
        for link in table.links:
            for other in _split(cells.cells.get(link.column, "")):
                ends = (other, row.id) if link.inward else (row.id, other)
                when = cells.cells.get(link.date_column) or None
                role = {"role": link.role} if link.role else {}
                yield RegisterRelation(link.relation, *ends, when, role, row.sources or (_UNVERIFIED,)), cells


def _find_successions(succession: Iterable[_Cells]) -> Iterator[tuple[RegisterRelation, _Cells]]:
    for cells in succession:
        sources, _ = _read_sources(cells)
        moved = cells.cells.get("what_moved", "")
        yield (
            RegisterRelation(
                *("SUCCEEDED_BY", cells.cells["from_id"], cells.cells["to_id"], _read_date(cells, "date")),
                {"what_moved": moved} if moved else {},
                sources or (_UNVERIFIED,),
            ),
            cells,
        )


def _check_relations(
    rows: Mapping[str, RegisterRow], found: Iterable[tuple[RegisterRelation, _Cells]]
) -> tuple[RegisterRelation, ...]:
    ontology: Ontology = load_ontology()
    kept: dict[tuple[str, str, str, str], RegisterRelation] = {}
    for relation, cells in found:
        for end in (relation.source_id, relation.target_id):
            if end not in rows:
                raise cells.bad(f"{end!r} is in no register; add the row or mend the id")
        if relation.source_id == relation.target_id:
            raise cells.bad(f"{relation.source_id!r} points to itself by {relation.type}")
        types = rows[relation.source_id].type, rows[relation.target_id].type
        if not ontology.allows(relation.type, *types):
            raise cells.bad(f"{relation.type} from {types[0]} to {types[1]} is not in the ontology")
        key = (relation.type, relation.source_id, relation.target_id, relation.date or "")
        kept.setdefault(key, relation)
    return tuple(kept[key] for key in sorted(kept))
