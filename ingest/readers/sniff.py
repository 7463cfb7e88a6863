"""What a file is, by its first bytes, its zip members and its text."""

import codecs
import io
import re
import zipfile

from graph.errors import UnreadableDocument

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_KINDS = (
    ("EncryptedPackage", "it is encrypted with a password", "save a copy without a password"),
    (
        "PowerPoint Document",
        "it is a legacy PowerPoint file (.ppt)",
        "open it in PowerPoint or LibreOffice and save as .pptx",
    ),
    ("WordDocument", "it is a legacy Word file (.doc)", "open it in Word or LibreOffice and save as .docx"),
    ("Workbook", "it is a legacy Excel file (.xls)", "export the sheets that matter as HTML or Markdown tables"),
    ("Book", "it is a legacy Excel file (.xls)", "export the sheets that matter as HTML or Markdown tables"),
)
_BINARY = (
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM"),
        "an image",
        "run OCR on it and save as PDF or text",
    ),
    ((b"{\\rtf",), "a Rich Text file", "open it in a word processor and save as .docx"),
    ((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"), "an archive", "unpack it and give the files in it"),
    ((b"SQLite format 3",), "a database", "give the documents that it was made from"),
    ((b"\x7fELF", b"MZ\x90"), "a program", "give a document"),
)
_ZIP_KINDS = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML_TAG = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|article|section|main)\b[^>]*>", re.IGNORECASE)
_MARKDOWN = (
    re.compile(r"\A---\n(?:.*\n)*?(?:---|\.\.\.)\n"),
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^[ \t]*+\|?[ \t]*+:?-{3,}+:?[ \t]*+\|[ \t:|-]*+$", re.MULTILINE),
    re.compile(r"(?<!\*)\*\*\S[^*\n]*\S\*\*(?!\*)"),
    re.compile(r"\[[^\]\n]+\]\([^)\s]+\)"),
    re.compile(r"^\[\^[^\]]+\]:", re.MULTILINE),
    re.compile(r"^```", re.MULTILINE),
)
_SAMPLE = 200_000


def find_format(content: bytes, source: str) -> str:
    """Return the name of the reader for `content`; `source` decides only between plain text and Markdown.

    Raises: UnreadableDocument: the content is of no kind that is read."""
    if not content.strip():
        raise UnreadableDocument(source, "the file is empty", "give a file with text")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(_OLE2):
        raise _refuse_ole2(content, source)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _find_zip_format(content, source)
    for magics, what, remedy in _BINARY:
        if content.startswith(magics):
            raise UnreadableDocument(source, f"it is {what}, not a document with text", remedy)
    return _find_text_format(decode(content, source)[:_SAMPLE], source)


def decode(content: bytes, source: str) -> str:
    """Return the text of `content`: by its byte order mark, else UTF-8, else Windows-1252.

    Raises: UnreadableDocument: it is no text in one of these."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decode_as(content, encoding, source)
    if b"\0" in content[:_SAMPLE]:
        guessed = _find_utf16(content)
        if guessed:
            return _decode_as(content, guessed, source)
        raise UnreadableDocument(source, "it is binary, not text", "save it as .docx, .pdf, .html, .md or .txt")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_as(content, "cp1252", source)
    strange = sum(character < " " and character not in "\t\n\r\f" for character in text[:_SAMPLE])
    if strange * 100 > len(text[:_SAMPLE]):
        raise UnreadableDocument(source, "it is binary, not text", "save it as .docx, .pdf, .html, .md or .txt")
    return text


def _decode_as(content: bytes, encoding: str, source: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            source,
            f"its encoding is unknown: byte {error.start} is neither UTF-8 nor {encoding}",
            "save it as UTF-8",
        ) from error


def _find_utf16(content: bytes) -> str | None:
    """Tell UTF-16 without a mark by where the zero bytes of its Latin letters stand."""
    sample = content[:2000]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if max(odd, even) * 10 < len(sample) * 4 or len(content) % 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _refuse_ole2(content: bytes, source: str) -> UnreadableDocument:
    for stream, reason, remedy in _OLE2_KINDS:
        if stream.encode("utf-16-le") in content:
            return UnreadableDocument(source, reason, remedy)
    return UnreadableDocument(source, "it is a legacy Office file", "save it as .docx, .pptx or .pdf")


def _find_zip_format(content: bytes, source: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(source, f"the file is damaged ({error})", "fetch or save it again") from error
    for member, name in _ZIP_KINDS:
        if member in names:
            return name
    if "xl/workbook.xml" in names:
        raise UnreadableDocument(
            source, "it is an Excel workbook (.xlsx)", "export the sheets that matter as HTML or Markdown tables"
        )
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableDocument(source, "it is an OpenDocument file", "save it as .docx or .pptx")
    raise UnreadableDocument(source, "it is a zip archive, not a document", "unpack it and give the files in it")


def _find_text_format(text: str, source: str) -> str:
    name = source.lower()
    if _HTML.match(text) or (name.endswith((".html", ".htm", ".xhtml")) and "<" in text):
        return "html"
    if name.endswith((".md", ".markdown")):
        return "markdown"
    if text.lstrip().startswith("<") and len(_HTML_TAG.findall(text)) > 2:
        return "html"
    if text.lstrip().startswith("<?xml"):
        raise UnreadableDocument(source, "it is an XML file", "save it as .html, .docx or .txt")
    lines = text.replace("\r\n", "\n")
    return "markdown" if sum(bool(pattern.search(lines)) for pattern in _MARKDOWN) > 1 else "text"
