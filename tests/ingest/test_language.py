from typing import cast

import pytest
from spacy.pipeline import EntityRuler

from graph.errors import KgError
from graph.model import Document, Passage, ReadDocument
from ingest.language import REGISTER_NAMES, build_language
from ingest.names import NameFinder
from ingest.registers import load_registers


def test_language_marks_register_names_longest_and_inner() -> None:
    nlp = build_language(load_registers())
    (doc,) = nlp.pipe(["Leeds City Region Enterprise Partnership asked DfE."])
    labels = {name: doc.text[start:end] for name, start, end in doc.user_data[REGISTER_NAMES]}
    assert "leeds city region enterprise partnership" in labels
    assert "leeds city region" in labels
    assert labels["dfe"] == "DfE"  # the full stop after it is a token of its own


def test_language_is_blank_but_for_our_component() -> None:
    assert build_language(load_registers()).pipe_names == ["register_names"]


def test_language_names_a_pipeline_that_is_not_installed() -> None:
    with pytest.raises(KgError, match=r"'en_no_such_model' cannot be loaded.*install it"):
        build_language(load_registers(), model="en_no_such_model")


def test_language_lets_a_trained_pipeline_add_names_that_rules_leave() -> None:
    registers = load_registers()
    nlp = build_language(registers)
    ruler = cast(EntityRuler, nlp.add_pipe("entity_ruler"))
    ruler.add_patterns([{"label": "ORG", "pattern": "zed quill"}, {"label": "ORG", "pattern": "Leeds City Council"}])
    text = "with zed quill and Leeds City Council"
    read = ReadDocument(Document("doc:1", "", "a.txt", "0", "text"), (Passage("p0", "doc:1", 0, text),))
    names = NameFinder(registers).find(read, list(nlp.pipe([text])))
    assert [(mention.text, mention.rule) for mention in names.mentions] == [
        ("zed quill", "trained.org"),
        ("Leeds City Council", "register.exact"),
    ]
