"""Answers as reports: the sentences say the figures of the answer, and each has its words beneath it.

Ours ---- Drones (2 of 4 propositions), asks BEIS
Theirs -- Drones (1 of 2), Ships (1 of 2); BEIS agreed to a test bed
Silent -- no document was read
"""

import dataclasses

import pytest

from graph.analysis.model import (
    Agreement,
    Area,
    Ask,
    Card,
    Citation,
    Comparison,
    Coverage,
    DepartmentLine,
    DocumentRef,
    Finding,
    HmgAnswer,
    Match,
    Matrix,
    MatrixCell,
    MatrixRow,
    Nearest,
    PartnerAnswer,
    Precedent,
    Ref,
    RowKind,
    ThemeCount,
    iter_citations,
)
from graph.model import Passage
from viz.report.cite import describe_place, make_citer
from viz.report.compare import report_comparison, to_matrix
from viz.report.hmg import report_hmg
from viz.report.markdown import to_markdown
from viz.report.model import Table, text_of
from viz.report.partners import report_partners

BEIS = Ref("dept:beis", "Department", "BEIS")
DOCUMENT = DocumentRef("doc:a", "Board paper", "2019-12", "board paper", "lis:ours")
CITED = Citation("doc:a", "passage:1", None, 0, 14, "lift the rules")
PASSAGE = Passage("passage:1", "doc:a", 6, "lift the rules now", path=("Asks",))


def _area(name: str, *, chosen: bool = False) -> Area:
    return Area(f"lis:{name.lower()}", f"{name} LIS", name, 1, "published", "2019", chosen, ())


def _card(name: str) -> Card:
    return Card(f"prop:{name}", name, "lis:ours", f"Do {name}", "lift the rules", "firm", (CITED,))


def _row(kind: RowKind, name: str, *counts: int | None) -> MatrixRow:
    areas = ("lis:ours", "lis:theirs", "lis:silent")
    cells = (
        MatrixCell(
            area, tuple(f"prop:{name}{turn}" for turn in range(count or 0)), count, None if count is None else count / 4
        )
        for area, count in zip(areas, counts, strict=True)
    )
    return MatrixRow(kind, f"row:{name}", name, tuple(cells))


def make_comparison(*, agreed: bool = True) -> Comparison:
    shared = Finding(RowKind.SECTOR, "row:Drones", "Drones", 0.5, ("prop:Zone",), (), "both have drones", (CITED,))
    missing = Finding(RowKind.SECTOR, "row:Ships", "Ships", 0.5, (), (), "only they have ships", (CITED,))
    agreement = Agreement("prop:Bed", "Bed", BEIS, "build a test bed", None, "2019", 0.4, (), (CITED,))
    found = (agreement,) if agreed else ()
    match = Match("prop:Bed", "Bed", "lis:theirs", 0.4, (), ("test",), (CITED,))
    return Comparison(
        version="v1",
        area="lis:ours",
        areas=(_area("Ours", chosen=True), _area("Theirs"), _area("Silent")),
        coverage=(
            Coverage("lis:ours", ("doc:a",), 4, "read"),
            Coverage("lis:theirs", ("doc:b",), 2, "read"),
            Coverage("lis:silent", (), 0, "not read"),
        ),
        matrix=Matrix(
            ("lis:ours", "lis:theirs", "lis:silent"),
            (
                _row(RowKind.SECTOR, "Ships", 0, 1, None),
                _row(RowKind.SECTOR, "Drones", 2, 1, None),
                _row(RowKind.DEPARTMENT, "Nobody", 0, 0, None),
            ),
        ),
        shared=(shared,),
        distinctive=(),
        missing=(missing,),
        nearest=(Nearest("prop:Zone", "Zone", (match,)),),
        precedents=(Precedent("prop:Zone", "Zone", (BEIS,), "lift the rules", found, 2, "says", (CITED,)),),
        similar=(),
        editions=(),
        propositions=(_card("Zone"),),
        documents=(DOCUMENT,),
        meanings=(),
        notes=("mind the gap",),
        truncated=True,
    )


def test_the_summary_says_the_figures() -> None:
    text = to_markdown(report_comparison(make_comparison(), [PASSAGE]))
    assert "Four propositions of Ours were read in one document, and two propositions of one other strategy." in text
    assert "Ours and at least one other strategy share **one topic**: sectors Drones." in text
    assert "Ours has nothing almost to itself, as far as was read." in text
    assert "Several others have **one topic** that no proposition of Ours names: sectors Ships" in text
    assert "Of one ask of Government, **one has a precedent**; the nearest is for Zone, where BEIS agreed" in text
    assert "No document of Silent was read" in text
    assert "[^1]: “lift the rules” Board paper, under “Asks”, paragraph 7, 2019-12." in text


def test_without_a_precedent_the_report_says_where_was_looked() -> None:
    text = to_markdown(report_comparison(make_comparison(agreed=False)))
    assert "none has a precedent among the 2 documents searched" in text
    assert "**Without a precedent** in the two documents searched: Zone." in text


def test_what_must_be_borne_in_mind_is_said() -> None:
    text = to_markdown(report_comparison(make_comparison()))
    assert "- Mind the gap." in text
    assert "- A limit was reached" in text


def test_the_chart_has_full_rows_first_and_no_empty_ones() -> None:
    matrix = to_matrix(make_comparison())
    assert [row.label for row in matrix.rows] == ["Drones", "Ships"]
    assert [cell.count for cell in matrix.rows[0].cells] == [2, 1, None]
    assert [row.label for row in to_matrix(make_comparison(), rows_a_kind=1).rows] == ["Drones"]
    assert "1 rows" in to_matrix(make_comparison(), rows_a_kind=1).caption


def test_asks_stand_under_their_department_with_their_source_but_not_twice_quoted() -> None:
    report = report_comparison(make_comparison(), [PASSAGE])
    (table,) = [part for part in report.parts if isinstance(part, Table) and part.name == "Asks"]
    ((proposition, department, words),) = table.rows
    assert [text_of(line) for line in (department, proposition, words)] == ["BEIS", "Zone", "“lift the rules”"]
    assert [(note.quote, note.title) for note in words[0].notes] == [("", "Board paper")]


def test_every_citation_of_an_answer_is_found_in_order() -> None:
    assert list(iter_citations(make_comparison().shared)) == [CITED]
    assert len(list(iter_citations(make_comparison()))) == 6


def test_a_citation_of_an_unknown_document_keeps_its_id() -> None:
    (note,) = make_citer((), ()).notes((CITED,))
    assert note.source == "doc:a"


@pytest.mark.parametrize(
    ("passage", "place"),
    [
        (Passage("p", "d", 3, "x", page=2), "page 2"),
        (Passage("p", "d", 3, "x"), "paragraph 4"),
        (
            Passage("p", "d", 3, "x", path=("Part", "Asks")),
            "under “Asks”, paragraph 4",
        ),
        (Passage("p", "d", 3, "x", path=("word " * 30,)), f"under “{('word ' * 12).strip()} …”, paragraph 4"),
    ],
)
def test_places_in_words(passage: Passage, place: str) -> None:
    assert describe_place(passage) == place


def test_a_partner_report_names_those_who_are_in_it_or_that_none_is() -> None:
    answer = PartnerAnswer("v1", _card("Zone"), (), (), (), (), (DOCUMENT,), (), (), False)
    text = to_markdown(report_partners(answer))
    assert "No document names a partner in it." in text
    assert "Nothing in the graph leads from this proposition to a partner." in text
    assert "**Ask of Government: **" not in text


def test_a_government_report_sorts_departments_by_what_is_asked() -> None:
    ask = Ask("prop:Zone", "Zone", "lis:ours", BEIS, "lift the rules", "2019-12", "firm", (CITED,))
    theme = ThemeCount("sector", "sector:drones", "Drones", ("prop:Zone",))
    ours = ThemeCount("area", "lis:ours", "Ours", ("prop:Zone",))
    line = DepartmentLine("dept:beis", "BEIS", ("prop:Zone",), (), (ours,), (theme,), (CITED,))
    quiet = DepartmentLine("dept:dft", "DfT", (), ("prop:Bed",), (), (), ())
    busy = DepartmentLine("dept:a", "Aviation", ("prop:Bed",), (), (), (), ())
    line = dataclasses.replace(line, asked=("prop:Zone", "prop:Bed"))
    answer = HmgAnswer("v1", (quiet, busy, line), (ask,), (), (), (), (), (), (), (), (DOCUMENT,), (), (), False)
    text = to_markdown(report_hmg(answer, [PASSAGE]))
    assert "One ask in two propositions goes to two departments." in text
    assert "Most is asked of **BEIS**: two propositions, by Ours.[^1]" in text
    assert "| **Zone** | Ours | “lift the rules”[^2] | 2019-12, firm |" in text
    assert "|  | BEIS | Aviation |" in text
    assert "| Drones | 1 | 0 |" in text


def test_an_empty_government_report_says_so() -> None:
    answer = HmgAnswer("v1", (), (), (), (), (), (), (), (), (), (), (), (), False)
    assert "No ask of a department was found in the documents." in to_markdown(report_hmg(answer))
