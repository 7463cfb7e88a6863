"""Helpers that the tests of the readers share."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Passage, ReadDocument
from ingest.readers import read_document

# Test folders are no packages; this lets the tests import reader_samples.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def read() -> Callable[..., ReadDocument]:
    """Return a function that reads text or bytes under a name."""

    def read_named(content: str | bytes, name: str = "x.txt") -> ReadDocument:
        return read_document(content.encode() if isinstance(content, str) else content, name)

    return read_named


@pytest.fixture
def show() -> Callable[[ReadDocument], list[str]]:
    """Return a function that gives each passage as one short line: kind, level, label, place in a table, text."""
    return lambda document: [_show(passage) for passage in document.passages]


def _show(passage: Passage) -> str:
    parts = [passage.kind.value + (str(passage.level) if passage.level else "")]
    if passage.label:
        parts.append(passage.label)
    if passage.cell:
        cell = passage.cell
        parts.append(
            f"{cell.row}.{cell.column}" + ("h" if cell.is_header else "") + (f" [{cell.header}]" if cell.header else "")
        )
    return " ".join([*parts, "|", passage.text])
