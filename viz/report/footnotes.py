"""The part of a Word file that holds its footnotes, which python-docx does not write."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

NAME = "/word/footnotes.xml"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="16"/></w:rPr>'
# The two that Word expects beside the real ones: the line above the notes of a page, and above what continues there.
_LINES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def add_footnotes(document: Any, notes: Iterable[tuple[int, str, str]]) -> None:
    """Give a Word document its footnotes: number, quote and source of each."""
    body = "".join(_footnote(number, quote, source) for number, quote, source in notes)
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:footnotes xmlns:w="{_SPACE}">{_LINES}{body}</w:footnotes>'
    )
    package = document.part.package
    part = Part(PackURI(NAME), CONTENT_TYPE, text.encode("utf-8"), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def add_reference(paragraph: Any, number: int) -> None:
    """Put the raised number of a footnote at the end of a paragraph, with a bookmark that later ones lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _bookmark(number))
    end.set(qn("w:id"), str(number))
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)
    run._r.addprevious(start)
    run._r.addnext(end)


def repeat_reference(paragraph: Any, number: int) -> None:
    """Put the number of a footnote again, as a field that follows when footnotes are added or moved."""
    run = paragraph.add_run(str(number))
    run.font.superscript = True
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" NOTEREF {_bookmark(number)} \\h ")
    run._r.addprevious(field)
    field.append(run._r)


def _bookmark(number: int) -> str:
    return f"_RefNote{number}"


def _footnote(number: int, quote: str, source: str) -> str:
    said = f"“{quote}” " if quote else ""
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:after="20"/></w:pPr>'
        f"<w:r>{_RAISED}<w:footnoteRef/></w:r>{_run(f' {said}')}{_run(source, quiet=bool(quote))}</w:p></w:footnote>"
    )


def _run(text: str, *, quiet: bool = False) -> str:
    colour = '<w:color w:val="52606D"/>' if quiet else ""
    letters = "".join(letter for letter in text if ord(letter) >= 32)
    return f'<w:r><w:rPr>{colour}<w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">{escape(letters)}</w:t></w:r>'
