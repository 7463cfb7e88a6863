"""The files behind the paths that a user gives: files, folders and standard input, in an order that does not vary."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from graph.errors import KgError

STANDARD_INPUT = "-"


class MissingSourceError(KgError):
    """A path that the user gave leads nowhere."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{path}: no such file or folder; give a file, a folder, or - for standard input")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: `shown` is its path as the user will know it; `content` is there where it came by standard input."""

    shown: str
    path: Path | None = None
    content: bytes | None = None

    def read_bytes(self) -> bytes:
        """Return the content; a file is read now and not kept. Raises: OSError."""
        if self.content is not None:
            return self.content
        return self.path.read_bytes() if self.path else b""

    def find_size(self) -> int:
        """Return the number of bytes without reading them. Raises: OSError."""
        return len(self.content or b"") if self.path is None else self.path.stat().st_size


def iter_sources(paths: Sequence[str], *, stdin: BinaryIO | None = None) -> Iterator[SourceFile]:
    """Yield the files of `paths` in the order given, those of a folder sorted by path, each file once.

    Folders are searched to any depth; hidden files, lock files of Office ("~$...") and folders already seen (links that
    lead back) are left out. "-" is standard input.
    Raises: MissingSourceError: a path is not there; this is checked for all paths before the first file is given.
    """
    for path in paths:
        if path != STANDARD_INPUT and not Path(path).exists():
            raise MissingSourceError(path)
    seen: set[str] = set()
    for path in paths:
        if path == STANDARD_INPUT:
            if stdin is not None:
                yield SourceFile("standard input", content=stdin.read())
            continue
        for file in _iter_files(Path(path), seen):
            yield SourceFile(file.as_posix(), path=file)


def _iter_files(path: Path, seen: set[str]) -> Iterator[Path]:
    real = os.path.realpath(path)
    if real in seen:
        return
    seen.add(real)
    if path.is_file():
        yield path
    elif path.is_dir():
        for child in sorted(path.iterdir(), key=lambda child: child.name):
            if not child.name.startswith((".", "~$")):
                yield from _iter_files(child, seen)
