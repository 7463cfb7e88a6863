"""The whole way from bytes to batch: the same each time, every quote where it says, whatever the document."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_samples import Desk, make_read

from corpus import DOCUMENTS
from graph.errors import UnreadableDocument
from graph.jsonl import write_batch
from graph.model import GraphBatch
from graph.ontology import load_ontology

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("STRATEGY_GRAPH_SHARED") or ROOT / ".." / "shared").resolve() / "documents"
LARGEST = 750_000  # bytes of a shared document that is read here; larger ones only take longer
SCRIPT = """
import hashlib, sys
from pathlib import Path
from graph.jsonl import write_batch
from ingest.pipeline import Extractor
from ingest.registers import load_registers
extractor = Extractor(load_registers())
for path in sorted(Path(sys.argv[1]).iterdir()):
    lines = "".join(f"{line}\\n" for line in write_batch(extractor.extract_file(path.read_bytes(), path.name)))
    print(path.name, hashlib.sha256(lines.encode()).hexdigest())
"""


def find_broken(batch: GraphBatch) -> list[object]:
    """Return what breaks an invariant: quotes that are not there, ends that are unknown, ids that come twice."""
    texts = {passage.id: passage.text for passage in batch.passages}
    types = {entity.id: entity.type for entity in batch.entities}
    broken: list[object] = [
        mention
        for mention in batch.mentions
        if not mention.text
        or texts[mention.passage_id][mention.start : mention.end] != mention.text
        or mention.entity_id not in types
        or not 0 <= mention.score <= 1
    ]
    for relation in batch.relations:
        ends = (types.get(relation.source_id), types.get(relation.target_id))
        if None in ends or not load_ontology().allows(relation.type, str(ends[0]), str(ends[1])):
            broken.append(relation)
        broken += [
            found
            for found in relation.evidence
            if not found.quote or texts[found.passage_id][found.start : found.end] != found.quote
        ]
        if not relation.evidence:
            broken.append(relation)
    for items in (batch.entities, batch.relations, batch.passages):
        ids = [item.id for item in items]
        broken += sorted({key for key in ids if ids.count(key) > 1}) if len(set(ids)) != len(ids) else []
    return broken


def start(seed: str) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", SCRIPT, str(DOCUMENTS)]
    return subprocess.Popen(command, env=env, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_processes_with_other_hash_seeds_write_the_same_bytes() -> None:
    runs = [start(seed) for seed in ("1", "2")]
    outputs = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outputs[0][1] + outputs[1][1]
    assert outputs[0][0] == outputs[1][0]
    assert len(outputs[0][0].splitlines()) == len(list(DOCUMENTS.iterdir()))


def test_one_extractor_gives_the_same_again_whatever_it_read_between(desk: Desk) -> None:
    paths = sorted(path for path in DOCUMENTS.iterdir() if path.suffix != ".pdf")[:3]
    first, second, third = (
        [list(write_batch(desk.extractor.extract_file(path.read_bytes(), path.name))) for path in order]
        for order in (paths, paths[::-1], paths)
    )
    assert first == second[::-1] == third


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: str(path.name))
def test_every_quote_of_a_bundled_document_stands_where_it_says(desk: Desk, path: Path) -> None:
    batch = desk.extractor.extract_file(path.read_bytes(), path.name)
    assert find_broken(batch) == []
    assert batch.relations


def test_every_quote_of_the_shared_documents_stands_where_it_says(desk: Desk) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no shared documents at {SHARED}; set STRATEGY_GRAPH_SHARED to their folder")
    read = 0
    for path in sorted(SHARED.rglob("*")):
        if not path.is_file() or path.stat().st_size > LARGEST:
            continue
        try:
            batch = desk.extractor.extract_file(path.read_bytes(), path.name)
        except UnreadableDocument:
            continue
        assert find_broken(batch) == [], path.name
        read += 1
    assert read >= 20


def test_explain_gives_a_reason_for_what_was_passed_over(desk: Desk) -> None:
    read = make_read(["# Plan", "Fylde Council will build a quay. Jobs will come. Will it rain?"])
    batch, notes = desk.extractor.explain(read)
    text = batch.passages[1].text
    assert [(text[start:end], reason) for _, start, end, reason in notes if reason == "question"] == [
        ("Will it rain?", "question")
    ]
    assert batch == desk.extractor.extract(read)


def test_proposition_of_a_name_that_comes_again_has_an_id_of_its_own(desk: Desk) -> None:
    batch = desk("Fylde Council will build a quay.", "Rain fell.", "Fylde Council will build a quay.").batch
    ids = [entity.id for entity in batch.entities if entity.type == "Proposition"]
    assert len(ids) == len(set(ids)) == 2


def test_register_entities_come_only_where_they_are_used(desk: Desk) -> None:
    batch = desk("Fylde Council will build a quay.").batch
    used = {end for relation in batch.relations for end in (relation.source_id, relation.target_id)}
    used |= {mention.entity_id for mention in batch.mentions}
    assert {entity.id for entity in batch.entities} == used


@pytest.mark.parametrize(
    "lines", [[], [""], ["   "], ["# "], ["- "], ["| |"], ["\u0301"], ["£"], ["will"], ["a" * 5000]]
)
def test_document_of_next_to_nothing_is_read(desk: Desk, lines: list[str]) -> None:
    assert find_broken(desk.extractor.extract(make_read(lines))) == []


NAMES = [
    "Fylde Council", "the Department for Transport", "HM Treasury", "Lancashire LEP", "we", "BEIS", "DCMS", "it",
    "which", "the University of Leicester", "the Automotive Sector Deal", "Preston", "Lancashire",
    "the Transforming Cities Fund", "aerospace", "Ideas", "Clean Growth", "the Board", "May",
]  # fmt: skip
MODALS = [
    "will", "has agreed to", "intends to", "is asked to", "should", "could", "'ll", "is investing", "calls on", "not",
    "build", "open", "fund", "a quay", "a new Hub", "be set up", "be noted", "lead it", "led by", "from", "of", "to",
    "by",
]  # fmt: skip
FIGURES = ["£5 million", "£3bn", "by 2030", "60%", "from 10 to 20 jobs", "1.", "£", "%"]
MARKS = [
    "and",
    "or",
    ", and",
    "; and",
    ", which",
    ".",
    "?",
    ":",
    "…",
    "(",
    ")",
    "–",
    '"',
    "’s",
    "&",
    "/",
    "St.",
    "Ltd.",
]
LABELS = [
    "Resolved:",
    "RESOLVED: to",
    "That",
    "What:",
    "Ask:",
    "Why:",
    "We should like:",
    "The Board is asked to:",
    "None",
]
ODD = ["\u0301", "ﬁrms", "\u200b", "𝔘nit", "İstanbul", "ß", "\u2028", "東京", "🚢"]
WORDS = [*NAMES, *NAMES, *MODALS, *FIGURES, *MARKS, *LABELS, *ODD]
phrases = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
cells = st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), min_size=1, max_size=5)
headings = st.lists(
    st.sampled_from(("Proposition", "What", "Ask", "Why", "Lead", "When", "Status", "x", "")), min_size=1, max_size=5
)
tables = st.tuples(headings, st.lists(cells, max_size=4)).map(
    lambda table: [f"| {' | '.join(row)} |" for row in (table[0], *table[1])]
)
lines = st.one_of(
    st.tuples(st.sampled_from(("", "", "# ", "## ", "- ", "- ", "-- ")), phrases).map(lambda pair: ["".join(pair)]),
    tables,
    st.text(max_size=60).map(lambda text: [text.replace("\n", " ")]),
)
papers = st.lists(lines, max_size=10).map(lambda groups: [line for group in groups for line in group])


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(paper=papers)
def test_generated_documents_never_crash_and_keep_every_quote(desk: Desk, paper: list[str]) -> None:
    assert find_broken(desk.extractor.extract(make_read(paper))) == []
