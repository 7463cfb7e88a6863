"""Reports as files: the ending says the format, the bytes are those of HTTP, and the words are those of documents."""

import html
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

Run = Callable[..., Any]
REPORTS = [
    (("compare", "lancashire", "--with", "greater-manchester"), "compare", "area=lancashire&with=greater-manchester"),
    (("partners", "Drone Zone"), "partners", "proposition=Drone+Zone"),
    (("partners", "--for", "UCLan"), "partners", "body=UCLan"),
    (("hmg", "--department", "BEIS", "--as-of", "2024"), "hmg", "department=BEIS&as_of=2024"),
]


@pytest.mark.parametrize(("words", "name", "query"), REPORTS, ids=lambda value: str(value)[:30])
@pytest.mark.parametrize("ending", ["docx", "md"])
def test_a_file_is_what_http_gives(
    run: Run, asked: TestClient, tmp_path: Path, words: tuple[str, ...], name: str, query: str, ending: str
) -> None:
    path = tmp_path / f"report.{ending}"
    result = run("report", *words, "--to", str(path))
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert path.name in result.stderr
    assert path.read_bytes() == asked.get(f"/reports/{name}.{ending}?{query}").content


def test_word_opens_the_report_and_its_notes_quote_the_documents(run: Run, get: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    run("report", "compare", "lancashire", "--with", "greater-manchester", "--to", str(path))
    document = Document(str(path))
    heads = [item.text for item in document.paragraphs if item.style.name == "Heading 1"]
    wanted = ["Summary", "The picture", "What is shared", "What Government has agreed to elsewhere", "Documents"]
    assert [head for head in heads if head in wanted] == wanted
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        notes = re.sub(r"<[^>]+>", "", package.read("word/footnotes.xml").decode())
    quotes = [quote for quote in re.findall("“([^”…]{30,})”", notes) if "“" not in quote]
    documents = get("documents", limit=500)["items"]
    texts = [
        " ".join(passage["text"].split())
        for document in documents
        for passage in get(f"documents/{document['id']}/passages", limit=500)["items"]
    ]
    assert len(quotes) > 10
    unescaped = [quote.replace("&amp;", "&").replace("&quot;", '"') for quote in quotes]
    assert [quote for quote in unescaped if not any(quote in text for text in texts)] == []


@pytest.mark.parametrize("to", ["report.pdf", "report", "report.docx.exe"])
def test_an_unknown_ending_is_answered_with_those_there_are(run: Run, tmp_path: Path, to: str) -> None:
    result = run("report", "hmg", "--to", str(tmp_path / to))
    assert result.exit_code == 2
    assert "docx, html, md, xlsx" in result.stderr
    assert not (tmp_path / to).exists()


def test_a_file_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    result = run("report", "hmg", "--to", str(tmp_path / "nowhere" / "report.md"))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_reports_do_not_depend_on_the_run(corpus_url: str, tmp_path: Path) -> None:
    files = []
    for seed in ("1", "77"):
        path = tmp_path / f"{seed}.docx"
        program = "from api.cli import main; main()"
        words = ["report", "compare", "lancashire", "--to", str(path), "--store", corpus_url]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, *words], env=environment, check=True, capture_output=True)
        files.append(path.read_bytes())
    assert files[0] == files[1]


def test_a_workbook_opens_every_figure_with_its_quotes(run: Run, get: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    assert run("report", "compare", "lancashire", "--with", "greater-manchester", "--to", str(path)).exit_code == 0
    with zipfile.ZipFile(path) as package:
        names = re.findall(r'<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode())
        texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", package.read("xl/sharedStrings.xml").decode(), re.DOTALL)
        sheet = package.read(f"xl/worksheets/sheet{names.index('Evidence') + 1}.xml").decode()
    cells = [texts[int(number)] for number in re.findall(r't="s"><v>(\d+)</v>', sheet)]
    heads, rows = cells[:8], [tuple(cells[at : at + 8]) for at in range(8, len(cells), 8)]
    assert heads == ["kind", "row", "strategy", "proposition", "quote", "document", "page or place", "date"]
    answer = get("compare", area="lancashire", **{"with": "greater-manchester"})
    labels = {area["id"]: area["label"] for area in answer["areas"]}
    named = {card["id"]: card["name"] for card in answer["propositions"]}
    counted = {
        (row["name"], labels[cell["area"]], named[item])
        for row in answer["matrix"]["rows"]
        for cell in row["cells"]
        for item in cell["propositions"]
    }
    opened = {(row[1], row[2], row[3]) for row in rows if row[3] != "the strategy as a whole"}
    assert {tuple(html.unescape(part) for part in item) for item in opened} == counted


def test_long_lists_stand_in_the_annex_and_the_workbook_has_all(run: Run, tmp_path: Path) -> None:
    page, book = tmp_path / "report.md", tmp_path / "report.xlsx"
    for path in (page, book):
        run("report", "compare", "lancashire", "--with", "greater-manchester", "--to", str(path))
    text = page.read_text(encoding="utf-8")
    before, annex = text.split("## Annex: in full")
    assert re.search(r"The first 5 of \d+ are shown; the annex has the others\.", before)
    assert "What only Lancashire has: the others" in annex
    assert "How the figures are worked out" in annex
    with zipfile.ZipFile(book) as package:
        assert "are shown; " not in package.read("xl/sharedStrings.xml").decode()
