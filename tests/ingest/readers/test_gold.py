"""The readers over the development documents: every gold table, every beginning of a proposition, nothing absent."""

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from graph.model import Passage, PassageKind, ReadDocument
from ingest.readers import read_document

SHARED = Path(os.environ.get("STRATEGY_GRAPH_SHARED") or Path(__file__).parents[3] / ".." / "shared").resolve()
DEV = [
    "buckinghamshire-lis-summary-2019.md",
    "gmca-lis-implementation-paper-2019.docx",
    "greater-manchester-lis-summary-2019.html",
    "leeds-city-region-lep-board-minutes-2020.txt",
    "national-wealth-fund-partnerships-news-2025.txt",
    "offshore-wind-sector-deal-summary.html",
    "oxfordshire-investment-proposals-2020.docx",
    "south-east-midlands-lis-board-draft.docx",
    "stoke-staffordshire-lis-consultation-2020.html",
    "tees-valley-asks-annex-2020.docx",
    "west-of-england-lis-slides-2020.pptx",
    "written-statement-lis-july-2019.txt",
]
CASES = [(f"documents/dev/{name}", f"gold/dev/{Path(name).stem}.json") for name in DEV] + [
    ("documents/lancashire-lis-board-report-2019-12.txt", "gold/lancashire-lis-board-report-2019-12.json")
]


def _load(document: str, gold: str) -> tuple[ReadDocument, dict[str, Any]]:
    path = SHARED / document
    if not path.exists() or not (SHARED / gold).exists():
        pytest.skip(f"no development documents beside the repository ({document})")
    return read_document(path.read_bytes(), path.name), json.loads((SHARED / gold).read_text("utf-8"))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").translate(str.maketrans("‘’“”‐‑", "''\"\"--"))
    return re.sub(r"\s+", " ", text).strip()


def _tables(document: ReadDocument) -> dict[int, dict[int, list[Passage]]]:
    tables: dict[int, dict[int, list[Passage]]] = {}
    for passage in document.passages:
        if passage.cell:
            tables.setdefault(passage.cell.table, {}).setdefault(passage.cell.row, []).append(passage)
    return tables


@pytest.mark.parametrize(("document", "gold"), CASES)
def test_readers_give_every_gold_table(document: str, gold: str) -> None:
    read, expected = _load(document, gold)
    found = [
        ([_plain(passage.text) for passage in rows[min(rows)]], max(rows) - min(rows) + 1)
        for rows in _tables(read).values()
    ]
    for table in expected.get("tables", []):
        height = table["rows"] + (0 if table.get("layout") else 1)
        assert ([_plain(text) for text in table["header"]], height) in found


@pytest.mark.parametrize(("document", "gold"), CASES)
def test_readers_keep_what_propositions_begin_with_in_one_passage(document: str, gold: str) -> None:
    read, expected = _load(document, gold)
    texts = [_plain(passage.text) for passage in read.passages]
    for proposition in expected["propositions"]:
        starts = [proposition[key] for key in ("starts", "what_starts", "ask_starts") if key in proposition]
        for start in [*starts, *proposition.get("also_starts", [])]:
            assert any(_plain(start) in text for text in texts), start


@pytest.mark.parametrize(("document", "gold"), CASES)
def test_readers_leave_out_what_is_absent(document: str, gold: str) -> None:
    read, expected = _load(document, gold)
    everything = " ".join(_plain(passage.text) for passage in read.passages)
    for absent in expected.get("absent", []):
        assert _plain(absent) not in everything


@pytest.mark.parametrize(("document", "gold"), CASES)
def test_readers_put_each_cell_under_the_header_of_its_table(document: str, gold: str) -> None:
    read, expected = _load(document, gold)
    headers = [
        [_plain(text) for text in table["header"]] for table in expected.get("tables", []) if not table.get("layout")
    ]
    seen = {_plain(passage.cell.header) for passage in read.passages if passage.cell}
    for header in headers:
        assert set(header) <= seen


def test_readers_take_the_flattened_table_row_by_row() -> None:
    read, expected = _load(*CASES[-1])
    (rows,) = _tables(read).values()
    names = [proposition["name"] for proposition in expected["propositions"]]
    assert [row[0].text for number, row in sorted(rows.items()) if number > 1] == names
    for number, proposition in enumerate(expected["propositions"], start=2):
        cells = {passage.cell.header: passage.text for passage in rows[number] if passage.cell}
        assert list(cells) == ["Proposition", "What", "Why", "How", "Ask"]
        assert _plain(cells["What"]).startswith(_plain(proposition["what_starts"]))
        assert _plain(cells["Ask"]).startswith(_plain(proposition["ask_starts"]))
    after = next(passage for passage in read.passages if passage.text.startswith("The drafting of the detail"))
    assert after.kind is PassageKind.ITEM
    assert after.label == "12."


@pytest.mark.parametrize(("document", "gold"), [case for case in CASES if case[0].endswith(".txt")])
def test_readers_lead_back_to_the_words_as_written(document: str, gold: str) -> None:
    read, _ = _load(document, gold)
    written = " ".join((SHARED / document).read_text("utf-8").split())
    for passage in read.passages:
        for line in range(passage.text.count("\n") + 1):
            start = sum(len(part) + 1 for part in passage.text.split("\n")[:line])
            end = start + len(passage.text.split("\n")[line])
            assert " ".join(passage.source_quote(start, end).split()) in written
