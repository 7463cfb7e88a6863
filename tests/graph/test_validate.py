"""Each invariant of a batch, broken one at a time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from graph.errors import BadBatch
from graph.model import Edit, GraphBatch, Mention, Unsure
from graph.validate import validate_batch

Break = Callable[[GraphBatch], GraphBatch]


def change(kind: str, at: int, **values: Any) -> Break:
    """Return what changes one item of a batch."""

    def apply(batch: GraphBatch) -> GraphBatch:
        items = list(getattr(batch, kind))
        items[at] = replace(items[at], **values)
        return replace(batch, **{kind: tuple(items)})  # type: ignore[arg-type]

    return apply


def repeat(kind: str) -> Break:
    return lambda batch: replace(batch, **{kind: (*getattr(batch, kind), getattr(batch, kind)[0])})  # type: ignore[arg-type]


def change_evidence(**values: Any) -> Break:
    def apply(batch: GraphBatch) -> GraphBatch:
        evidence = replace(batch.relations[0].evidence[0], **values)
        return change("relations", 0, evidence=(evidence,))(batch)

    return apply


BROKEN: list[tuple[str, Break]] = [
    ("the document has the id ''", lambda batch: replace(batch, document=replace(batch.document, id=""))),
    ("a text of the document", lambda batch: replace(batch, document=replace(batch.document, title="\ud800"))),
    ("passage id 'passage:l0' occurs twice", repeat("passages")),
    ("entity id 'department:beis' occurs twice", repeat("entities")),
    ("relation id 'relation:ask' occurs twice", repeat("relations")),
    ("a entity has no id", change("entities", 0, id="")),
    ("entity id 'x.*NUL", change("entities", 0, id="x\0")),
    ("entity id .*not valid Unicode", change("entities", 0, id="\ud800")),
    ("same ordinal", change("passages", 0, ordinal=1)),
    ("ordinal -1", change("passages", 0, ordinal=-1)),
    ("page 0", change("passages", 0, page=0)),
    ("belongs to document 'doc:other'", change("passages", 0, document_id="doc:other")),
    ("passage 'passage:l0' holds a lone surrogate", change("passages", 0, text="\udfff")),
    ("edit at 3:99", change("passages", 0, edits=(Edit(3, 99, "x"),))),
    ("has type 'Dragon'.*known: LEP", change("entities", 0, type="Dragon")),
    ("has the name ' '", change("entities", 0, name=" ")),
    ("property 'a' = nan", change("entities", 0, properties={"a": float("nan")})),
    ("property 'a' = 18446744073709551616", change("entities", 0, properties={"a": 2**64})),
    ("property 'a' = None", change("entities", 0, properties={"a": None})),
    ("property 'a' = \\('b', 1\\)", change("entities", 0, properties={"a": ("b", 1)})),
    ("property '' =", change("relations", 0, properties={"": "x"})),
    ("mention 'BEIS' names entity 'department:none'", change("mentions", 1, entity_id="department:none")),
    ("mention points at passage 'passage:none'", change("mentions", 1, passage_id="passage:none")),
    ("mention quotes 'BEIS'", change("mentions", 1, start=0, end=4)),
    ("mention quotes 'beis'", change("mentions", 1, text="beis")),
    ("mention quotes ''", change("mentions", 1, start=5, end=5, text="")),
    ("mention quotes", change("mentions", 1, start=-30)),
    ("score 1.5", change("mentions", 1, score=1.5)),
    ("score nan", change("mentions", 1, score=float("nan"))),
    ("has the end 'place:none'", change("relations", 0, target_id="place:none")),
    ("has the end 'place:none'", change("relations", 0, source_id="place:none")),
    ("runs from Proposition to Place", change("relations", 0, target_id="place:lancashire")),
    ("\\(OWNS\\) runs from", change("relations", 0, type="OWNS")),
    ("neither evidence nor sources", change("relations", 0, evidence=())),
    ("empty or invalid source", change("relations", 0, sources=("",))),
    (
        "quotes 'will ask BEIS for £5m' from passage 'passage:l1' at 0:3, where 'An ' stands",
        change_evidence(start=0, end=3),
    ),
    ("points at passage 'passage:none'", change_evidence(passage_id="passage:none")),
    ("score -0.1", change_evidence(score=-0.1)),
    ("unsure name 'LCR' points at passage 'x'", lambda batch: replace(batch, unsure=(Unsure("LCR", (), "x"),))),
]


@pytest.mark.parametrize(("problem", "break_batch"), BROKEN, ids=[problem for problem, _ in BROKEN])
def test_broken_batch_is_refused_with_its_fault(lancashire: GraphBatch, problem: str, break_batch: Break) -> None:
    with pytest.raises(BadBatch, match=problem):
        validate_batch(break_batch(lancashire))


def test_good_batches_pass(lancashire: GraphBatch) -> None:
    validate_batch(lancashire)
    validate_batch(GraphBatch(lancashire.document))
    validate_batch(change("entities", 0, properties={"a": -(2**63) + 1, "b": True, "c": ("x",), "d": 0.5})(lancashire))


def test_message_names_the_document_and_what_happened(lancashire: GraphBatch) -> None:
    broken = replace(lancashire, mentions=(Mention("x", "y", 0, 1, "z", "r"),))
    with pytest.raises(
        BadBatch, match=r"^document doc:lancashire \(plans/lancashire.docx\): .*; nothing of it was stored$"
    ):
        validate_batch(broken)
