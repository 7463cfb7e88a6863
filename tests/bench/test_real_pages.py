"""Cutting real pages: what is written, what is said of papers that are not there, and a list that fits the gold."""

import io
from pathlib import Path

import pypdfium2
import pytest

from bench.real_pages import Cut, Paper, cut_all, cut_pages, describe_missing, load_cuts, main
from ingest.evaluation.gold import load_gold

REAL = Path(__file__).parents[1] / "data" / "real"
PAPER = Paper("A Plan", "A Department", "2019-01", "Crown copyright", "somebody/papers", "0123abcd", "data/a plan.pdf")
NOTES = Paper("Notes", "A Department", "2020", "Crown copyright", "somebody/papers", "0123abcd", "notes.md")


def make_pdf(widths: tuple[int, ...]) -> bytes:
    held = io.BytesIO()
    pdf = pypdfium2.PdfDocument.new()
    for width in widths:
        pdf.new_page(width, 100).close()
    pdf.save(held)
    pdf.close()
    return held.getvalue()


def read_widths(content: bytes) -> list[int]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [round(pdf.get_page_size(page)[0]) for page in range(len(pdf))]


def test_every_gold_file_has_its_entry_and_no_entry_is_without_one() -> None:
    assert {gold.document for gold in load_gold(REAL / "gold")} == {cut.file_name for cut in load_cuts()}


def test_every_cut_says_which_pages_or_lines_of_a_known_paper() -> None:
    assert [cut.stem for cut in load_cuts() if bool(cut.pages) == bool(cut.lines)] == []
    assert [cut.stem for cut in load_cuts() if list(cut.pages) != sorted(set(cut.pages)) or 0 in cut.pages] == []


def test_readme_names_the_papers_without_an_open_licence() -> None:
    readme = (REAL / "README.md").read_text(encoding="utf-8")
    closed = {cut.paper for cut in load_cuts() if "Open Government Licence" not in cut.paper.licence}
    assert [paper.title for paper in closed if paper.title.split(":")[0] not in readme] == []


def test_cut_pages_are_those_asked_for_and_the_same_bytes_each_time() -> None:
    whole = make_pdf((101, 102, 103, 104))
    assert read_widths(cut_pages(whole, (2, 4))) == [102, 104]
    assert cut_pages(whole, (2, 4)) == cut_pages(whole, (2, 4))


def test_cut_of_markdown_is_its_first_lines(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("one\ntwo\nthree\n", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    done, missing = cut_all([Cut("first-notes", NOTES, lines=2)], tmp_path, out)
    assert ([cut.stem for cut in done], missing) == (["first-notes"], {})
    assert (out / "first-notes.md").read_text(encoding="utf-8") == "one\ntwo\n"


def test_missing_paper_is_named_with_its_origin_and_what_needs_it(tmp_path: Path) -> None:
    done, missing = cut_all([Cut("plan-aims", PAPER, (1,)), Cut("plan-ends", PAPER, (2,))], tmp_path, tmp_path)
    said = describe_missing(missing, tmp_path)
    assert done == []
    assert "1 paper is not in" in said
    assert "somebody/papers at commit 0123abcd, data/a plan.pdf" in said
    assert "for plan-aims, plan-ends" in said


def test_command_says_what_is_missing_and_fails_where_there_is_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "out"), "--papers", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert shown.out.startswith("0 documents written")
    assert "Careers Strategy.pdf" in shown.err
