import dataclasses
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from paper_samples import make_read

import ingest.genre as genre
from corpus import DOCUMENTS
from graph.errors import RuleError
from graph.model import ReadDocument
from ingest.genre import find_genre, is_draft
from ingest.readers import read_document

TUNE = Path(__file__).parents[1] / "data" / "unseen" / "tune" / "documents"
TEXT = resources.files("ingest").joinpath("rules/genres.toml").read_text(encoding="utf-8")


def titled(title: str, *lines: str, status: str = "", reader: str = "text") -> ReadDocument:
    read = make_read(lines, title=title)
    document = dataclasses.replace(read.document, reader=reader)
    return dataclasses.replace(read, document=document, metadata={"status": status} if status else {})


@pytest.mark.parametrize(
    ("title", "lines", "expected"),
    [
        ("Harbour Board", ("Minutes of the meeting of 3 May",), "minutes"),
        ("Harbour Board", ("Present: A. Smith (Chair)",), "minutes"),
        ("Harbour Board", ("Note of one item of the meeting of 3 May",), "minutes"),
        ("Have your say on the plan", (), "consultation"),
        ("Response to the consultation on ports", (), "consultation response"),
        ("Government response to the review of ports", (), "government response"),
        ("The Government\u2019s response on ports", (), "government response"),
        ("Ministry of Harbours response", (), "government response"),
        ("Response to the Government on ports", (), "consultation response"),
        ("Ports", ("Written statement to Parliament",), "statement"),
        ("Ports", ("Westminster Hall, 3 May",), "hansard"),
        ("", ("Dear Secretary of State,", "Ports matter."), "letter"),
        ("A manifesto for Harbour", (), "manifesto"),
        ("Ports Sector Deal", (), "sector deal"),
        ("Draft Harbour Industrial Strategy", (), "draft strategy"),
        ("Harbour plan", ("# Purpose of this report",), "board paper"),
        ("Project pipeline 2026", (), "project pipeline"),
        ("Harbour Local Growth Plan", (), "growth plan"),
        ("New quay", ("Notes to editors",), "news"),
        ("Ports: a white paper", (), "white paper"),
        ("Harbour Local Industrial Strategy", (), "strategy"),
        ("Harbour", ("Ports matter.",), ""),
    ],
)
def test_genre_is_told_by_title_and_first_lines(title: str, lines: tuple[str, ...], expected: str) -> None:
    assert find_genre(titled(title, *lines)) == expected


@pytest.mark.parametrize("line", ["We like every sector deal.", "The consultation of 2018 is over."])
def test_word_of_a_title_genre_in_the_text_decides_nothing(line: str) -> None:
    assert find_genre(titled("Harbour", line)) == ""


def test_words_far_down_decide_nothing() -> None:
    assert find_genre(titled("Harbour", *["Ports matter."] * 20, "Minutes of the meeting of 3 May")) == ""


def test_status_of_the_file_counts_as_title() -> None:
    assert find_genre(titled("Harbour", status="Open consultation")) == "consultation"


def test_deck_without_other_signs_is_slides() -> None:
    assert find_genre(titled("Harbour", reader="pptx")) == "slides"
    assert find_genre(titled("Ports Sector Deal", reader="pptx")) == "sector deal"


@pytest.mark.parametrize(
    ("title", "lines", "genre", "expected"),
    [
        ("Draft Local Industrial Strategy", (), "draft strategy", True),
        ("Harbour strategy", ("This draft sets out our plan.",), "strategy", True),
        ("Harbour strategy", ("A consultation draft of May.",), "strategy", True),
        ("Harbour strategy", ("We drafted it in May.",), "strategy", False),
        ("Have your say on the draft strategy", (), "consultation", False),
    ],
)
def test_draft_is_what_calls_itself_one(title: str, lines: tuple[str, ...], genre: str, expected: bool) -> None:
    assert is_draft(titled(title, *lines), genre) is expected


def test_every_rule_is_loaded_in_order() -> None:
    assert [
        {"name": rule.name, "in": "title" if rule.in_title else "head", "pattern": rule.pattern.pattern}
        | ({"needs": list(rule.needs)} if rule.needs else {})
        for rule in genre._genres()
    ] == tomllib.loads(TEXT)["genre"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("minutes", "MINUTES of a talk|Note of the Meeting|Present: A. Smith|In attendance|Apologies for Absence"),
        ("statement", "Written Statement|ORAL STATEMENT|Statement to the House"),
        ("hansard", "HANSARD|Westminster Hall|[A in the Chair]A|my hon. Friend|I beg to move"),
        ("letter", "DEAR Minister|To: the Secretary of State|Yours faithfully"),
        ("manifesto", "My Manifesto for|for our Mayor|Vote for me|VOTE ON THURSDAY|if I am elected|If you elect"),
        ("board paper", "REPORT by A|Recommendation: the board is recommended|Board is asked|Cabinet Paper"),
        ("board paper", "Purpose of this report|Executive Summary"),
        ("news", "Press Release|NEWS story|Notes to Editors|For immediate release|Agreed today|Today agreed"),
        ("news", "unveiled yesterday|signed this week|Backed This Morning"),
    ],
)
def test_pattern_is_tried_where_a_text_has_what_it_needs(name: str, shown: str) -> None:
    (rule,) = [rule for rule in genre._genres() if rule.name == name]
    for text in shown.split("|"):
        assert rule.pattern.search(text)
        assert rule.fits(text, text.lower())


@pytest.mark.parametrize("folder", [DOCUMENTS, TUNE], ids=["corpus", "tune"])
def test_what_a_pattern_needs_keeps_no_document_from_its_genre(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    documents = [read_document(path.read_bytes(), path.name) for path in paths]
    monkeypatch.setattr(genre, "_match", genre._match.__wrapped__)
    found = [find_genre(document) for document in documents]
    always = tuple(rule._replace(needs=()) for rule in genre._genres())
    monkeypatch.setattr(genre, "_genres", lambda: always)
    assert [find_genre(document) for document in documents] == found
    assert len(set(found)) > len(always) // 3


@pytest.mark.parametrize(
    "text",
    [
        '[[genre]]\nname = "a"\nin = "foot"\npattern = "b"',
        '[[genre]]\nname = "a"\nin = "head"',
        '[[genre]]\nname = "a"\nin = "head"\npattern = "b"\ncolour = "red"',
    ],
)
def test_bad_rule_is_refused_by_its_number(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "genres.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(genre.resources, "files", lambda _: tmp_path)
    with pytest.raises(RuleError, match=re.escape("rules/genres.toml, rule 1")):
        genre._genres.__wrapped__()
