from ingest.language import REGISTER_SPANS, build_language
from ingest.registers import load_registers


def test_language_marks_register_names_longest_and_inner() -> None:
    nlp = build_language(load_registers())
    (doc,) = nlp.pipe(["Leeds City Region Enterprise Partnership asked DfE."])
    labels = [span.label_ for span in doc.spans[REGISTER_SPANS]]
    assert "leeds city region enterprise partnership" in labels
    assert "leeds city region" in labels
    assert "dfe" in labels  # the full stop after it is a token of its own


def test_language_is_blank_but_for_our_component() -> None:
    assert build_language(load_registers()).pipe_names == ["register_names"]
