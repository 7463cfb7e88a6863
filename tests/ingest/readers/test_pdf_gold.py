"""The PDF reader over the development documents, written and real: what the gold names must be found whole."""

import json
import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph.model import PassageKind, ReadDocument
from ingest.readers import ReadLimits
from ingest.readers.pdf import read_pdf

SHARED = Path(os.environ.get("STRATEGY_GRAPH_SHARED") or Path(__file__).parents[3] / ".." / "shared").resolve()
DEV = ["dev/cambridgeshire-peterborough-priorities-2020", "dev/west-midlands-lis-summary-2019"]
REAL_DEV = [
    "real-dev/careers-strategy-adults-2017",
    "real-dev/creative-industries-actions-2018",
    "real-dev/international-education-actions-2019",
    "real-dev/national-space-innovation-2021",
    "real-dev/skills-for-jobs-technical-2021",
    "real-dev/tourism-recovery-destinations-2021",
]
# Not shown on the page (text of another deal, painted over), and a running header.
NOT_PROSE = (
    "Work with the wider construction sector",
    "Ensure high quality training is available in all nations",
    "International Education Strategy: global potential",
)


@cache
def _load(name: str) -> tuple[ReadDocument, dict[str, Any]]:
    path, gold = SHARED / "documents" / f"{name}.pdf", SHARED / "gold" / f"{name}.json"
    if not path.exists() or not gold.exists():
        pytest.skip(f"no development documents beside the repository ({name})")
    return read_pdf(path.read_bytes(), path.name, ReadLimits(), isolate=False), json.loads(gold.read_text("utf-8"))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").translate(str.maketrans("‘’“”‐‑–", "''\"\"---"))
    return re.sub(r"\s+", " ", text).strip()


def _starts(gold: dict[str, Any]) -> Iterator[str]:
    for proposition in gold["propositions"]:
        for key in ("starts", "what_starts", "ask_starts"):
            if key in proposition:
                yield _plain(proposition[key])
        yield from map(_plain, proposition.get("also_starts", []))
    yield from (_plain(start) for start in gold["not_propositions"] if not start.startswith(NOT_PROSE))


@pytest.mark.parametrize("name", [*DEV, *REAL_DEV])
def test_read_pdf_keeps_every_beginning_that_the_gold_names_in_one_passage(name: str) -> None:
    document, gold = _load(name)
    texts = [_plain(passage.text) for passage in document.passages]
    assert [start for start in _starts(gold) if not any(start in text for text in texts)] == []


def test_read_pdf_begins_sentences_where_the_gold_has_them() -> None:
    found = begun = 0
    for name in [*DEV, *REAL_DEV]:
        document, gold = _load(name)
        texts = [_plain(passage.text) for passage in document.passages]
        for start in _starts(gold):
            places = [(text, text.find(start)) for text in texts if start in text]
            found += 1
            begun += any(at == 0 or re.search(r"[.:;!?)\"'] $", text[:at]) for text, at in places)
    assert begun / found >= 0.87, f"{begun} of {found}"  # the rest begin in the middle of a sentence


@pytest.mark.parametrize("name", [*DEV, *REAL_DEV])
def test_read_pdf_gives_every_gold_table_as_one(name: str) -> None:
    document, gold = _load(name)
    rows: dict[int, dict[int, list[str]]] = {}
    for passage in document.passages:
        if passage.cell:
            rows.setdefault(passage.cell.table, {}).setdefault(passage.cell.row, [])
            if passage.cell.row == 1:
                rows[passage.cell.table][1].append(_plain(passage.text))
    found = {tuple(table[1]): len(table) - 1 for table in rows.values()}
    expected: dict[tuple[str, ...], int] = {}  # gold counts the pages of a table that runs on
    for table in gold.get("tables", []):
        header = tuple(_plain(text) for text in table["header"] if text)
        expected[header] = expected.get(header, 0) + table["rows"]
    assert found == expected


@pytest.mark.parametrize("name", REAL_DEV)
def test_read_pdf_leaves_no_sentence_broken_on_real_pages(name: str) -> None:
    document, _ = _load(name)
    paragraphs = [passage for passage in document.passages if passage.kind is not PassageKind.HEADING]
    for passage in paragraphs[1:]:  # the first may begin before the cut
        if passage.kind is PassageKind.PARAGRAPH:
            assert not passage.text[0].islower(), passage.text
            assert len(passage.text) < 80 or re.search(r"[.:!?][\"')]*$", passage.text), passage.text
        assert "\ufffe" not in passage.text


def test_read_pdf_shows_nothing_that_is_painted_over() -> None:
    document, _ = _load("real-dev/creative-industries-actions-2018")
    assert not any("construction" in passage.text for passage in document.passages)


def test_read_pdf_reads_the_government_box_before_the_box_of_the_sector() -> None:
    document, _ = _load("real-dev/creative-industries-actions-2018")
    headings = [p.text for p in document.passages if p.page == 4 and p.kind is PassageKind.HEADING]
    assert [heading.split()[0] for heading in headings] == ["Government", "Sector"]


def test_read_pdf_files_notes_under_their_numbers() -> None:
    document, _ = _load("real-dev/skills-for-jobs-technical-2021")
    labels = [passage.label for passage in document.passages if passage.kind is PassageKind.NOTE]
    assert labels == ["40", "41", "42", "43", "44", "45"]
