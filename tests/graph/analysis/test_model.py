"""Answers as JSON: field names as keys, tuples as lists, floats to four places; nothing else passes."""

import json

import pytest

from graph.analysis.model import Citation, Part, Ref, RowKind, iter_citations, to_json

CITATION = Citation("doc:1", "passage:1", 2, 0, 5, "words")


def test_fields_become_keys_and_tuples_lists() -> None:
    part = Part("sector", 1 / 3, 0.5, "both Aerospace", (CITATION,))
    assert to_json(part) == {
        "name": "sector",
        "value": 0.3333,
        "weight": 0.5,
        "why": "both Aerospace",
        "evidence": [
            {"document": "doc:1", "passage": "passage:1", "page": 2, "start": 0, "end": 5, "quote": "words"},
        ],
    }


@pytest.mark.parametrize(
    ("value", "expected"), [(RowKind.SECTOR, '"sector"'), (None, "null"), (True, "true"), (3, "3")]
)
def test_plain_values_come_as_json_has_them(value: object, expected: str) -> None:
    assert json.dumps(to_json(value)) == expected


def test_what_is_no_part_of_an_answer_is_refused() -> None:
    with pytest.raises(TypeError, match="set is not part of an answer"):
        to_json({1})


def test_citations_are_found_wherever_they_stand() -> None:
    held = (Ref("a", "Sector", "A"), Part("sector", 0.1, 0.2, "why", (CITATION,)))
    assert list(iter_citations(held)) == [CITATION]
