"""The bundled documents and their gold agree: what gold quotes can be read there; its ids are in the registers."""

import importlib.metadata
import importlib.util
import json
import re
import sys
import unicodedata
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corpus import DOCUMENTS, TEXTS
from graph.model import ReadDocument
from ingest.readers import read_document

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "data" / "gold" / "corpus"
NAMES = sorted(path.name for path in DOCUMENTS.iterdir() if not path.name.startswith("."))
STRAIGHT = str.maketrans("‘’“”–—‐‑", "''\"\"----", "\u00ad")
SPAN_KEYS = ("starts", "what_starts", "ask_starts", "also_starts")


@cache
def read(name: str) -> ReadDocument:
    return read_document((DOCUMENTS / name).read_bytes(), name)


@cache
def load_gold(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((GOLD / f"{Path(name).stem}.json").read_text(encoding="utf-8"))
    return gold


def fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(STRAIGHT).split())


def find_absent(name: str, quotes: list[str]) -> list[str]:
    texts = [fold(passage.text) for passage in read(name).passages]
    return [quote for quote in quotes if not any(fold(quote) in text for text in texts)]


def load_script() -> ModuleType:
    pytest.importorskip("reportlab", reason="reportlab is not installed: pip install reportlab, to remake the PDFs")
    spec = importlib.util.spec_from_file_location("make_corpus", ROOT / "scripts" / "make_corpus.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_corpus_has_a_gold_file_for_each_document_and_no_other() -> None:
    assert 12 <= len(NAMES) <= 20
    assert sorted(path.stem for path in GOLD.glob("*.json")) == sorted(Path(name).stem for name in NAMES)
    assert {load_gold(name)["document"] for name in NAMES} == set(NAMES)


def test_corpus_readme_lists_every_document() -> None:
    listed = re.findall(r"^\| `([^`]+)`", (DOCUMENTS.parent / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_document_is_read_whole(name: str) -> None:
    assert read(name).dropped == ()


@pytest.mark.parametrize("name", NAMES)
def test_document_says_it_is_a_restatement_and_carries_its_sources(name: str) -> None:
    text = "\n".join(passage.text for passage in read(name).passages)
    assert "restatement" in text or "restates" in text
    assert re.search(r"\bSources\b", text)
    assert len(re.findall(r"https?://", text)) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_gold_surfaces_occur_in_the_document(name: str) -> None:
    surfaces = [surface for entity in load_gold(name)["entities"] for surface in entity["surface"]]
    assert find_absent(name, surfaces) == []


@pytest.mark.parametrize("name", NAMES)
def test_gold_beginnings_occur_in_the_document(name: str) -> None:
    gold = load_gold(name)
    spans = [
        span for proposition in gold["propositions"] for key in SPAN_KEYS for span in to_list(proposition.get(key))
    ]
    contexts = [context for entity in gold.get("not_entities", []) for context in entity["contexts"]]
    assert find_absent(name, spans + contexts + gold["not_propositions"]) == []


def to_list(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


@pytest.mark.parametrize("name", NAMES)
def test_gold_tables_are_tables_of_the_document(name: str) -> None:
    headers: dict[int, list[str]] = {}
    rows: dict[int, set[int]] = {}
    for passage in read(name).passages:
        if passage.cell is not None and passage.cell.is_header:
            headers.setdefault(passage.cell.table, []).append(passage.text)
        elif passage.cell is not None:
            rows.setdefault(passage.cell.table, set()).add(passage.cell.row)
    found = [(header, len(rows.get(table, ()))) for table, header in sorted(headers.items())]
    assert found == [(table["header"], table["rows"]) for table in load_gold(name)["tables"]]


@pytest.mark.parametrize("name", NAMES)
def test_gold_names_are_unique_and_relations_use_them(name: str) -> None:
    gold = load_gold(name)
    entities = [entity["name"] for entity in gold["entities"]]
    propositions = [proposition["name"] for proposition in gold["propositions"]]
    assert len(set(entities)) == len(entities)
    assert len(set(propositions)) == len(propositions)
    ends = {
        end
        for relation in gold["relations"]
        for key in ("source", "target", "source_any", "target_any")
        for end in to_list(relation.get(key))
    }
    assert ends <= {*entities, *propositions}


def test_gold_ids_are_in_the_registers() -> None:
    known = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "ingest" / "registers").rglob("*.csv")}
    ids = {entity["id"] for name in NAMES for entity in load_gold(name)["entities"] if "id" in entity}
    rows = {line.split(",", 1)[0].strip('"') for text in known.values() for line in text.splitlines()}
    assert sorted(ids - rows) == []


def test_make_corpus_gives_the_committed_bytes_and_the_same_again() -> None:
    script = load_script()
    installed = {package: importlib.metadata.version(package) for package in script.MADE_WITH}
    texts = [script.read_text(path) for path in sorted(TEXTS.glob("*.md"))]
    made = {f"{text.name}.{text.make}": script.MAKERS[text.make](text) for text in texts}
    again = {f"{text.name}.{text.make}": script.MAKERS[text.make](text) for text in texts}
    assert made == again
    assert sorted(made) == [name for name in NAMES if name.endswith((".docx", ".pdf", ".pptx"))]
    if installed != script.MADE_WITH:
        pytest.skip(f"bytes were made with {script.MADE_WITH}, here are {installed}")
    assert [name for name, content in made.items() if (DOCUMENTS / name).read_bytes() != content] == []
