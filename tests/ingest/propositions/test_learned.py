"""What the trained model adds to the rules and strikes out, under weights made for the purpose."""

import json
from pathlib import Path

import pytest
from paper_samples import Desk, Paper

from graph.errors import RuleError
from ingest.propositions import Draft, Note, find_propositions, learned
from ingest.propositions.learned import ADDS, ADDS_AGAINST, STRIKES, Weights, load_weights

SMALL = 0.1
TABLE = ("| Scheme | Partners |", "| Wall of the quay | Hull |", "| Crane for the dock | Goole |")


def revise(paper: Paper, bias: float, **words: float) -> tuple[list[str], list[Draft], list[Note]]:
    """Read a paper again with weights of the test's own; return the propositions' words, the drafts and the notes."""
    weights = Weights(bias, {f"w:{word}": weight for word, weight in words.items()})
    drafts, notes = find_propositions(paper.reading, learned=weights)
    return [paper.reading.text(draft.what) for draft in drafts], drafts, notes


def test_score_counts_each_feature_once() -> None:
    assert Weights(-1.0, {"w:quay": 2.0}).score(["w:quay", "w:quay", "w:unknown"]) == 1.0


@pytest.mark.parametrize(("odds", "found"), [(ADDS - SMALL, []), (ADDS, ["A quay for the river."])])
def test_what_rules_passed_over_is_added_where_it_reads_like_a_proposition(
    desk: Desk, odds: float, found: list[str]
) -> None:
    paper = desk("A quay for the river. Nobody came.")
    assert paper.drafts == []
    whats, drafts, _ = revise(paper, STRIKES, quay=odds - STRIKES)
    assert whats == found
    assert [draft.rule for draft in drafts] == ["learned.words"] * len(found)


@pytest.mark.parametrize(("odds", "count"), [(ADDS + SMALL, 0), (ADDS_AGAINST + SMALL, 1)])
def test_what_rules_refused_as_procedure_needs_more(desk: Desk, odds: float, count: int) -> None:
    paper = desk("We will publish an update on the quay in the spring.")
    assert paper.reasons == ["procedure"]
    assert len(revise(paper, odds)[0]) == count


def test_what_rules_found_is_not_added_twice(desk: Desk) -> None:
    paper = desk("We will build a quay at Heysham.")
    assert revise(paper, 9.0)[0] == paper.whats
    assert len(paper.whats) == 1


def test_added_proposition_is_of_its_subject_and_as_firm_as_its_document(desk: Desk) -> None:
    paper = desk("The board will be minded towards a quay.")
    assert paper.drafts == []
    for tentative in (False, True):
        (draft,), _ = find_propositions(paper.reading, draft_document=tentative, learned=Weights(9.0, {}))
        assert [paper.reading.text(span).strip() for span in draft.actors] == ["The board"]
        assert (str(draft.status) == "tentative") is tentative


def test_bare_row_that_reads_unlike_a_proposition_is_struck_with_a_note(desk: Desk) -> None:
    paper = desk(*TABLE)
    assert paper.whats == ["Wall of the quay", "Crane for the dock"]
    whats, _, notes = revise(paper, STRIKES - SMALL, crane=1.0)
    assert whats == ["Crane for the dock"]
    assert [(paper.reading.text(n.span), n.reason) for n in notes] == [("Wall of the quay", "unlike-a-proposition")]


def test_row_that_tells_why_stays(desk: Desk) -> None:
    paper = desk("| Scheme | Why |", "| Wall of the quay | The old one leaks |")
    assert paper.whats == ["Wall of the quay"]
    assert revise(paper, STRIKES - SMALL)[0] == paper.whats


def test_nothing_is_added_in_a_table_that_rules_read(desk: Desk) -> None:
    paper = desk(*TABLE)
    assert revise(paper, 9.0)[0] == paper.whats


def test_sentence_is_never_struck(desk: Desk) -> None:
    paper = desk("We will build a quay at Heysham.")
    assert revise(paper, -9.0)[0] == paper.whats


def test_row_of_a_table_that_no_rule_read_gives_its_best_cell_alone(desk: Desk) -> None:
    paper = desk("| Alpha | Beta |", "| Wall and quay | Crane |", "| Nobody | Came |")
    assert paper.drafts == []
    assert revise(paper, ADDS - SMALL, quay=2.0, crane=1.0)[0] == ["Wall and quay"]


@pytest.mark.parametrize("raw", [[], {"bias": 1.0}, {"bias": 1.0, "weights": {}, "more": 1}])
def test_weights_file_of_another_shape_is_refused(raw: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    monkeypatch.setattr(learned, "_FILE", str(path))
    with pytest.raises(RuleError, match=r"bench\.train --write"):
        load_weights.__wrapped__()


def test_packaged_weights_are_numbers_by_feature() -> None:
    weights = load_weights()
    assert isinstance(weights.bias, float)
    assert {type(weight) for weight in weights.weights.values()} == {float}
    assert list(weights.weights) == sorted(weights.weights)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("When the tide will be high, Fylde Council will be minded towards a quay.", "Fylde Council"),
        ("When the tide will be high, the boats will be minded towards a quay.", "When the tide"),
        (
            "In the meantime the Ministry of Housing, Communities and Local Government will be minded towards a quay.",
            "Ministry of Housing, Communities and Local Government",
        ),
        ("Homes England has a pact. They will be minded towards a quay.", "Homes England"),
        ("Rain fell. They will be minded towards a quay.", "They"),
    ],
)
def test_added_proposition_is_of_the_first_subject_that_names_a_body(desk: Desk, text: str, actor: str) -> None:
    paper = desk(text)
    assert paper.drafts == []
    _, (draft,), _ = revise(paper, STRIKES, quay=9.0)
    assert [paper.reading.text(span).strip() for span in draft.actors] == [actor]


ADDED = "The board will be minded towards a school."


@pytest.mark.parametrize(
    ("further", "whats", "actors"),
    [
        ("It has rooms for cooks.", [ADDED], ["The board"]),
        ("Rooms for cooks matter.", [ADDED, "Rooms for cooks matter."], ["The board"]),
        ("Homes England will second two cooks to it.", [ADDED], ["The board", "Homes England"]),
        ("Homes England will second two cooks to us.", [ADDED, "Homes England will second two cooks to us."],
         ["The board"]),
    ],
)  # fmt: skip
def test_sentence_that_goes_on_about_an_added_one_is_of_it(
    desk: Desk, further: str, whats: list[str], actors: list[str]
) -> None:
    paper = desk(f"{ADDED} {further}")
    assert ADDED not in paper.whats
    found, drafts, _ = revise(paper, STRIKES, school=9.0, cooks=9.0)
    assert found == whats
    assert [paper.reading.text(span).strip() for span in drafts[0].actors] == actors
    assert (paper.reading.text(drafts[0].scope[-1]) == further) is (len(whats) == 1)


def test_ask_of_what_an_added_sentence_proposes_is_its_ask(desk: Desk) -> None:
    paper = desk(f"{ADDED} We ask HM Treasury to fund it.")
    _, (draft,), _ = revise(paper, STRIKES, school=9.0)
    assert [paper.reading.text(span) for span in draft.parts["ask"]] == ["We ask HM Treasury to fund it."]


def test_sentence_of_another_paragraph_stays_apart(desk: Desk) -> None:
    paper = desk(ADDED, "It has rooms for cooks.")
    assert len(revise(paper, STRIKES, school=9.0, cooks=9.0)[0]) == 2


@pytest.mark.parametrize(
    ("lines", "whats"),
    [
        (("- We will build a quay. Cranes matter.",), ["We will build a quay."]),
        (("- Cranes matter. Ropes matter.",), ["Cranes matter."]),
        (("We will build a quay. Cranes matter.",), ["We will build a quay.", "Cranes matter."]),
        (("- Cranes matter.", "- Ropes matter."), ["Cranes matter.", "Ropes matter."]),
    ],
)
def test_further_sentence_of_a_point_is_not_added(desk: Desk, lines: tuple[str, ...], whats: list[str]) -> None:
    assert revise(desk("Rain fell:", *lines), STRIKES, cranes=9.0, ropes=9.0)[0] == whats


@pytest.mark.parametrize(("odds", "count"), [(ADDS + SMALL, 1), (ADDS_AGAINST + SMALL, 2)])
def test_part_of_a_lead_needs_more_to_be_added(desk: Desk, odds: float, count: int) -> None:
    paper = desk("Fylde Council will build a quay with:", "- cranes for the dock")
    assert paper.reasons == ["part-of-the-lead"]
    assert len(revise(paper, odds)[0]) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The firm undertook a clean-up.", 0),  # tells of the past alone
        ("The firm undertook a clean-up that is to go on.", 1),
        ("The firm has a crane.", 1),
    ],
)
def test_sentence_of_the_past_alone_needs_more_to_be_added(desk: Desk, text: str, count: int) -> None:
    paper = desk(text)
    drafts, _ = find_propositions(paper.reading, learned=Weights((ADDS + ADDS_AGAINST) / 2, {}))
    assert len(drafts) == count
