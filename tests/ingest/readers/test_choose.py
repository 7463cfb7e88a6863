import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import UnreadableDocument
from ingest.readers import ReadLimits, read_document

PIECES = ["\t", "  ", "Skills hub", "\n", "\n\n", "(i) ", "- ", "| a | b |", "a  b   c", "1. ", "Table 1: x", "."]
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def _zip(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return data.getvalue()


def _ole2(stream: str) -> bytes:
    return OLE2 + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "name", "reader"),
    [
        (b"<!DOCTYPE html><html><body><p>Hello there</p></body></html>", "x.txt", "html"),
        (b"<div><p>One</p><p>Two</p><p>Three</p></div>", "-", "html"),
        (b"# Title\n\nSome **bold** text", "x.txt", "markdown"),
        (b"Plain text.", "x.md", "markdown"),
        (b"Plain text. Costs are < 5 and > 3.", "x", "text"),
        ("Prix: 5 €".encode("utf-16"), "x.txt", "text"),
        ("Text in words".encode("utf-16-le"), "x.txt", "text"),
    ],
)
def test_read_document_chooses_by_content(content: bytes, name: str, reader: str) -> None:
    assert read_document(content, name).document.reader == reader


@pytest.mark.parametrize(
    ("content", "reason", "remedy"),
    [
        (b"", "empty", "give a file with text"),
        (b" \n\t ", "empty", "give a file with text"),
        (_ole2("PowerPoint Document"), "legacy PowerPoint", "save as .pptx"),
        (_ole2("WordDocument"), "legacy Word", "save as .docx"),
        (_ole2("Workbook"), "legacy Excel", "export"),
        (_ole2("EncryptedPackage"), "encrypted", "without a password"),
        (_zip(xl__workbook_xml="<x/>"), "Excel workbook", "export"),
        (_zip(mimetype="x", content_xml="<x/>"), "OpenDocument", "save it as .docx"),
        (_zip(readme="hello"), "zip archive", "unpack"),
        (b"PK\x03\x04 broken", "damaged", "again"),
        (b"\x89PNG\r\n\x1a\n123", "image", "OCR"),
        (b"{\\rtf1 hello}", "Rich Text", "save as .docx"),
        (b"\x00\x01\x02\x03 binary \x00\x05" * 20, "binary", "save it as"),
        (b"\x81\x8d\x8f", "encoding is unknown", "UTF-8"),
        (b"<?xml version='1.0'?><feed><a/></feed>", "XML", "save it as"),
        (b"<html><body><script>x</script></body></html>", "no text", "check"),
    ],
)
def test_read_document_refuses_in_plain_words(content: bytes, reason: str, remedy: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(content, "folder/file")
    assert caught.value.path == "folder/file"
    assert reason in caught.value.reason
    assert remedy in caught.value.remedy


def test_read_document_reads_windows_text() -> None:
    read = read_document("The council’s £5m plan – agreed.".encode("cp1252"), "x.txt")
    assert read.passages[0].text == "The council's £5m plan – agreed."


@pytest.mark.parametrize(
    ("content", "limits", "words"),
    [
        (b"x" * 11, ReadLimits(max_bytes=10), "11 bytes is over the limit max_bytes = 10"),
        (b"One.\n\nTwo.\n\nThree.", ReadLimits(max_passages=2), "passage 3 is over the limit max_passages = 2"),
        (b"<html><body>" + b"<div>" * 300 + b"deep", ReadLimits(), "over the limit max_depth = 200"),
        (b"<html><body>" + b"<b>" * 100_000 + b"deep", ReadLimits(), "over the limit max_depth = 200"),
        (
            _zip(word__document_xml="<a>" + " " * 12_000_000 + "</a>"),
            ReadLimits(),
            "over the limit max_zip_ratio = 200",
        ),
        (
            _zip(word__document_xml="<a>" + " " * 5_000 + "</a>"),
            ReadLimits(max_unzipped_bytes=1000),
            "over the limit max_unzipped_bytes = 1000",
        ),
    ],
)
def test_read_document_names_the_limit_and_the_value(content: bytes, limits: ReadLimits, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words):
        read_document(content, "x", limits=limits)


@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE a [<!ENTITY b "boom">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">'],
)
def test_read_document_refuses_office_files_with_entities(declaration: str) -> None:
    with pytest.raises(UnreadableDocument, match="declares XML entities"):
        read_document(_zip(word__document_xml=f"{declaration}<a>&b;</a>"), "x.docx")


def test_read_document_opens_no_outside_entity_of_a_page() -> None:
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>Safe &x; text</p></body></html>'
    assert [passage.text for passage in read_document(page, "x.html").passages][-1].startswith("Safe")


def test_read_document_gives_the_same_document_twice() -> None:
    content = b"# Plan\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert read_document(content, "x.md") == read_document(content, "x.md")


@settings(deadline=None)
@given(st.text(), st.sampled_from(["x.txt", "x.md", "x.html"]))
def test_read_document_reads_or_refuses_any_text(text: str, name: str) -> None:
    try:
        read = read_document(text.encode("utf-8"), name)
    except UnreadableDocument:
        return
    for ordinal, passage in enumerate(read.passages):
        assert passage.ordinal == ordinal
        assert passage.text.strip() == passage.text != ""


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_read_document_reads_any_layout_of_plain_text(parts: list[str]) -> None:
    try:
        read = read_document("".join(parts).encode(), "x.txt")
    except UnreadableDocument:
        return
    assert all(passage.text for passage in read.passages)
