"""The unseen documents and their gold agree: what gold quotes can be read there; its ids are in the registers."""

from functools import cache
from pathlib import Path

import pytest

from graph.model import ReadDocument
from ingest.evaluation.gold import GoldDocument, load_gold
from ingest.evaluation.text import fold, squash
from ingest.readers import read_document
from ingest.registers import load_registers

UNSEEN = Path(__file__).parents[1] / "data" / "unseen"
HALVES = ("tune", "report")
DOCUMENTS = sorted(path for half in HALVES for path in (UNSEEN / half / "documents").iterdir())


@cache
def read(path: Path) -> ReadDocument:
    return read_document(path.read_bytes(), path.name)


@cache
def gold_of(path: Path) -> GoldDocument:
    (gold,) = load_gold(path.parents[1] / "gold" / f"{path.stem}.json")
    return gold


def find_absent(path: Path, quotes: list[str]) -> list[str]:
    """Return the quotes that no passage holds, and that do not run over from one into the next either."""
    texts = [fold(passage.text) for passage in read(path).passages]
    whole = squash(" ".join(passage.text for passage in read(path).passages))
    return [q for q in quotes if not any(fold(q) in text for text in texts) and squash(q) not in whole]


def find_repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


@pytest.mark.parametrize("half", HALVES)
def test_half_has_a_gold_file_for_each_document_and_no_other(half: str) -> None:
    documents = {path.name for path in (UNSEEN / half / "documents").iterdir()}
    golds = load_gold(UNSEEN / half / "gold")
    assert {gold.document for gold in golds} == documents
    assert {path.stem for path in (UNSEEN / half / "gold").iterdir()} == {Path(name).stem for name in documents}


def test_readme_lists_every_document() -> None:
    readme = (UNSEEN / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DOCUMENTS if f"`{path.name}`" not in readme] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_document_is_read_whole(path: Path) -> None:
    assert read(path).dropped == ()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_gold_names_are_unique_and_ids_are_in_the_registers(path: Path) -> None:
    gold, rows = gold_of(path), load_registers().rows
    assert find_repeated([entity.name for entity in gold.entities]) == []
    assert find_repeated([proposition.name for proposition in gold.propositions]) == []
    assert [entity.id for entity in gold.entities if entity.id and entity.id not in rows] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_gold_quotes_only_what_is_read(path: Path) -> None:
    gold = gold_of(path)
    surfaces = [surface for entity in gold.entities for surface in entity.surfaces]
    starts = [start for item in gold.propositions for start in (*item.starts, item.ask_starts) if start]
    contexts = [context for trap in gold.traps for context in trap.contexts]
    assert find_absent(path, surfaces) == []
    assert find_absent(path, [*starts, *gold.not_propositions, *gold.optional_propositions, *contexts]) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_text_that_must_not_be_read_is_not(path: Path) -> None:
    assert len(find_absent(path, list(gold_of(path).absent))) == len(gold_of(path).absent)
