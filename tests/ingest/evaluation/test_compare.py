"""The scorer against itself: a perfect output is perfect, a thoughtless one is not."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.jsonl import read_batches, write_batch
from graph.model import Document, Entity, GraphBatch, Mention, Passage, PassageKind
from ingest.evaluation.compare import passage_form, score_document
from ingest.evaluation.gold import GoldDocument, GoldEntity, GoldProposition, load_gold
from ingest.evaluation.score import Score

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("STRATEGY_GRAPH_SHARED", ROOT / ".." / "shared"))
GOLD_FOLDERS = [ROOT / "tests" / "data" / "gold", SHARED / "gold" / "dev", SHARED / "gold" / "real-dev"]
PerfectMaker = Callable[[GoldDocument, bool], GraphBatch]


def gold_of(folder: Path) -> tuple[GoldDocument, ...]:
    if not folder.is_dir() or not list(folder.rglob("*.json")):
        pytest.skip(f"no gold in {folder.name}")
    return load_gold(folder)


@pytest.mark.parametrize("optional", [False, True])
@pytest.mark.parametrize("folder", GOLD_FOLDERS, ids=lambda folder: folder.name)
def test_perfect_output_scores_one_on_every_figure(folder: Path, optional: bool, make_perfect: PerfectMaker) -> None:
    for gold in gold_of(folder):
        (batch,) = read_batches(write_batch(make_perfect(gold, optional)))
        score = score_document(gold, batch)
        figures = (score.all_entities.f1, score.propositions.f1, score.all_relations.f1, score.linking.value)
        assert (gold.document, *figures, score.sound) == (gold.document, 1.0, 1.0, 1.0, 1.0, True)


@pytest.mark.parametrize("folder", GOLD_FOLDERS, ids=lambda folder: folder.name)
def test_each_fault_put_into_a_perfect_output_costs(folder: Path, make_perfect: PerfectMaker) -> None:
    for gold in gold_of(folder):
        batch = make_perfect(gold, False)
        required = next(entity for entity in gold.entities if not entity.optional and entity.type != "Person")
        without = replace(batch, mentions=tuple(m for m in batch.mentions if m.text != required.surfaces[0]))
        assert score_document(gold, without).all_entities.recall < 1.0
        passage = Passage("p:extra", batch.document.id, len(batch.passages), "Xylophone Works")
        extra = Entity("made:extra", "Institution", passage.text)
        mention = Mention(extra.id, passage.id, 0, len(passage.text), passage.text, "rule")
        more = replace(
            batch,
            passages=(*batch.passages, passage),
            entities=(*batch.entities, extra),
            mentions=(*batch.mentions, mention),
        )
        assert score_document(gold, more).all_entities.precision < 1.0


def naive_batch(text: str, name: str) -> GraphBatch:
    """Make each sentence a proposition and each run of capitalised words an institution."""
    passages: list[Passage] = []
    entities: dict[str, Entity] = {}
    mentions: list[Mention] = []
    for block in filter(str.strip, re.split(r"\n\s*\n", text)):
        passage = Passage(f"p{len(passages)}", "doc:x", len(passages), " ".join(block.split()))
        passages.append(passage)
        for found in re.finditer(r"\S.+?(?:[.!?](?=\s|$)|$)", passage.text):
            entity = Entity(f"prop:{len(entities)}", "Proposition", found.group()[:50])
            entities[entity.id] = entity
            mentions.append(Mention(entity.id, passage.id, *found.span(), found.group(), "sentence"))
        for found in re.finditer(r"[A-Z][\w’'-]*(?: (?:of |and |for |the )?[A-Z][\w’'-]*)*", passage.text):
            entity = Entity(f"inst:{found.group().lower()}", "Institution", found.group())
            entities[entity.id] = entity
            mentions.append(Mention(entity.id, passage.id, *found.span(), found.group(), "capitals"))
    return GraphBatch(
        Document("doc:x", "", name, "", "text"), tuple(passages), tuple(entities.values()), tuple(mentions)
    )


def test_thoughtless_output_scores_low() -> None:
    total = Score()
    for gold in gold_of(SHARED / "gold" / "dev"):
        path = SHARED / "documents" / "dev" / gold.document
        if path.suffix in (".txt", ".md"):
            total += score_document(gold, naive_batch(path.read_text(encoding="utf-8"), path.name))
    assert len(total.documents) == 4
    assert total.propositions.f1 < 0.3
    assert total.all_entities.f1 < 0.1


GOLD = GoldDocument(
    "x.txt",
    entities=(
        GoldEntity("Department", "Trade", id="dept:trade", surfaces=("Trade",)),
        GoldEntity("Place", "Leeds", surfaces=("Leeds",)),
        GoldEntity("Institution", "Hub Ltd", surfaces=("Hub Ltd",)),
    ),
    propositions=(GoldProposition("Tram", starts=("Build a tram",), tentative=True),),
)
PASSAGES = (
    Passage("p0", "doc:x", 0, "Trade and Leeds and Hub Ltd.", page=2),
    Passage("p1", "doc:x", 1, "Build a tram.", PassageKind.ITEM, label="1."),
    Passage("p2", "doc:x", 2, "Open a door.", PassageKind.ITEM, label="•"),
)
BATCH = GraphBatch(
    Document("doc:x", "x", "x.txt", "", "text"),
    PASSAGES,
    (
        Entity("dept:other", "Department", "Trade"),
        Entity("prog:leeds", "Programme", "Leeds"),
        Entity("prop:0", "Proposition", "A", properties={"tentative": True}),
        Entity("prop:1", "Proposition", "B"),
    ),
    (
        Mention("dept:other", "p0", 0, 5, "Trade", "names.exact"),
        Mention("prog:leeds", "p0", 10, 15, "Leeds", "names.pattern"),
        Mention("prop:0", "p1", 0, 13, "Build a tram.", "verb-first"),
        Mention("prop:1", "p2", 0, 12, "Open a door.", "verb-first"),
    ),
)


def test_score_counts_types_forms_links_and_rules() -> None:
    score = score_document(GOLD, BATCH)
    assert {name: (t.right, t.wrong, t.missed) for name, t in score.entities.items()} == {
        "Department": (1, 0, 0), "Institution": (0, 0, 1), "Place": (0, 0, 1), "Programme": (0, 1, 0),
    }  # fmt: skip
    assert {name: (t.right, t.wrong, t.missed) for name, t in score.forms.items()} == {
        "bullet": (0, 1, 0), "numbered": (1, 0, 0),
    }  # fmt: skip
    assert (score.linking.good, score.linking.total) == (0, 1)
    assert (score.tentative.good, score.tentative.total) == (1, 1)
    assert score.confusion["Place", "Programme"] == 1
    rule = score.rules["proposition", "verb-first"]
    assert (rule.right, rule.wrong, rule.precision) == (1, 1, 0.5)


def test_faults_carry_the_passage_they_stand_in() -> None:
    faults = {(fault.outcome, fault.name): fault for fault in score_document(GOLD, BATCH).faults}
    assert set(faults) == {("missed", "Leeds"), ("missed", "Hub Ltd"), ("wrong", "Leeds"), ("wrong", "B")}
    missed = faults["missed", "Hub Ltd"]
    assert (missed.passage, missed.page) == (PASSAGES[0].text, 2)
    assert faults["wrong", "Leeds"].why == "is Place Leeds"
    assert faults["wrong", "B"].rules == ("verb-first",)


def test_sum_of_scores_adds_counts() -> None:
    one = score_document(GOLD, BATCH)
    two = one + one
    assert two.all_entities.right == 2 * one.all_entities.right
    assert two.rules["entity", "names.exact"].documents == frozenset({"x.txt"})


@pytest.mark.parametrize(
    ("kind", "label", "form"),
    [
        (PassageKind.PARAGRAPH, "", "sentence"),
        (PassageKind.ITEM, "•", "bullet"),
        (PassageKind.ITEM, "(iv)", "numbered"),
        (PassageKind.NOTE, "", "note"),
    ],
)
def test_form_is_that_of_the_passage(kind: PassageKind, label: str, form: str) -> None:
    assert passage_form(Passage("p", "doc:x", 0, "text", kind, label=label)) == form
