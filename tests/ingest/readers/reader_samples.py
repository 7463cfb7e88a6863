"""Office files made on the spot: only the parts that a test is about."""

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = (
    f'<w:document xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{}</w:body></w:document>'
)
_P = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_zip(members: dict[str, str]) -> bytes:
    """Return a zip archive of these texts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return data.getvalue()


def make_docx(body: str, **parts: str) -> bytes:
    """Return a Word file with this body; `styles="..."` fills word/styles.xml, and so on."""
    extra = {f"word/{name}.xml": f'<w:{name} xmlns:w="{_W}">{text}</w:{name}>' for name, text in parts.items()}
    return make_zip({"word/document.xml": _DOCUMENT.format(body), **extra})


def make_paragraph(text: str, *, style: str = "", bold: bool = False, properties: str = "") -> str:
    """Return <w:p> with one run."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:pPr>{style}{properties}</w:pPr><w:r>{weight}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def make_table(*rows: list[str], properties: str = "") -> str:
    """Return <w:tbl>; a cell is its <w:tc> content, or plain text."""
    lines = []
    for row in rows:
        cells = [text if text.startswith("<w:") else make_paragraph(text) for text in row]
        lines.append("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>")
    return f"<w:tbl>{properties}{''.join(lines)}</w:tbl>"


def make_pptx(*slides: str, notes: dict[int, str] | None = None) -> bytes:
    """Return a PowerPoint file; a slide is the content of its shape tree."""
    members: dict[str, str] = {}
    ids, relations = "", ""
    for number, tree in enumerate(slides, start=1):
        ids += f'<p:sldId id="{255 + number}" r:id="rId{number}"/>'
        relations += f'<Relationship Id="rId{number}" Type="{_OFFICE}/slide" Target="slides/slide{number}.xml"/>'
        members[f"ppt/slides/slide{number}.xml"] = f"<p:sld {_P}><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>"
    for number, text in (notes or {}).items():
        members[f"ppt/slides/_rels/slide{number}.xml.rels"] = _relationships(
            f'<Relationship Id="rId1" Type="{_OFFICE}/notesSlide" Target="../notesSlides/n{number}.xml"/>'
        )
        shapes = make_shape(text, kind="body") + make_shape("7", kind="sldNum")
        members[f"ppt/notesSlides/n{number}.xml"] = (
            f"<p:notes {_P}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:notes>"
        )
    members["ppt/presentation.xml"] = f"<p:presentation {_P}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
    members["ppt/_rels/presentation.xml.rels"] = _relationships(relations)
    return make_zip(members)


def make_shape(*lines: str, kind: str | None = None, top: int = 0, left: int = 0) -> str:
    """Return a shape; a line may begin with tabs for its level; `kind` "" is a content placeholder, None none."""
    mark = f'<p:ph type="{kind}"/>' if kind else "<p:ph idx='1'/>" if kind == "" else ""
    place = f'<a:xfrm><a:off x="{left}" y="{top}"/></a:xfrm>' if top or left else ""
    paragraphs = "".join(
        line
        if line.startswith("<a:p>")
        else f'<a:p><a:pPr lvl="{len(line) - len(line.lstrip(chr(9)))}"/><a:r><a:t>{line.strip()}</a:t></a:r></a:p>'
        for line in lines
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name=""/><p:nvPr>{mark}</p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>'
        f"<p:txBody>{paragraphs}</p:txBody></p:sp>"
    )


def _relationships(content: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>'
    )
