import json
from collections.abc import Callable

import pytest

from graph.batch import sort_batch
from graph.errors import BadBatch
from graph.jsonl import read_batches, write_batch
from graph.model import GraphBatch, PassageKind

Make = Callable[..., GraphBatch]

DOCUMENT = '{"kind":"document","id":"doc:1","title":"t","source":"s","sha256":"0","reader":"text","status":"ok"}'
SCORED_KEYS = {
    "document": "id title source published sha256 status reader",
    "passage": "id document ordinal page path text",
    "entity": "id type name register properties",
    "mention": "entity passage start end text rule score",
    "relation": "id type source target properties evidence",
    "dropped": "item reason",
    "unsure": "name candidates passage",
}


def test_lines_hold_the_scored_keys_sorted(lancashire: GraphBatch) -> None:
    rows = [json.loads(line) for line in write_batch(lancashire)]
    assert {row["kind"] for row in rows} == set(SCORED_KEYS)
    for row in rows:
        assert set(SCORED_KEYS[row["kind"]].split()) <= set(row)
        assert list(row) == sorted(row)
    evidence = next(row for row in rows if row["kind"] == "relation")["evidence"]
    assert list(evidence[0]) == ["end", "passage", "quote", "rule", "score", "start"]


def test_lines_are_utf8_as_written_and_end_once(lancashire: GraphBatch) -> None:
    lines = list(write_batch(lancashire))
    assert "Lancashire’s Plan" in lines[0]
    assert all(line.endswith("}\n") and line.count("\n") == 1 for line in lines)


def test_several_documents_in_one_stream(lancashire: GraphBatch, batch: Make, register: Make) -> None:
    batches = [lancashire, register([("PART_OF", "place:a", "place:b")]), batch("one"), batch("two", [])]
    lines = [line for item in batches for line in ["\n", *write_batch(item)]]
    assert list(read_batches(lines)) == [sort_batch(item) for item in batches]


def test_empty_stream_has_no_documents() -> None:
    assert list(read_batches([])) == []
    assert list(read_batches(["\n", "  "])) == []


def test_batches_come_as_soon_as_they_are_whole(batch: Make) -> None:
    stream = iter([*write_batch(batch("one")), *write_batch(batch("two")), "broken"])
    found = read_batches(stream)
    assert next(found).document.title == "one"
    with pytest.raises(BadBatch):
        next(found)


def test_lines_of_other_makers_need_the_scored_keys_alone() -> None:
    passage = '{"kind":"passage","id":"passage:1","document":"doc:1","ordinal":0,"page":null,"path":[],"text":"x"'
    cell = passage.replace("passage:1", "passage:2") + ',"cell":{"table":1,"row":1,"column":2,"header":"h"}}'
    (read,) = read_batches([DOCUMENT, passage + "}", cell])
    assert [item.kind for item in read.passages] == [PassageKind.PARAGRAPH, PassageKind.CELL]
    assert read.passages[1].cell is not None
    assert read.passages[1].cell.column_span == 1
    assert read.document.kind == "document"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"kind":"entity","id":' + "9" * 5_000 + "}", "not JSON"),
        ("[]", "not a JSON object"),
        ("{}", "unknown kind None; known: document, passage"),
        ('{"kind":["x"]}', "unknown kind"),
        ('{"kind":"entity","id":"e"}', "this entity line has no `type`"),
        ('{"kind":"entity","id":1}', "`id` of this entity line is 1, expected str"),
        ('{"kind":"entity","id":"e","type":"LEP","name":"n","register":1}', "`register`.*expected bool"),
        ('{"kind":"entity","id":"e","type":"LEP","name":"n","colour":"red"}', "unknown key 'colour'"),
        ('{"kind":"entity","id":"e","type":"LEP","name":"n","properties":{"a":null}}', "property 'a' is None"),
        ('{"kind":"entity","id":"e","type":"LEP","name":"n","properties":{"a":[1]}}', "`a` of this entity line is 1"),
        ('{"kind":"mention","entity":"e","passage":"p","start":true,"end":2,"text":"t","rule":"r"}', "`start`.*True"),
        ('{"kind":"mention","entity":"e","passage":"p","start":1.5,"end":2,"text":"t","rule":"r"}', "`start`.*1.5"),
        ('{"kind":"dropped","item":"x","reason":"boredom"}', "`reason`.*'boredom'; allowed: unreadable-file"),
        ('{"kind":"relation","id":"r","type":"ASKS","source":"a","target":"b","evidence":[{"start":1}]}', "`passage`"),
        ('{"kind":"relation","id":"r","type":"ASKS","source":"a","target":"b","evidence":["x"]}', "`evidence`"),
        ('{"kind":"passage","id":"p","document":"d","ordinal":0,"text":"x","edits":[[1,2]]}', "`edits`"),
        ('{"kind":"passage","id":"p","document":"d","ordinal":0,"text":"x","cell":{"table":1}}', "has no `row`"),
    ],
)  # fmt: skip
def test_bad_line_is_named_with_its_number_and_fault(line: str, problem: str) -> None:
    with pytest.raises(BadBatch, match=f"^line 3: .*{problem}"):
        list(read_batches([DOCUMENT, "\n", line]))


def test_line_before_any_document_is_refused() -> None:
    with pytest.raises(BadBatch, match="line 1: a dropped line comes before any document line"):
        list(read_batches(['{"kind":"dropped","item":"x","reason":"over-limit"}']))
