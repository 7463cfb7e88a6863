"""The merged graph of a store in formats of other programs; the same graph gives the same bytes from every store.

Choose `jsonl` to move or keep a graph whole (every document, loadable again), `csv` for spreadsheets, `graphml` or
`gexf` for Gephi, yEd and the like, `cypher` for a Neo4j server, `jsonld` for linked data.
"""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import IO, TextIO

from graph.errors import ExportError
from graph.export.csv import iter_csv_files
from graph.export.cypher import iter_cypher
from graph.export.gexf import iter_gexf
from graph.export.graphml import iter_graphml
from graph.export.jsonl import iter_jsonl
from graph.export.jsonld import iter_jsonld
from graph.stores.base import View

ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the first a zip can hold: the same bytes at any time


class ExportFormat(StrEnum):
    """What `export` writes."""

    JSONL = "jsonl"
    CSV = "csv"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CYPHER = "cypher"
    JSONLD = "jsonld"


_SINGLE_FILE: Mapping[ExportFormat, Callable[[View], Iterator[str]]] = {
    ExportFormat.JSONL: iter_jsonl,
    ExportFormat.GRAPHML: iter_graphml,
    ExportFormat.GEXF: iter_gexf,
    ExportFormat.CYPHER: iter_cypher,
    ExportFormat.JSONLD: iter_jsonld,
}


def iter_export(view: View, export_format: ExportFormat) -> Iterator[str]:
    """Yield the text of a single-file format piece by piece; raise ExportError for `csv`, which is three files."""
    if export_format not in _SINGLE_FILE:
        raise ExportError(f"{export_format} is several files; name a folder or a .zip file, not standard output")
    return _SINGLE_FILE[export_format](view)


def export_to_stream(view: View, export_format: ExportFormat, stream: TextIO) -> None:
    """Write a single-file format to an open stream."""
    for piece in iter_export(view, export_format):
        stream.write(piece)


def export_to_path(view: View, export_format: ExportFormat, path: Path) -> tuple[Path, ...]:
    """Write to a file (for `csv` a folder, or a `.zip` file), whole or not at all, and return the files written.

    Raises: ExportError: the place cannot be written; what stood there is unchanged.
    """
    if export_format is not ExportFormat.CSV:
        return (_write_whole(path, lambda out: _write_text(out, iter_export(view, export_format))),)
    files = iter_csv_files(view)
    if path.suffix.lower() == ".zip":
        return (_write_whole(path, lambda out: _write_zip(out, files)),)
    return tuple(
        _write_whole(path / name, lambda out, pieces=pieces: _write_text(out, pieces))  # type: ignore[misc]
        for name, pieces in files
    )


def _write_whole(path: Path, write: Callable[[IO[bytes]], None]) -> Path:
    """Write beside the file, then put the new one in its place in one step."""
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as out:
            write(out)
        draft.replace(path)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}; choose another place") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return path


def _write_text(out: IO[bytes], pieces: Iterator[str]) -> None:
    for piece in pieces:
        out.write(piece.encode())


def _write_zip(out: IO[bytes], files: Iterator[tuple[str, Iterator[str]]]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in files:
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as member:
                _write_text(member, pieces)
